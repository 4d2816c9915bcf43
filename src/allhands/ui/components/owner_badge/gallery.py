"""Owned, offered, accepted, declined."""

from __future__ import annotations

from allhands.ui.components.owner_badge.presenter import OfferState, OwnerBadge, OwnerOffer
from allhands.ui.gallery import Example
from allhands.ui.sample import LONG_NAME, NOW, ZONE, hours_ago, hours_on, say
from allhands.ui.wording import Lang, moment


def examples(lang: Lang) -> tuple[Example, ...]:
    since = moment(hours_ago(23.3), now=NOW, zone=ZONE, lang=lang)
    at = moment(hours_ago(0.2), now=NOW, zone=ZONE, lang=lang)
    by = moment(hours_on(23.8), now=NOW, zone=ZONE, lang=lang)
    you = say(lang, "You", "Usted")
    county = say(lang, "Cass County", "el condado de Cass")
    reason = say(lang, "her placement is not ours", "su hogar no es de nuestro condado")
    agency = "Prairie County Human Services"
    offered = OwnerOffer(state=OfferState.OFFERED, to=county, at=at, answer_by=by)
    accepted = OwnerOffer(state=OfferState.ACCEPTED, to=county[0].upper() + county[1:], at=at)
    declined = OwnerOffer(state=OfferState.DECLINED, to=county[0].upper() + county[1:], at=at, reason=reason)
    owners = {
        "owned by the reader": OwnerBadge(person=you, since=since),
        "owned by another": OwnerBadge(person="Ruth Amundson", agency=agency, since=since),
        "offered, not accepted": OwnerBadge(person=you, since=since, offer=offered),
        "accepted": OwnerBadge(person="Dana Wills", agency=agency, since=at, offer=accepted),
        "declined": OwnerBadge(person=you, since=since, offer=declined),
        "60-letter name": OwnerBadge(person=LONG_NAME, agency=agency),
    }
    return tuple(Example(title=title, context={"owner": owner}) for title, owner in owners.items())

"""Children, owners and the timeline as the components of the interface want them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from allhands import law
from allhands.agencies.presenting import Reader
from allhands.duties import presenting as duty_words
from allhands.duties.contracts import DutyView, TierView
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine, TimelineView
from allhands.platform import packs
from allhands.ui.components.identity_bar import presenter as bars
from allhands.ui.components.owner_badge.presenter import OfferState, OwnerBadge, OwnerOffer
from allhands.ui.wording import Lang, as_lang, since

BARS = {
    EpisodeState.OPEN: bars.EpisodeState.OPEN,
    EpisodeState.RETURNED: bars.EpisodeState.RETURNED,
    EpisodeState.CLOSED: bars.EpisodeState.CLOSED,
}


def age_of(episode: EpisodeView, statements: Iterable[FactLine], now: datetime) -> str:
    """The child's age in years as words; empty when nobody has said."""
    if episode.child.born_on is not None:
        return str(_years(episode.child.born_on, now.date()))
    ages = [line.value for line in statements if line.fact_id == "child.age_years" and line.current]
    return str(ages[-1]) if ages and ages[-1] is not None else ""


def owner_badge(episode: EpisodeView, reader: Reader) -> OwnerBadge:
    """Who owns the episode, and to whom it is offered, as this reader knows them."""
    is_me = episode.owner_member_id == reader.actor.member_id
    is_ours = episode.owner_agency_id == reader.actor.agency_id
    return OwnerBadge(
        person=_("You") if is_me else reader.book.person(episode.owner_member_id).display_name,
        agency="" if is_ours else reader.agency_name(episode.owner_agency_id),
        since=reader.moment(episode.owner_since),
        offer=_offer(episode, reader),
    )


def _offer(episode: EpisodeView, reader: Reader) -> OwnerOffer | None:
    offer = episode.offer
    if offer is None:
        return None
    return OwnerOffer(
        state=OfferState.OFFERED,
        to=reader.agency_name(offer.to_agency_id),
        at=reader.moment(offer.offered_at),
        answer_by=reader.moment(offer.answer_due_at),
    )


def identity_bar(
    episode: EpisodeView,
    statements: Sequence[FactLine],
    ledger: Sequence[DutyView],
    tier: TierView | None,
    reader: Reader,
    *,
    is_h1: bool = False,
) -> bars.IdentityBar:
    """The child above every page of an episode."""
    start = episode.missing_since or episode.opened_at
    still = episode.state is EpisodeState.OPEN
    return bars.IdentityBar(
        name=episode.child.call_name,
        href=reverse("episode", args=[episode.episode_id]),
        age=age_of(episode, statements, reader.now),
        owner=owner_badge(episode, reader).person,
        tier=duty_words.tier_badge(tier, reader) if still else None,
        missing=since(start, now=reader.now, lang=reader.lang, before="") if still else None,
        since=reader.moment(start),
        next_clock=duty_words.cell_of(ledger, reader).next_clock if still else None,
        state=BARS[episode.state],
        is_h1=is_h1,
        closed_words=_("closed %(when)s") % {"when": reader.moment(episode.closed_at).words}
        if episode.closed_at
        else "",
    )


def timeline_words(item: TimelineView, lang: Lang) -> str:
    """What happened, as one short sentence without its time."""
    params = item.params
    match item.code:
        case "report.received":
            return _("Report received")
        case "fact.stated":
            return _("New: %(fact)s") % {"fact": _fact(params, lang)}
        case "fact.corrected":
            return _("Corrected: %(fact)s") % {"fact": _fact(params, lang)}
        case "duties.opened":
            return _count(params, ngettext("%(n)d duty opened", "%(n)d duties opened", _n(params)))
        case "duties.superseded":
            return _count(params, ngettext("%(n)d duty no longer asked", "%(n)d duties no longer asked", _n(params)))
        case code if code.startswith(("handoff.", "alert.")):
            return _alert(code) if code.startswith("alert.") else _hand_off(code)
        case code if code.startswith("notice."):
            return _notice(code, params)
        case _:
            return _duty(item.code, params)


def _alert(code: str) -> str:
    return {
        "alert.asked": _("Alert asked for"),
        "alert.none": _("No alert, with a reason"),
        "alert.granted": _("Alert request answered: yes"),
        "alert.refused": _("Alert request answered: no"),
        "alert.appealed": _("The no was appealed"),
        "alert.withdrawn": _("Alert request withdrawn"),
        "alert.escalated": _("No answer in time: the backup was told"),
        "alert.offered": _("Alert written, waits for approval"),
        "alert.returned": _("Alert given back to change"),
        "alert.alert": _("Alert sent"),
        "alert.update": _("Alert updated"),
        "alert.taken-back": _("Alert taken back everywhere"),
        "alert.ended": _("Alert ended by itself"),
        "alert.reviewed": _("Alert sent by one person was reviewed"),
        "alert.taken-down": _("Copies of the alert taken down"),
        "alert.consent-lost": _("Nobody agrees to a part of the alert any more"),
    }.get(code, _("Alert"))


def _hand_off(code: str) -> str:
    return {
        "handoff.offered": _("Offered to another agency"),
        "handoff.accepted": _("Accepted in writing: new owner"),
        "handoff.declined": _("Hand-off declined: the owner stays"),
        "handoff.withdrawn": _("Offer taken back"),
    }.get(code, code)


def _notice(code: str, params: Mapping[str, str]) -> str:
    if code == "notice.frozen":
        return _("Packet made: %(who)s") % {"who": _packet(params)}
    states = {
        "ACCEPTED": _("Packet delivered: %(who)s"),
        "SIMULATED": _("Packet simulated, nothing left this machine: %(who)s"),
        "OPENED": _("Packet opened: %(who)s"),
        "ACKNOWLEDGED": _("Packet receipt confirmed: %(who)s"),
        "FAILED": _("Packet did not arrive: %(who)s"),
        "BOUNCED": _("Packet came back: %(who)s"),
    }
    words = states.get(params.get("state", ""), _("Packet: %(who)s"))
    return words % {"who": _packet(params)}


def _rung(rung: str) -> str:
    return {
        "50": _("Half of the time used, no proof: %(duty)s"),
        "80": _("Four fifths of the time used, no proof: %(duty)s"),
        "100": _("Time over, no proof: %(duty)s"),
    }.get(rung, _("Went up the ladder: %(duty)s"))


def _duty(code: str, params: Mapping[str, str]) -> str:
    title = params.get(f"title_{as_lang(get_language())}") or _rule_title(params.get("rule", ""))
    words = {
        "duty.proved": _("Proved: %(duty)s"),
        "duty.refused": _("They would not take it: %(duty)s"),
        "duty.waived": _("Waived: %(duty)s"),
        "duty.escalated": _rung(params.get("rung", "")),
        "episode.returned": _("The child is back"),
        "episode.closed": _("Episode closed"),
    }.get(code, code)
    return words % {"duty": title} if "%(duty)s" in words else words


def packet_words(kind: str) -> str:
    """The name of a packet by its kind."""
    return {
        "POLICE": _("police"),
        "NCMEC": "NCMEC",
        "COURT": _("court"),
        "ATTORNEY": _("attorney"),
        "TRIBE": _("nation"),
        "PARENT": _("parents"),
    }.get(kind, kind)


def _packet(params: Mapping[str, str]) -> str:
    return packet_words(params.get("kind", ""))


def _rule_title(rule_id: str) -> str:
    rule = packs.find_rule(rule_id)
    if rule is None:
        return rule_id
    title = rule.title.get(as_lang(get_language()))
    terms = rule.terms
    return duty_words.act(terms.action, terms.recipient, title) if isinstance(terms, law.DutyTerms) else title


def fact_label(item: TimelineView, lang: Lang) -> str:
    """The name of the fact that a line of the timeline is about."""
    return _fact(item.params, lang)


def _fact(params: Mapping[str, str], lang: Lang) -> str:
    declared = packs.library().facts.get(params.get("fact", ""))
    return declared.label.get(lang) if declared else params.get("fact", "")


def _n(params: Mapping[str, str]) -> int:
    return int(params.get("count", "0"))


def _count(params: Mapping[str, str], words: str) -> str:
    return words % {"n": _n(params)}


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))

"""The episode page: what do we know, who owns it, what is not proved?"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.agencies.presenting import Reader
from allhands.agencies.presenting import reader_of as reader_of
from allhands.duties import api as duties
from allhands.duties.contracts import DutyView
from allhands.duties.presenting import Knowing, know
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine
from allhands.episodes.web import facts_view, law_view, ledger_view, timeline_view
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor
from allhands.ui.components.identity_bar.presenter import IdentityBar
from allhands.ui.components.portrait.presenter import Portrait, no_portrait, released_photo
from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A packet that the reader may open: the owner's all, a recipient's own."""

    href: str
    words: str
    to: str
    made: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class May:
    """What the reader may do here; what is not is not on the page."""

    edit: bool
    offer: bool
    answer: bool
    mark_returned: bool
    lower_tier: bool
    keep: bool


@require_GET
def episode(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The shared truth about one child."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    statements = episodes.statements_of(one.episode_id)
    ledger = duties.list_duties([one.episode_id]).get(one.episode_id, ())
    knowing = know(reader.actor, one, statements)
    may = may_do(one, reader)
    reader.book.learn(agency_ids={duty.agency_id for duty in ledger if duty.agency_id})
    sorted_ledger = ledger_view.sort_ledger(ledger, knowing, reader, may_act=one.closed_at is None)
    context = {
        "episode": one,
        "name": one.child.call_name,
        "bar": identity(one, reader, statements=statements, ledger=ledger, knowing=knowing, is_h1=True),
        "ledger": sorted_ledger,
        "facts": facts_view.lines(one, statements, knowing, reader, may_edit=may.edit),
        "timeline": timeline_view.timeline(one, statements, knowing, reader),
        "owner": people.owner_badge(one, reader),
        "portrait": portrait(one),
        "papers": notices(one, reader),
        "may": may,
        "untold": bool(knowing.hidden),
        **_law(one, statements, knowing, reader, may),
    }
    _remember(one, statements, knowing, reader)
    return render(request, "episodes/episode.html", context)


def may_do(one: EpisodeView, reader: Reader) -> May:
    """The acts of this reader on this episode; none once it is closed."""
    door = episodes.access_of(one)
    edit = one.state is not EpisodeState.CLOSED and access.can(access.check_edit_facts, reader.actor, door)
    offer = one.state is not EpisodeState.CLOSED and access.can(access.check_offer, reader.actor, door)
    answer = one.offer is not None and access.can(access.check_answer_offer, reader.actor, door, one.offer.to_agency_id)
    is_open = one.state is EpisodeState.OPEN
    lower = access.can(access.check_waive_duty, reader.actor, door, one.owner_agency_id)
    keep = access.can(access.check_keep_records, reader.actor, reader.actor.agency_id)
    return May(
        edit=edit,
        offer=offer,
        answer=answer,
        mark_returned=edit and is_open,
        lower_tier=lower and is_open,
        keep=keep,
    )


def _law(
    one: EpisodeView, statements: tuple[FactLine, ...], knowing: Knowing, reader: Reader, may: May
) -> dict[str, object]:
    assessment = duties.explain(one.episode_id, but_for=knowing.hidden)
    if assessment is None:
        return {"laws": (), "criteria": (), "conflicts": (), "asks": ()}
    view = law_view.LawView(assessment, one.episode_id, knowing, reader, may_edit=may.edit)
    return {
        "laws": view.cards(statements),
        "criteria": view.criteria(),
        "conflicts": view.conflicts(),
        "asks": view.asks() if one.state is EpisodeState.OPEN else (),
    }


def portrait(one: EpisodeView) -> Portrait:
    """The newest photo of the child, or the initials and that there is none yet."""
    known = episodes.find_photo(one.child.child_id)
    name = one.child.call_name
    if known is None:
        return no_portrait(name)
    href = reverse("photo-picture", args=[one.episode_id, known.photo_id])
    return released_photo(href, _("Photo of %(name)s") % {"name": name})


def _remember(one: EpisodeView, statements: tuple[FactLine, ...], knowing: Knowing, reader: Reader) -> None:
    """Reading is an entry in the journal and, for facts of the case, in the disclosure ledger.

    What is new for the board is counted from now on.
    """
    with audit.audited(reader.actor, reader.now, audit.Event.RECORD_READ, episode_id=one.episode_id):
        duties.tell_page(reader.actor, one, statements, knowing, reader.now)
        if reader.actor.member_id:
            episodes.mark_looked(reader.actor.member_id, one.episode_id, reader.now)


def identity(
    one: EpisodeView,
    reader: Reader,
    *,
    statements: tuple[FactLine, ...] | None = None,
    ledger: tuple[DutyView, ...] | None = None,
    knowing: Knowing | None = None,
    is_h1: bool = False,
) -> IdentityBar:
    """The child above every page of an episode. What is left out is read here."""
    said = episodes.statements_of(one.episode_id) if statements is None else statements
    held = duties.list_duties([one.episode_id]).get(one.episode_id, ()) if ledger is None else ledger
    knowing = knowing or know(reader.actor, one, said)
    tier = knowing.tier(duties.list_tiers([one.episode_id]).get(one.episode_id))
    return people.identity_bar(one, said, held, tier, reader, is_h1=is_h1)


def notices(one: EpisodeView, reader: Reader) -> list[PaperLine]:
    """The packets of this episode that the reader may open: the owner's all, a recipient's own."""
    return [
        PaperLine(
            href=f"/e/{one.episode_id}/n/{notice.notice_id}",
            words=people.packet_words(notice.kind),
            to=reader.agency_name(notice.recipient_agency_id) if notice.recipient_agency_id else "",
            made=reader.moment(notice.made_at),
        )
        for notice in duties.list_notices(one.episode_id)
        if reader.actor.agency_id in {one.owner_agency_id, notice.recipient_agency_id}
    ]

"""The board: every child, one row, nobody forgotten; first what is asked of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allhands.agencies import api as agencies
from allhands.duties import presenting
from allhands.duties import queries as ledger
from allhands.duties.contracts import Applies, DutyState, DutyView, TierView
from allhands.duties.presenting import Reader
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine, OfferView, TimelineView
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.web.asking import require_actor
from allhands.ui.components.asked_list.presenter import AskedList, asked_list
from allhands.ui.components.duty_row.presenter import DutyRow, ProofState
from allhands.ui.components.table.presenter import BoardRow, BoardTable
from allhands.ui.wording import as_lang, moment, since

# What needs a hand first: late, did not arrive, late soon, then by deadline.
URGENT = {ProofState.OVERDUE: 0, ProofState.FAILED: 1, ProofState.SOON: 2}


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way to look at the board."""

    slug: str
    label: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """All that the board reads, read once."""

    episodes: tuple[EpisodeView, ...]
    duties: Mapping[EpisodeId, tuple[DutyView, ...]]
    tiers: Mapping[EpisodeId, TierView]
    statements: Mapping[EpisodeId, tuple[FactLine, ...]]
    news: Mapping[EpisodeId, tuple[TimelineView, ...]]
    offers: tuple[OfferView, ...]


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What must I do next, for whom?"""
    actor = require_actor(request)
    reader = reader_of(actor)
    wanted = request.GET.get("show", "all")
    night = gather(actor, closed=wanted == "closed")
    shown = [one for one in night.episodes if _is_shown(one, wanted, reader, night)]
    context = {
        "asked": asked_of(night, reader),
        "offers": [_offer(offer, night, reader) for offer in night.offers],
        "table": BoardTable(caption=_("Children missing"), rows=tuple(_rows(shown, night, reader))),
        "views": _views(wanted, reader, night),
        "empty": not shown,
        "drafts": episodes.list_drafts(actor),
    }
    return render(request, "duties/board.html", context)


def reader_of(actor: Actor) -> Reader:
    """For whom the page is drawn: language, zone of the agency, now."""
    return Reader(actor=actor, lang=as_lang(get_language()), zone=agencies.zone_of(actor), now=timezone.now())


def gather(actor: Actor, *, closed: bool = False) -> Night:
    """Everything the board shows, in a handful of queries whatever the number of children."""
    states = [EpisodeState.CLOSED] if closed else [EpisodeState.OPEN, EpisodeState.RETURNED]
    found = episodes.list_episodes(states)
    ids = [one.episode_id for one in found]
    return Night(
        episodes=found,
        duties=ledger.list_duties(ids),
        tiers=ledger.list_tiers(ids),
        statements=episodes.list_statements(ids, facts=("child.age_years",)),
        news=episodes.news_since_look(actor.member_id, ids) if actor.member_id else {},
        offers=episodes.list_offers(actor.agency_id) if actor.agency_id else (),
    )


def asked_of(night: Night, reader: Reader) -> AskedList:
    """The duties of the reader's agency whose proof is missing, most urgent first."""
    names = {one.episode_id: one.child.call_name for one in night.episodes}
    owed = [
        (duty, presenting.duty_row(duty, reader, about=names[duty.episode_id]))
        for episode_id in names
        for duty in night.duties.get(episode_id, ())
        if presenting.counts(duty)
        and duty.state is DutyState.OPEN
        and duty.agency_id == reader.actor.agency_id
        and duty.clock_starts_at is not None
    ]
    owed.sort(key=lambda pair: urgency(pair[0], pair[1]))
    return asked_list(tuple(row for _duty, row in owed), more_href="/duties")


def urgency(duty: DutyView, row: DutyRow) -> tuple[int, float, str]:
    """Sort key: late before failed before soon, then by deadline; no deadline comes last."""
    due = duty.due_at.timestamp() if duty.due_at else float("inf")
    return (URGENT.get(row.state, 3), due, duty.rule_id)


def _is_shown(one: EpisodeView, wanted: str, reader: Reader, night: Night) -> bool:
    match wanted:
        case "mine":
            return one.owner_member_id == reader.actor.member_id
        case "waiting":
            return not _owes(night.duties.get(one.episode_id, ()), reader)
        case "returned":
            return one.state is EpisodeState.RETURNED
        case _:
            return True


def _owes(duties: Iterable[DutyView], reader: Reader) -> bool:
    return any(
        duty.agency_id == reader.actor.agency_id
        and duty.state is DutyState.OPEN
        and duty.applies is Applies.TRUE
        and duty.clock_starts_at is not None
        for duty in duties
    )


def _views(wanted: str, reader: Reader, night: Night) -> tuple[View, ...]:
    words = (
        ("mine", _("Mine")),
        ("all", _("All")),
        ("waiting", _("Waiting for others")),
        ("returned", _("Back, being helped")),
        ("closed", _("Closed")),
    )
    return tuple(
        View(
            slug=slug,
            label=label,
            count=sum(_is_shown(one, slug, reader, night) for one in night.episodes) if slug != "closed" else -1,
            current=slug == wanted,
        )
        for slug, label in words
    )


def _rows(shown: Sequence[EpisodeView], night: Night, reader: Reader) -> list[BoardRow]:
    rows = [(one, _row(one, night, reader)) for one in shown]
    return [row for _one, row in sorted(rows, key=lambda pair: _order(pair[0], pair[1]))]


def _order(one: EpisodeView, row: BoardRow) -> tuple[str, str, str]:
    due = row.clocks.next_clock.due.iso if row.clocks.next_clock and row.clocks.next_clock.due else "~"
    return (row.tier.level, due, one.opened_at.isoformat())


def _row(one: EpisodeView, night: Night, reader: Reader) -> BoardRow:
    news = night.news.get(one.episode_id, ())
    start = one.missing_since or one.opened_at
    return BoardRow(
        name=one.child.call_name,
        age=people.age_of(one, night.statements.get(one.episode_id, ()), reader.now),
        href=f"/e/{one.episode_id}",
        owner=people.owner_badge(one, reader.actor, zone=reader.zone, lang=reader.lang, now=reader.now),
        missing=since(start, now=reader.now, lang=reader.lang, before=""),
        since=moment(start, now=reader.now, zone=reader.zone, lang=reader.lang),
        tier=presenting.tier_badge(night.tiers.get(one.episode_id), reader),
        clocks=presenting.cell_of(night.duties.get(one.episode_id, ()), reader),
        news=people.timeline_words(news[0], reader.lang) if news else "",
        news_at=moment(news[0].at, now=reader.now, zone=reader.zone, lang=reader.lang) if news else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """A hand-off that waits for this agency's written answer."""

    name: str
    href: str
    sender: str
    due: object


def _offer(offer: OfferView, night: Night, reader: Reader) -> OfferLine:
    names = {one.episode_id: one.child.call_name for one in night.episodes}
    return OfferLine(
        name=names.get(offer.episode_id, ""),
        href=f"/e/{offer.episode_id}/handoff",
        sender=presenting.agency_name(offer.from_agency_id),
        due=moment(offer.answer_due_at, now=reader.now, zone=reader.zone, lang=reader.lang),
    )


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Everything my agency owes, over every child."""
    actor = require_actor(request)
    reader = reader_of(actor)
    night = gather(actor)
    names = {one.episode_id: one.child.call_name for one in night.episodes}
    duties = [duty for duty in ledger.list_owed(actor.agency_id) if duty.episode_id in names and duty.governs]
    rows = [(duty, presenting.duty_row(duty, reader, about=names[duty.episode_id])) for duty in duties]
    rows.sort(key=lambda pair: urgency(pair[0], pair[1]))
    running = [row for duty, row in rows if duty.clock_starts_at is not None]
    waiting = [row for duty, row in rows if duty.clock_starts_at is None]
    return render(request, "duties/owed.html", {"running": running, "waiting": waiting})

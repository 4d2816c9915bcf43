"""The board: every child, one row, nobody forgotten; first what is asked of the reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.agencies.presenting import Reader, reader_of
from allhands.duties import presenting
from allhands.duties import queries as ledger
from allhands.duties.contracts import DutyView, TierView
from allhands.duties.knowing import Door, Knowing, at_the_door, limits_of, narrow, nothing
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine, News, OfferView
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.web.asking import require_actor
from allhands.ui.components.asked_list.presenter import AskedList, asked_list
from allhands.ui.components.table.presenter import BoardRow, BoardTable
from allhands.ui.wording import Moment, since

# A tier says its first reasons on the board and all of them on the child's page.
MOST_REASONS = 2
ENDED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One way to look at the board; `count` is None where counting would mean to read them all."""

    slug: str
    label: str
    count: int | None
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Night:
    """All that the board reads, read once."""

    episodes: tuple[EpisodeView, ...]
    duties: Mapping[EpisodeId, tuple[DutyView, ...]]
    tiers: Mapping[EpisodeId, TierView]
    statements: Mapping[EpisodeId, tuple[FactLine, ...]]
    limits: Knowing
    door: Door
    news: Mapping[EpisodeId, News]
    offers: tuple[OfferView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferLine:
    """A hand-off that waits for this agency's written answer."""

    name: str
    href: str
    sender: str
    due: Moment


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """What must I do next, for whom?"""
    actor = require_actor(request)
    if not access.can(access.check_report, actor):
        return render(request, "duties/no_child.html")
    reader = reader_of(actor)
    wanted = request.GET.get("show", "all")
    night = gather(reader)
    listed = gather(reader, closed=True) if wanted == ENDED else night
    shown = [one for one in listed.episodes if _is_shown(one, wanted, reader, listed)]
    views = _views(wanted, reader, night)
    context = {
        "asked": asked_of(night, reader),
        "offers": [_offer(offer, night, reader) for offer in night.offers],
        "table": BoardTable(caption=_caption(views), rows=tuple(_rows(shown, listed, reader))),
        "views": views,
        "ended": wanted == ENDED,
        "drafts": [(draft.draft_id, reader.moment(draft.saved_at)) for draft in episodes.list_drafts(actor)],
    }
    return render(request, "duties/board.html", context)


def gather(reader: Reader, *, closed: bool = False) -> Night:
    """Everything the board shows, in a handful of queries whatever the number of children."""
    states = [EpisodeState.CLOSED] if closed else [EpisodeState.OPEN, EpisodeState.RETURNED]
    found = episodes.list_episodes(states)
    ids = [one.episode_id for one in found]
    duties = ledger.list_duties(ids)
    offers = episodes.list_offers(reader.actor.agency_id) if reader.actor.agency_id else ()
    _introduce(reader, found, duties, offers)
    limits = limits_of(reader.actor, found[0]) if found else nothing(reader.actor)
    door = at_the_door(reader.actor, found, reader.now)
    read = ("child.age_years", *limits.private_facts, *door.marked_facts)
    return Night(
        episodes=found,
        duties=duties,
        tiers=ledger.list_tiers(ids),
        statements=episodes.list_statements(ids, facts=read, also_by=door.walled_agencies),
        limits=limits,
        door=door,
        news=episodes.news_since_look(reader.actor, ids) if reader.actor.member_id else {},
        offers=offers,
    )


def _introduce(
    reader: Reader,
    found: Iterable[EpisodeView],
    duties: Mapping[EpisodeId, Sequence[DutyView]],
    offers: Iterable[OfferView],
) -> None:
    """Look up every agency and person the page will name, at once."""
    owing = {duty.agency_id for held in duties.values() for duty in held if duty.agency_id}
    owning = {one.owner_agency_id for one in found}
    offered = {one.offer.to_agency_id for one in found if one.offer}
    offering = {offer.from_agency_id for offer in offers}
    owners = {one.owner_member_id for one in found}
    reader.book.learn(agency_ids=owing | owning | offered | offering, member_ids=owners)


def asked_of(night: Night, reader: Reader) -> AskedList:
    """The clocks of the reader's agency whose proof is missing, most urgent first."""
    names = {one.episode_id: one.child.call_name for one in night.episodes}
    owed = [
        (duty, presenting.duty_row(duty, reader, about=names[duty.episode_id]))
        for episode_id in names
        for duty in night.duties.get(episode_id, ())
        if presenting.is_asked(duty, reader.actor.agency_id) and presenting.has_clock(duty)
    ]
    owed.sort(key=lambda pair: presenting.urgency(pair[0], pair[1]))
    return asked_list(tuple(row for _duty, row in owed), more_href="/duties")


def asked_count(actor: Actor) -> int:
    """The number on the bell: running clocks of the actor's agency without proof, and hand-offs to answer."""
    if not access.can(access.check_report, actor):
        return 0
    return ledger.count_asked(actor.agency_id) + len(episodes.list_offers(actor.agency_id))


def _is_shown(one: EpisodeView, wanted: str, reader: Reader, night: Night) -> bool:
    match wanted:
        case "mine":
            return one.owner_member_id == reader.actor.member_id
        case "waiting":
            mine = reader.actor.agency_id
            asked = (presenting.is_asked(duty, mine) for duty in night.duties.get(one.episode_id, ()))
            return one.state is EpisodeState.OPEN and not any(asked)
        case "returned":
            return one.state is EpisodeState.RETURNED
        case _:
            return True


def _views(wanted: str, reader: Reader, night: Night) -> tuple[View, ...]:
    words = (
        ("mine", _("Mine")),
        ("all", _("All")),
        ("waiting", _("Waiting for others")),
        ("returned", _("Back, being helped")),
        (ENDED, _("Closed")),
    )
    known = wanted if wanted in dict(words) else "all"
    return tuple(
        View(
            slug=slug,
            label=label,
            count=None if slug == ENDED else _count(slug, reader, night),
            current=slug == known,
        )
        for slug, label in words
    )


def _count(slug: str, reader: Reader, night: Night) -> int:
    return sum(_is_shown(one, slug, reader, night) for one in night.episodes)


def _caption(views: Iterable[View]) -> str:
    return _("Children: %(view)s") % {"view": next(view.label for view in views if view.current)}


def _rows(shown: Sequence[EpisodeView], night: Night, reader: Reader) -> list[BoardRow]:
    rows = [(one, _row(one, night, reader)) for one in shown]
    return [row for _one, row in sorted(rows, key=lambda pair: _order(pair[0], pair[1]))]


def _order(one: EpisodeView, row: BoardRow) -> tuple[bool, str, str, str]:
    """Missing before back; then by tier, then by the clock that ends first."""
    due = row.clocks.next_clock.due.iso if row.clocks.next_clock and row.clocks.next_clock.due else "~"
    level = row.tier.level if row.tier else ""
    return (one.state is not EpisodeState.OPEN, level, due, one.opened_at.isoformat())


def _row(one: EpisodeView, night: Night, reader: Reader) -> BoardRow:
    said = night.statements.get(one.episode_id, ())
    knowing = narrow(night.limits, one, said, night.door)
    news = night.news.get(one.episode_id)
    start = _start(one)
    tier = night.tiers.get(one.episode_id)
    return BoardRow(
        name=one.child.call_name,
        age=people.age_of(one, said, reader.now),
        href=f"/e/{one.episode_id}",
        owner=people.owner_badge(one, reader),
        missing=since(start, now=reader.now, lang=reader.lang, before=_before(one)),
        since=reader.moment(start),
        tier=presenting.tier_badge(knowing.tier(tier), reader, most=MOST_REASONS)
        if one.state is EpisodeState.OPEN
        else None,
        clocks=presenting.cell_of(night.duties.get(one.episode_id, ()), reader),
        news=_news_words(news, knowing, reader) if news else "",
        news_at=reader.moment(news.newest.at) if news else None,
    )


def _start(one: EpisodeView) -> datetime:
    missing = one.missing_since or one.opened_at
    return missing if one.state is EpisodeState.OPEN else one.closed_at or one.returned_at or missing


def _before(one: EpisodeView) -> str:
    return {EpisodeState.RETURNED: _("Back for") + " ", EpisodeState.CLOSED: _("Closed for") + " "}.get(one.state, "")


def _news_words(news: News, knowing: Knowing, reader: Reader) -> str:
    told = knowing.sees_news(news.newest)
    newest = people.timeline_words(news.newest, reader.lang) if told else _("Something that is not yours to see")
    if news.count == 1:
        return newest
    return _("%(newest)s, and %(count)d more") % {"newest": newest, "count": news.count - 1}


def _offer(offer: OfferView, night: Night, reader: Reader) -> OfferLine:
    names = {one.episode_id: one.child.call_name for one in night.episodes}
    return OfferLine(
        name=names.get(offer.episode_id, ""),
        href=f"/e/{offer.episode_id}/handoff",
        sender=reader.agency_name(offer.from_agency_id),
        due=reader.moment(offer.answer_due_at),
    )

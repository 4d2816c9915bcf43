"""The episode page: what do we know, who owns it, what is not proved?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.duties import presenting as duty_words
from allhands.duties.contracts import Applies, DutyState, DutyView
from allhands.duties.presenting import Reader
from allhands.episodes import api as episodes
from allhands.episodes import presenting as people
from allhands.episodes.contracts import EpisodeState, EpisodeView, FactLine
from allhands.episodes.web import facts_view, law_view
from allhands.kernel.actors import Actor
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import require_actor
from allhands.ui.components.asked_list.presenter import asked_list
from allhands.ui.components.duty_row.presenter import DutyRow
from allhands.ui.components.identity_bar import presenter as bar
from allhands.ui.components.identity_bar.presenter import IdentityBar
from allhands.ui.components.timeline_item.presenter import TimelineItem
from allhands.ui.wording import as_lang, moment, since

STATES = {
    EpisodeState.OPEN: bar.EpisodeState.OPEN,
    EpisodeState.RETURNED: bar.EpisodeState.RETURNED,
    EpisodeState.CLOSED: bar.EpisodeState.CLOSED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The duties of one child, sorted for a reader."""

    mine: tuple[DutyRow, ...]
    others: tuple[DutyRow, ...]
    done: tuple[DutyRow, ...]
    waiting: tuple[DutyRow, ...]
    unsure: tuple[DutyRow, ...]


def reader_of(actor: Actor) -> Reader:
    """For whom the page is drawn: language, zone of the agency, now."""
    return Reader(actor=actor, lang=as_lang(get_language()), zone=agencies.zone_of(actor), now=timezone.now())


@require_GET
def episode(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The shared truth about one child."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    classes = access.visible_classes(reader.actor, episodes.access_of(one))
    statements = episodes.statements_of(one.episode_id)
    ledger = duties.list_duties([one.episode_id]).get(one.episode_id, ())
    assessment = duties.explain(one.episode_id)
    context = {
        "episode": one,
        "name": one.child.call_name,
        "bar": identity(one, statements, ledger, reader),
        "ledger": sort_ledger(ledger, reader),
        "asked": asked_list(_asked(ledger, reader), heading=False),
        "facts": facts_view.lines(one, statements, reader, classes),
        "law": law_view.side_by_side(assessment, reader, one.episode_id) if assessment else (),
        "criteria": law_view.criteria(assessment, reader) if assessment else (),
        "conflicts": law_view.conflicts(assessment, reader) if assessment else (),
        "timeline": timeline(one, reader),
        "owner": people.owner_badge(one, reader.actor, zone=reader.zone, lang=reader.lang, now=reader.now),
        "tier": duty_words.tier_badge(duties.list_tiers([one.episode_id]).get(one.episode_id), reader),
        "notices": notices(one, reader),
        "may_edit": access.can(access.check_edit_facts, reader.actor, episodes.access_of(one)),
        "may_offer": access.can(access.check_offer, reader.actor, episodes.access_of(one)),
        "is_open": one.state is EpisodeState.OPEN,
    }
    _remember(one, reader)
    return render(request, "episodes/episode.html", context)


def _remember(one: EpisodeView, reader: Reader) -> None:
    """Reading is an entry in the journal, and what is new for the board is counted from now on."""
    with audit.audited(reader.actor, reader.now, audit.Event.RECORD_READ, episode_id=one.episode_id):
        if reader.actor.member_id:
            episodes.mark_looked(reader.actor.member_id, one.episode_id, reader.now)


def identity(
    one: EpisodeView, statements: Sequence[FactLine], ledger: Sequence[DutyView], reader: Reader, *, is_h1: bool = True
) -> IdentityBar:
    """The child above every page of an episode."""
    owner = people.owner_badge(one, reader.actor, zone=reader.zone, lang=reader.lang, now=reader.now)
    start = one.missing_since or one.opened_at
    tiers = duties.list_tiers([one.episode_id])
    cell = duty_words.cell_of(ledger, reader)
    still = one.state is EpisodeState.OPEN
    return IdentityBar(
        name=one.child.call_name,
        href=f"/e/{one.episode_id}",
        age=people.age_of(one, statements, reader.now),
        owner=owner.person,
        tier=duty_words.tier_badge(tiers.get(one.episode_id), reader),
        missing=since(start, now=reader.now, lang=reader.lang, before="") if still else None,
        since=moment(start, now=reader.now, zone=reader.zone, lang=reader.lang),
        next_clock=cell.next_clock,
        state=STATES[one.state],
        is_h1=is_h1,
    )


def sort_ledger(ledger: Sequence[DutyView], reader: Reader) -> Ledger:
    """Asked of me, asked of others, done; then clocks that wait, then what is not sure to be asked."""
    shown = [(duty, duty_words.duty_row(duty, reader, others=ledger)) for duty in ledger if duty.governs]
    open_ = [(duty, row) for duty, row in shown if duty.state is DutyState.OPEN]
    sure = [(duty, row) for duty, row in open_ if duty.applies is Applies.TRUE]
    running = [(duty, row) for duty, row in sure if duty.clock_starts_at is not None]
    mine = reader.actor.agency_id
    settled = {DutyState.PROVED, DutyState.PROVED_LATE, DutyState.WAIVED}
    return Ledger(
        mine=tuple(row for duty, row in running if duty.agency_id == mine),
        others=tuple(row for duty, row in running if duty.agency_id != mine),
        done=tuple(row for duty, row in shown if duty.state in settled),
        waiting=tuple(row for duty, row in sure if duty.clock_starts_at is None),
        unsure=tuple(row for duty, row in open_ if duty.applies is Applies.UNKNOWN),
    )


def _asked(ledger: Sequence[DutyView], reader: Reader) -> tuple[DutyRow, ...]:
    return sort_ledger(ledger, reader).mine


def timeline(one: EpisodeView, reader: Reader) -> tuple[TimelineItem, ...]:
    """What happened, newest first."""
    return tuple(
        TimelineItem(
            title=people.timeline_words(item, reader.lang),
            by=item.by,
            at=moment(item.at, now=reader.now, zone=reader.zone, lang=reader.lang),
            href=_link(one, item.params),
            link_words=_("see") if _link(one, item.params) else "",
        )
        for item in episodes.list_timeline(one.episode_id)
    )


def _link(one: EpisodeView, params: Mapping[str, str]) -> str:
    if "duty" in params:
        return f"/e/{one.episode_id}/d/{params['duty']}"
    if "notice" in params:
        return f"/e/{one.episode_id}/n/{params['notice']}"
    return ""


def notices(one: EpisodeView, reader: Reader) -> list[dict[str, object]]:
    """The packets of this episode that the reader may open: the owner's all, a recipient's own."""
    return [
        {
            "href": f"/e/{one.episode_id}/n/{notice.notice_id}",
            "words": people.packet_words(notice.kind),
            "to": duty_words.agency_name(notice.recipient_agency_id) if notice.recipient_agency_id else "",
            "made": moment(notice.made_at, now=reader.now, zone=reader.zone, lang=reader.lang),
        }
        for notice in duties.list_notices(one.episode_id)
        if reader.actor.agency_id in {one.owner_agency_id, notice.recipient_agency_id}
    ]

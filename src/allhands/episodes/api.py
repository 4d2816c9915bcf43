"""What other slices may ask of episodes, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from allhands.access import api as access
from allhands.access.contracts import EpisodeAccess
from allhands.episodes import models, queries
from allhands.episodes.actions.annexing import annex_photo as annex_photo
from allhands.episodes.actions.annexing import annex_statements as annex_statements
from allhands.episodes.actions.annexing import count_open_statements as count_open_statements
from allhands.episodes.actions.annexing import list_open_photos as list_open_photos
from allhands.episodes.actions.annexing import tell_annexed as tell_annexed
from allhands.episodes.actions.checks import FactsRefused
from allhands.episodes.actions.checks import statement_findings as find_faults
from allhands.episodes.actions.checks import together_findings as find_faults_together
from allhands.episodes.actions.closing import close, mark_returned
from allhands.episodes.actions.drafts import mark_sent, save_draft, start_draft
from allhands.episodes.actions.facts import state_fact, state_facts
from allhands.episodes.actions.handoff import accept, decline, offer, withdraw
from allhands.episodes.actions.photos import add_photo
from allhands.episodes.actions.report import report_missing, started_by_report
from allhands.episodes.actions.sealing import expunge, keys_of, known, records_of_child, seal, unseal
from allhands.episodes.contracts import EpisodeView, FactLine, TimelineLine
from allhands.episodes.counting import not_counted
from allhands.episodes.domain import check_open
from allhands.episodes.listeners import register as register_listener
from allhands.episodes.listeners import register_for_answers as register_answer_listener
from allhands.episodes.pictures import find_photo, list_photos, list_sealed_photos, taken_down_photos
from allhands.episodes.queries import (
    QUIET_STATES,
    Callers,
    find_draft,
    find_episode,
    find_offer,
    find_reported,
    find_sent_draft,
    find_similar,
    hold,
    list_drafts,
    list_episodes,
    list_offers,
    list_overdue_offers,
    list_statements,
    list_timeline,
    mark_looked,
    news_since_look,
    search,
)
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, EpisodeId

__all__ = [
    "QUIET_STATES",
    "Callers",
    "FactsRefused",
    "accept",
    "access_of",
    "add_parties",
    "add_photo",
    "add_timeline",
    "add_timelines",
    "check_open",
    "close",
    "decline",
    "expunge",
    "find_draft",
    "find_episode",
    "find_faults",
    "find_faults_together",
    "find_offer",
    "find_photo",
    "find_reported",
    "find_sent_draft",
    "find_similar",
    "get_episode",
    "hold",
    "keys_of",
    "known",
    "list_drafts",
    "list_episodes",
    "list_offers",
    "list_overdue_offers",
    "list_photos",
    "list_sealed_photos",
    "list_statements",
    "list_timeline",
    "mark_looked",
    "mark_returned",
    "mark_sent",
    "news_since_look",
    "not_counted",
    "offer",
    "records_of_child",
    "register_answer_listener",
    "register_listener",
    "report_missing",
    "save_draft",
    "seal",
    "search",
    "start_draft",
    "started_by_report",
    "state_fact",
    "state_facts",
    "statements_of",
    "statements_of_all",
    "taken_down_photos",
    "unseal",
    "withdraw",
]


def access_of(episode: EpisodeView) -> EpisodeAccess:
    """What the door needs to know about an episode."""
    return EpisodeAccess(
        episode_id=episode.episode_id,
        owner_agency_id=episode.owner_agency_id,
        party_agency_ids=episode.party_agency_ids,
    )


def get_episode(actor: Actor, episode_id: str) -> EpisodeView:
    """The episode, through the door.

    Raises:
        Denied: it does not exist, or not for this actor.
    """
    episode = queries.find_episode(episode_id)
    if episode is None:
        raise Denied("episode")
    access.check_view_episode(actor, access_of(episode))
    return episode


def statements_of(episode_id: EpisodeId) -> tuple[FactLine, ...]:
    """All statements of one episode, oldest first."""
    return queries.list_statements([episode_id]).get(episode_id, ())


def statements_of_all(episode_ids: Iterable[EpisodeId]) -> Mapping[EpisodeId, tuple[FactLine, ...]]:
    """All statements of each episode, oldest first, asked at once."""
    return queries.list_statements(episode_ids)


def add_parties(episode_id: EpisodeId, agency_ids: Iterable[AgencyId], why: str, now: datetime) -> None:
    """The agencies take part from now on; their members see the episode. An earlier part in it stays.

    Who was only asked to take the child over has a ground of its own now, which no withdrawn offer takes away.
    """
    wanted = sorted(set(agency_ids))
    models.Party.objects.filter(episode_id=episode_id, agency_id__in=wanted, why="OFFER").update(why=why)
    models.Party.objects.bulk_create(
        (models.Party(episode_id=episode_id, agency_id=one, since=now, why=why) for one in wanted),
        ignore_conflicts=True,
    )


def add_timeline(episode_id: EpisodeId, code: str, by: str, now: datetime, params: Mapping[str, str]) -> None:
    """Append one line to the timeline. `params` carry ids and codes, never free text about the child."""
    add_timelines(episode_id, by, now, [(code, params)])


def add_timelines(
    episode_id: EpisodeId, by: str, now: datetime, lines: Iterable[TimelineLine], *, first: bool = False
) -> None:
    """Append several lines, in this order.

    Args:
        first: whether the episode was made at this very instant, and so has not changed since.
    """
    models.TimelineItem.objects.bulk_create(
        models.TimelineItem(episode_id=episode_id, at=now, code=code, by=by, params=dict(params))
        for code, params in lines
    )
    if not first:
        models.Episode.objects.filter(pk=episode_id).update(changed_at=now)

"""What other slices may ask of episodes, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.access import api as access
from allhands.access.contracts import EpisodeAccess
from allhands.episodes import models, queries
from allhands.episodes.actions.checks import statement_findings as find_faults
from allhands.episodes.actions.checks import together_findings as find_faults_together
from allhands.episodes.actions.closing import mark_returned
from allhands.episodes.actions.drafts import mark_sent, save_draft, start_draft
from allhands.episodes.actions.facts import state_fact, state_facts
from allhands.episodes.actions.handoff import accept, decline, offer, withdraw
from allhands.episodes.actions.photos import add_photo
from allhands.episodes.actions.report import report_missing, started_by_report
from allhands.episodes.contracts import EpisodeView, FactLine
from allhands.episodes.listeners import register as register_listener
from allhands.episodes.queries import (
    find_draft,
    find_episode,
    find_offer,
    find_photo,
    find_sent_draft,
    find_similar,
    list_drafts,
    list_episodes,
    list_offers,
    list_statements,
    list_timeline,
    mark_looked,
    news_since_look,
)
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, EpisodeId

__all__ = [
    "accept",
    "access_of",
    "add_party",
    "add_photo",
    "add_timeline",
    "decline",
    "find_draft",
    "find_episode",
    "find_faults",
    "find_faults_together",
    "find_offer",
    "find_photo",
    "find_sent_draft",
    "find_similar",
    "get_episode",
    "list_drafts",
    "list_episodes",
    "list_offers",
    "list_statements",
    "list_timeline",
    "mark_looked",
    "mark_returned",
    "mark_sent",
    "news_since_look",
    "offer",
    "register_listener",
    "report_missing",
    "save_draft",
    "start_draft",
    "started_by_report",
    "state_fact",
    "state_facts",
    "statements_of",
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


def add_party(episode_id: EpisodeId, agency_id: AgencyId, why: str, now: datetime) -> None:
    """The agency takes part from now on; its members see the episode. An earlier part in it stays."""
    models.Party.objects.get_or_create(episode_id=episode_id, agency_id=agency_id, defaults={"since": now, "why": why})


def add_timeline(episode_id: EpisodeId, code: str, by: str, now: datetime, params: Mapping[str, str]) -> None:
    """Append one line to the timeline. `params` carry ids and codes, never free text about the child."""
    models.TimelineItem.objects.create(episode_id=episode_id, at=now, code=code, by=by, params=dict(params))
    models.Episode.objects.filter(pk=episode_id).update(changed_at=now)

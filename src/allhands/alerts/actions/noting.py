"""A line on the child's timeline, and a word to open pages."""

from __future__ import annotations

from datetime import datetime

from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.live import api as live


def note(episode_id: EpisodeId, code: str, actor: Actor, now: datetime, **params: str) -> None:
    """Append it and tell whoever looks. An authority that is asked is no party: the platform writes the line."""
    with acting_as(SYSTEM):
        episodes.add_timeline(episode_id, code, actor.label, now, params)
        episode = episodes.find_episode(episode_id)
        parties = episode.party_agency_ids if episode else frozenset()
        live.publish("board", parties)
        live.publish("alerts", {*parties, actor.agency_id} - {""})

"""The child is back: the episode moves to the care after return, and from there to its end."""

from __future__ import annotations

from datetime import datetime

from allhands.access import api as access
from allhands.episodes import domain, models, queries
from allhands.episodes.actions.facts import state_fact
from allhands.episodes.actions.report import parties
from allhands.episodes.contracts import Certainty, EpisodeState, NewStatement
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.live import api as live


def mark_returned(actor: Actor, episode_id: EpisodeId, returned_at: datetime, informant: str, now: datetime) -> None:
    """The return is a statement of fact (so the duties after return start) and a change of state.

    Raises:
        Denied: the actor may not add to this episode.
        Refused: `episode-state`; `returned-early` when the return is before the child was missing or in the future.
    """
    with audit.audited(actor, now, audit.Event.RETURN_RECORDED, episode_id=episode_id):
        episode = models.Episode.objects.select_for_update().filter(pk=episode_id).first()
        if episode is None:
            raise Denied("episode")
        access.check_edit_facts(actor, queries.access_of(episode))
        if returned_at > now or (episode.missing_since is not None and returned_at < episode.missing_since):
            raise Refused(
                "returned-early", "The return must lie between the last sighting and now.", field="returned_at"
            )
        episode.state = domain.decide_episode(EpisodeState(episode.state), "return").value
        episode.returned_at = returned_at
        episode.changed_at = now
        episode.save(update_fields=["state", "returned_at", "changed_at"])
        said = NewStatement(
            fact_id="time.returned_at",
            value=returned_at.isoformat(),
            informant=informant,
            certainty=Certainty.TOLD,
            stated_at=now,
        )
        state_fact(actor, episode_id, said, now)
        models.TimelineItem.objects.create(episode=episode, at=now, code="episode.returned", by=actor.label)
        live.publish("board", parties(episode.id))


def close(actor: Actor, episode_id: EpisodeId, now: datetime) -> None:
    """The episode ends; from then on it can only be read.

    Raises:
        Denied: the actor's agency does not own the episode.
        Refused: `episode-state` while the child is not back.
    """
    with audit.audited(actor, now, audit.Event.EPISODE_CLOSED, episode_id=episode_id):
        episode = models.Episode.objects.select_for_update().filter(pk=episode_id).first()
        if episode is None:
            raise Denied("episode")
        access.check_offer(actor, queries.access_of(episode))
        episode.state = domain.decide_episode(EpisodeState(episode.state), "close").value
        episode.closed_at = now
        episode.changed_at = now
        episode.save(update_fields=["state", "closed_at", "changed_at"])
        models.TimelineItem.objects.create(episode=episode, at=now, code="episode.closed", by=actor.label)
        live.publish("board", parties(episode.id))

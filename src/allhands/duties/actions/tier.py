"""Lower the tier: only a named supervisor, only with a written reason, never below T3, and only until more is known."""

from __future__ import annotations

from datetime import datetime

from allhands.access import api as access
from allhands.duties import domain, models, queries
from allhands.episodes import api as episodes
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.live import api as live

LOWER = {"T1": ("T2", "T3"), "T2": ("T3",), "T3": ()}


def lower_tier(actor: Actor, episode_id: EpisodeId, level: str, reason: str, now: datetime) -> None:
    """The episode shows the lower tier with the person's name and reason, until a new reason raises it again.

    Raises:
        Denied: the actor is no supervisor or director of the owner.
        Refused: `tier-level` (not lower, or below T3), `tier-reason`.
    """
    with audit.audited(actor, now, audit.Event.TIER_LOWERED, episode_id=episode_id) as entry:
        episode = episodes.get_episode(actor, episode_id)
        access.check_waive_duty(actor, episodes.access_of(episode), episode.owner_agency_id)
        current = queries.list_tiers([episode_id]).get(episode_id)
        if current is None:
            raise Denied("tier")
        if level not in LOWER[current.level]:
            words = f"It is {current.level} now. Choose a lower one; nothing is lower than T3."
            raise Refused("tier-level", words, field="level")
        words = domain.check_reason("tier-reason", reason)
        models.TierLowering.objects.create(
            episode_id=episode_id,
            level=level,
            rules=list(current.rules),
            reason=words,
            by=actor.label,
            member_id=actor.member_id,
            at=now,
        )
        entry.details.update({"from": current.level, "to": level})
        params = {"from": current.level, "to": level}
        episodes.add_timeline(episode_id, "tier.lowered", actor.label, now, params)
        live.publish("board", episode.party_agency_ids)

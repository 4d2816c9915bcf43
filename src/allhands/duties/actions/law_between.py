"""What lies between the packs that judged an episode and those in force, and whether it can matter there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from allhands import law
from allhands.duties import judging
from allhands.episodes import api as episodes
from allhands.kernel.ids import EpisodeId
from allhands.platform import packs


def speaking_for(
    episode_ids: Sequence[EpisodeId], now: datetime, library: law.Library
) -> dict[EpisodeId, frozenset[packs.PackHash]]:
    lines = episodes.list_statements(episode_ids, facts=law.SPEAKING_FACTS)
    return {one: judging.speaking(lines.get(one, ()), as_of=now, library=library) for one in episode_ids}


difference = lru_cache(maxsize=8)(law.difference)


@lru_cache(maxsize=64)
def difference_from(judged_by: frozenset[packs.PackHash], library: law.Library) -> law.Difference | None:
    """None when the packs of then are nowhere to be had any more."""
    earlier = packs.library_of(judged_by)
    known = {(pack.id, pack.sha256) for pack in earlier.packs}
    return difference(earlier, library) if known.issuperset(judged_by) else None


def may_differ(spoke: frozenset[packs.PackHash], speaking: frozenset[packs.PackHash], between: law.Difference) -> bool:
    """Whether an episode may be judged otherwise, given the packs that spoke for it and those that speak."""
    speak = _names(speaking)
    return speak != _names(spoke) or between.touches(speak)


def amends(
    spoke: frozenset[packs.PackHash], speaking: frozenset[packs.PackHash], between: law.Difference
) -> law.Difference | None:
    """What lies between, where judging its duties alone will do; None where an episode is to be judged whole."""
    return between if between.is_of_duties and _names(speaking) == _names(spoke) else None


def _names(speaking: frozenset[packs.PackHash]) -> frozenset[str]:
    return frozenset(pack for pack, _hash in speaking)

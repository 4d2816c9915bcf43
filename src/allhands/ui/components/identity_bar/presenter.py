"""The child above every page of an episode. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.components.clock.presenter import Clock
from allhands.ui.components.tier_badge.presenter import TierBadge
from allhands.ui.wording import Moment, TimedText


class EpisodeState(enum.Enum):
    OPEN = "open"
    RETURNED = "returned"
    CLOSED = "closed"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityBar:
    """The child contract as the bar shows it.

    Args:
        name: in the words the child uses; never a number.
        age: words such as "14", or empty when not known (then the bar says so).
        missing: the stretch of time, "23 h 17 min"; None once she is back.
        since: when she was last seen.
        is_h1: true on the episode's own page, where the name is the heading.
        closed_words: for a read-only episode: "closed Nov 30 by R. Vance".
    """

    name: str
    href: str
    age: str
    owner: str
    tier: TierBadge | None
    missing: TimedText | None = None
    since: Moment | None = None
    next_clock: Clock | None = None
    state: EpisodeState = EpisodeState.OPEN
    is_h1: bool = False
    closed_words: str = ""

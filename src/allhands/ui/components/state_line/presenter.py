"""How fresh the page is. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.wording import Moment


class Freshness(enum.Enum):
    FRESH = "fresh"
    STALE = "stale"
    NO_SIGNAL = "no-signal"
    SENDING = "sending"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateLine:
    """since: when it went stale or lost its signal. waiting: how many acts are queued."""

    state: Freshness = Freshness.FRESH
    since: Moment | None = None
    waiting: int = 0

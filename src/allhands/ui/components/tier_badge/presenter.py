"""The response tier with its reasons. Pure."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = ("T1", "T2", "T3")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBadge:
    """The tier of one episode.

    Args:
        level: T1, T2 or T3.
        reasons: plain sentences; a tier without a because is refused.
        lowered_by: the named person who lowered it, with the reason, or empty.
    """

    level: str
    reasons: tuple[str, ...]
    lowered_by: str = ""

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"the tier {self.level!r} does not exist; there are {', '.join(LEVELS)}")
        if not self.reasons:
            raise ValueError("a tier is always shown with its because: give at least one reason")

    @property
    def shape(self) -> str:
        return f"tier-{self.level[1]}"

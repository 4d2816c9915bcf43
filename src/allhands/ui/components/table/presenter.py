"""The rows of the board. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from allhands.ui.components.clock.presenter import Clock
from allhands.ui.components.duty_row.presenter import ProofState
from allhands.ui.components.owner_badge.presenter import OwnerBadge
from allhands.ui.components.tier_badge.presenter import TierBadge
from allhands.ui.wording import Lang, Moment, TimedText

# In the order in which they are read out and shown: what needs proof first.
SHOWN_FIRST = (
    ProofState.OVERDUE,
    ProofState.FAILED,
    ProofState.SOON,
    ProofState.SENT,
    ProofState.OPEN,
    ProofState.NOT_STARTED,
    ProofState.PROVED,
)
_COUNTED_AS = {ProofState.PROVED_LATE: ProofState.PROVED, ProofState.WAIVED: ProofState.PROVED}
_WORDS: dict[Lang, dict[ProofState, str]] = {
    "en": {
        ProofState.OVERDUE: "overdue",
        ProofState.FAILED: "did not arrive",
        ProofState.SOON: "due soon",
        ProofState.SENT: "waiting for proof",
        ProofState.OPEN: "open",
        ProofState.NOT_STARTED: "not started",
        ProofState.PROVED: "done",
    },
    "es": {
        ProofState.OVERDUE: "con atraso",
        ProofState.FAILED: "sin llegar",
        ProofState.SOON: "por vencer",
        ProofState.SENT: "falta la prueba",
        ProofState.OPEN: "sin prueba",
        ProofState.NOT_STARTED: "sin empezar",
        ProofState.PROVED: "hechos",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateCount:
    """How many duties of a child are in one state."""

    state: ProofState
    count: int
    words: str

    @property
    def bar(self) -> str:
        if self.state is ProofState.PROVED:
            return "proved"
        return "none" if self.state is ProofState.NOT_STARTED else "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockCell:
    """The clocks of one child; `next_clock` is the earliest that is not proved."""

    counts: tuple[StateCount, ...]
    next_clock: Clock | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """One child on the board. No photo, no number, nothing that labels the child.

    Args:
        name: "Maya K.", or "Ana and Leo P." for children missing together.
        tier: None once the child is back.
        news: what changed since the reader last looked, in a few words; empty when nothing did.
    """

    name: str
    age: str
    href: str
    owner: OwnerBadge
    missing: TimedText
    since: Moment | None
    tier: TierBadge | None
    clocks: ClockCell
    news: str = ""
    news_at: Moment | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardTable:
    """caption: names what the rows are: "Children missing, mine"."""

    caption: str
    rows: tuple[BoardRow, ...]


def clock_cell(states: Iterable[ProofState], *, next_clock: Clock | None, lang: Lang) -> ClockCell:
    """Counts the states of a child's duties; what needs proof comes first, states nobody is in are left out."""
    seen = [_COUNTED_AS.get(state, state) for state in states]
    counts = tuple(
        StateCount(state=state, count=seen.count(state), words=_WORDS[lang][state])
        for state in SHOWN_FIRST
        if state in seen
    )
    return ClockCell(counts=counts, next_clock=next_clock)

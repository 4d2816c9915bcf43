"""The duties of one child for one reader: asked of us, asked of others; what can wait is folded with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from allhands.agencies.presenting import Reader
from allhands.duties import presenting
from allhands.duties.contracts import Applies, DutyState, DutyView
from allhands.duties.presenting import Knowing
from allhands.ui.components.duty_row.presenter import DutyRow

# Rows of a group that stand open; a longer list is folded with its count, most urgent first.
MOST_OPEN = 5
SETTLED = frozenset({DutyState.PROVED, DutyState.PROVED_LATE, DutyState.WAIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that stand open, and the rest behind a fold."""

    open: tuple[DutyRow, ...]
    more: tuple[DutyRow, ...]

    def __bool__(self) -> bool:
        return bool(self.open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The duties of one child, sorted for a reader.

    Args:
        standing: asked now, by a law that sets no time.
        waiting: the clock starts with something that has not happened.
        unsure: may be asked; a fact that would tell is not known.
        untold: how many rest on facts that are not the reader's to see.
    """

    mine: Group
    others: Group
    standing: tuple[DutyRow, ...]
    waiting: tuple[DutyRow, ...]
    unsure: tuple[DutyRow, ...]
    done: tuple[DutyRow, ...]
    untold: int

    @property
    def is_quiet(self) -> bool:
        """Whether no clock runs without proof."""
        return not self.mine and not self.others


def sort_ledger(ledger: Sequence[DutyView], knowing: Knowing, reader: Reader, *, may_act: bool) -> Ledger:
    """The ledger as this reader may know it. A duty that an earlier one covers stands with the one that covers it."""
    governing = [duty for duty in ledger if _stands(duty)]
    told = [knowing.told(duty) for duty in governing if knowing.sees_duty(duty)]
    open_ = [duty for duty in told if duty.state is DutyState.OPEN]
    sure = [duty for duty in open_ if duty.applies is Applies.TRUE]
    running = [duty for duty in sure if duty.clock_starts_at is not None]
    clocks = [duty for duty in running if not presenting.is_standing(duty)]
    mine = reader.actor.agency_id

    def rows(duties: Sequence[DutyView]) -> tuple[DutyRow, ...]:
        made = [(one, presenting.duty_row(one, reader, others=ledger, may_act=may_act)) for one in duties]
        return tuple(row for _duty, row in sorted(made, key=lambda pair: presenting.urgency(pair[0], pair[1])))

    return Ledger(
        mine=_group(rows([duty for duty in clocks if duty.agency_id == mine])),
        others=_group(rows([duty for duty in clocks if duty.agency_id != mine])),
        standing=rows([duty for duty in running if presenting.is_standing(duty)]),
        waiting=rows([duty for duty in sure if duty.clock_starts_at is None]),
        unsure=rows([duty for duty in open_ if duty.applies is Applies.UNKNOWN]),
        done=rows([duty for duty in told if duty.state in SETTLED]),
        untold=len(governing) - len(told),
    )


def _stands(duty: DutyView) -> bool:
    """What governs, and what may come to be asked: of the latter nobody knows yet which would govern."""
    return duty.state is not DutyState.SUPERSEDED and (duty.governs or duty.applies is Applies.UNKNOWN)


def _group(rows: tuple[DutyRow, ...]) -> Group:
    return Group(open=rows[:MOST_OPEN], more=rows[MOST_OPEN:])

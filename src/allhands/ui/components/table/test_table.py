"""The clocks of a child, counted; what needs proof first."""

from __future__ import annotations

from allhands.ui.components.duty_row.presenter import ProofState
from allhands.ui.components.table.presenter import clock_cell


def test_counts_read_what_needs_proof_first() -> None:
    states = [ProofState.PROVED, ProofState.PROVED_LATE, ProofState.OPEN, ProofState.OVERDUE, ProofState.WAIVED]
    cell = clock_cell(states, next_clock=None, lang="en")
    assert [(each.count, each.words, each.bar) for each in cell.counts] == [
        (1, "overdue", "missing"),
        (1, "open", "missing"),
        (3, "done", "proved"),
    ]

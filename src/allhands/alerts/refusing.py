"""Refusals counted by county and quarter; small numbers hidden, and enough others that nobody can work them out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

# Below it a number could point at a child. Ours; federal reports often use the same.
SMALLEST: Final = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Requests and refusals of one county in one quarter.

    Args:
        asked, refused: None when hidden.
    """

    county: str
    quarter: str
    asked: int | None
    refused: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The same before anything is hidden."""

    county: str
    quarter: str
    asked: int
    refused: int


def at_least(count: int) -> int:
    """A number for everybody, in tens; 0 when it is small. Of two that differ by one, the child who was sealed between
    them would be known.

    Example:
        >>> [at_least(count) for count in (1, 10, 11, 24)]
        [0, 0, 10, 20]
    """
    return count // 10 * 10 if count >= SMALLEST else 0


def hide(counted: Iterable[Counted]) -> tuple[Cell, ...]:
    """The cells that may be shown.

    A cell with fewer than eleven requests is hidden. Where a row or a column of the table would then have a single
    hidden cell, the next smallest of it is hidden too, so that a sum does not give it away. Refusals of a cell that is
    shown are hidden when they, or those that were not refused, are one to ten.

    Example:
        >>> [cell.asked for cell in hide([Counted(county="A", quarter="2026 Q4", asked=3, refused=1)])]
        [None]
    """
    cells = sorted(counted, key=lambda one: (one.county, one.quarter))
    hidden = {(one.county, one.quarter) for one in cells if one.asked < SMALLEST}
    while True:
        more = _lonely(cells, hidden)
        if not more:
            break
        hidden |= more
    return tuple(_shown(one, is_hidden=(one.county, one.quarter) in hidden) for one in cells)


def _lonely(cells: list[Counted], hidden: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The next smallest cell of each line that has exactly one hidden."""
    found: set[tuple[str, str]] = set()
    for line in (*_lines(cells, "county"), *_lines(cells, "quarter")):
        gone = [one for one in line if (one.county, one.quarter) in hidden]
        left = sorted((one for one in line if one not in gone), key=lambda one: one.asked)
        if len(gone) == 1 and left:
            found.add((left[0].county, left[0].quarter))
    return found


def _lines(cells: list[Counted], by: str) -> list[list[Counted]]:
    lines: dict[str, list[Counted]] = {}
    for one in cells:
        lines.setdefault(getattr(one, by), []).append(one)
    return list(lines.values())


def _shown(one: Counted, *, is_hidden: bool) -> Cell:
    told = 0 < one.refused < SMALLEST or 0 < one.asked - one.refused < SMALLEST
    return Cell(
        county=one.county,
        quarter=one.quarter,
        asked=None if is_hidden else one.asked,
        refused=None if is_hidden or told else one.refused,
    )

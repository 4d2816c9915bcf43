"""What is asked of the reader. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.ui.components.duty_row.presenter import DutyRow

MOST_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedList:
    """Duties with an act, earliest deadline first.

    Args:
        rows: at most five; the rest is counted in `more`.
        heading: False when the page has its own heading for it.
    """

    rows: tuple[DutyRow, ...]
    more: int = 0
    more_href: str = ""
    heading: bool = True


def asked_list(rows: tuple[DutyRow, ...], *, more_href: str = "", heading: bool = True) -> AskedList:
    """The first five rows and how many follow."""
    return AskedList(rows=rows[:MOST_SHOWN], more=max(len(rows) - MOST_SHOWN, 0), more_href=more_href, heading=heading)

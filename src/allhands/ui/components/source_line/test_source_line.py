"""How a source says its age and how it was read."""

from __future__ import annotations

from datetime import date

import pytest

from allhands.ui.components.source_line.presenter import Source, months_between, present_source

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("read_on", "stale"),
    [
        (date(2026, 10, 3), ""),
        (date(2025, 11, 24), ""),
        (date(2025, 9, 20), "We last read this law 14 months ago. Check it before you rely on it."),
        (None, "We don't know when this law was last read. Check it before you rely on it."),
    ],
)
def test_an_old_reading_warns(read_on: date | None, stale: str) -> None:
    line = present_source(Source(citation="42 U.S.C. 671", level="A", read_on=read_on), today=TODAY, lang="en")
    assert line.stale == stale


def test_a_summary_is_called_a_summary() -> None:
    line = present_source(Source(citation="x", level="C", read_on=TODAY), today=TODAY, lang="es")
    assert line.how == "conocida solo por un resumen"


def test_months_count_whole_months() -> None:
    assert months_between(date(2026, 1, 31), date(2026, 2, 28)) == 0
    assert months_between(date(2025, 11, 24), TODAY) == 12

"""How a source says its age and how it was read."""

from __future__ import annotations

from datetime import date

import pytest

from allhands.ui.components.source_line.presenter import Source, cite, months_between, present_source

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("read_on", "stale"),
    [
        (date(2026, 10, 3), ""),
        (date(2025, 11, 24), ""),
        (date(2025, 11, 23), "We last read this law 12 months ago. Check it before you rely on it."),
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


@pytest.mark.parametrize(
    ("citation", "pin", "said"),
    [
        ("MCL 28.258", "28.258(1)(a)", "MCL 28.258(1)(a)"),
        ("34 U.S.C. 41308", "(1)", "34 U.S.C. 41308 (1)"),
        ("34 U.S.C. 41308 (1)", "(1)", "34 U.S.C. 41308 (1)"),
        ("N.D.C.C. 12-68-01 to 12-68-03", "12-68-03(1)", "N.D.C.C. 12-68-03(1)"),
        ("T.C.A. 37-10-201 to 37-10-204", "37-10-204", "T.C.A. 37-10-204"),
        ("20 V.S.A. 1820 to 1825", "1821", "20 V.S.A. 1821"),
        ("Iowa Code 694.1 to 694.5 and 694.10", "694.5(1)", "Iowa Code 694.5(1)"),
        ("NRS 432.010 and 432.200", "432.200(1)(a)", "NRS 432.200(1)(a)"),
        ("LCO Code DMR.1.4.010 and DMR.1.5.010", "DMR.1.4.010(a)(12)", "LCO Code DMR.1.4.010(a)(12)"),
        ("San Ildefonso Code 9.1.3.010 and following", "9.1.3.010", "San Ildefonso Code 9.1.3.010"),
        ("AS 14.30.700 and 14.30.710", "14.30.700, 14.30.710", "AS 14.30.700, 14.30.710"),
        ("N.D.C.C. 12-68-01 to 12-68-03", "ch. 12-68", "N.D.C.C. 12-68-01 to 12-68-03 ch. 12-68"),
        ("Alaska Statutes, titles 14, 18, 44 and 47", "18.65", "Alaska Statutes, titles 14, 18, 44 and 47 18.65"),
        ("Code 1", "12(a)", "Code 1 12(a)"),
        ("Act", "", "Act"),
    ],
)
def test_a_number_that_stands_in_citation_and_pin_is_said_once(citation: str, pin: str, said: str) -> None:
    assert cite(citation, pin) == said

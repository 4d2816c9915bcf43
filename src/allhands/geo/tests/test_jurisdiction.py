"""Whose police may act: a table with sources, and gaps that are said."""

from __future__ import annotations

import pytest

from allhands.geo.jurisdiction import GAPS, Authority, Pl280, arrangements, jurisdiction, jurisdiction_over
from allhands.geo.locate import at_point, by_county
from allhands.geo.located import IndianCountry

ALL = (Authority.TRIBAL, Authority.STATE, Authority.FEDERAL)


@pytest.mark.parametrize(
    ("states", "areas", "pl280"),
    [
        (("WI",), ("0140",), Pl280.STATE_HAS_IT),
        (("AK",), ("7390",), Pl280.STATE_HAS_IT),
        (("MN",), ("1940",), Pl280.STATE_HAS_IT),
        (("MN",), ("3100",), Pl280.EXCEPTED),
        (("MN",), ("3100", "1940"), Pl280.UNCLEAR),
        (("OR",), ("4545",), Pl280.EXCEPTED),
        (("ND",), ("4345",), Pl280.NOT_READ),
        (("WI", "MI"), ("1830",), Pl280.UNCLEAR),
        ((), (), Pl280.NOT_READ),
    ],
)
def test_who_has_jurisdiction(states: tuple[str, ...], areas: tuple[str, ...], pl280: Pl280) -> None:
    found = jurisdiction_over(states, areas)
    assert found.pl280 is pl280
    assert found.authorities == ALL


def test_a_reservation_has_all_three_as_candidates_and_says_what_was_not_read() -> None:
    found = jurisdiction(at_point(48.84, -99.75))
    assert found.authorities == ALL
    assert {row.source for row in found.arrangements} >= {"usc-18-1153", "usc-25-1321"}
    assert set(found.gaps) == {"gap.optional", "gap.agreements"}


def test_retrocession_is_a_gap_where_a_state_has_it() -> None:
    assert "gap.retrocession" in jurisdiction(at_point(46.6, -90.7)).gaps


def test_a_county_that_holds_a_reservation_keeps_all_three() -> None:
    assert jurisdiction(by_county("38079")).authorities == ALL


def test_off_our_list_only_the_state_is_named() -> None:
    found = jurisdiction(at_point(41.6, -93.6))
    assert (found.authorities, found.gaps) == ((Authority.STATE,), ("gap.unlisted-land",))
    assert jurisdiction(at_point(40.0, -70.0)).gaps == ("gap.no-land",)
    assert jurisdiction_over(("IA",), (), indian_country=IndianCountry.NEAR).authorities == ALL


def test_every_row_has_its_source_and_both_languages() -> None:
    for row in arrangements():
        assert row.source
        assert row.pin
        assert row.confidence in "ABC"
        assert row.words.en != row.words.es
    states = {state for row in arrangements() if row.kind == "state-has-it" for state in row.states}
    assert states == {"AK", "CA", "MN", "NE", "OR", "WI"}  # 18 USC 1162(a): the six mandatory states
    assert {row.id: row.areas for row in arrangements() if row.kind == "exception"} == {
        "red-lake": ("3100",),
        "warm-springs": ("4545",),
    }
    assert all(gap.en and gap.es for gap in GAPS.values())

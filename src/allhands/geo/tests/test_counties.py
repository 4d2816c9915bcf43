"""Codes and names of counties."""

from __future__ import annotations

import pytest

from allhands.geo.counties import find_county, list_counties
from allhands.geo.states import STATE_NAMES


@pytest.mark.parametrize(("fips", "name"), [("38079", "Rolette County"), ("04001", "Apache County")])
def test_a_code_has_its_name(fips: str, name: str) -> None:
    county = find_county(fips)
    assert county is not None
    assert county.name == name


def test_a_code_on_no_list_says_so() -> None:
    assert find_county("99999") is None


def test_every_state_with_a_name_has_counties() -> None:
    assert [state for state in STATE_NAMES if not list_counties(state)] == []


def test_invented_counties_stay_out_unless_asked_for() -> None:
    assert not any(county.invented for county in list_counties("ND"))
    assert [county.fips for county in list_counties("ND", with_invented=True)[:2]] == ["38990", "38991"]

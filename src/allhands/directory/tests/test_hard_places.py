"""Places that are hard to say, or where several meet, through the public API: all of them, or why not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def told(**typed: str) -> dict[str, Any]:
    answer = Client().get("/api/v1/who-to-call", typed)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    assert found["calls"][0]["code"] == "911"  # whatever was typed
    return found


def places(**typed: str) -> set[tuple[str, str]]:
    """State and county, or state and nation, of each place."""
    return {(one["state"], one["nation"] or one["county"]) for one in told(**typed)["places"]}


@pytest.mark.parametrize(("typed", "says"), [
    ({"near": "30.0,-70.0"}, "at sea"),
    ({"where": "30.0,-70.0"}, "at sea"),
    ({"near": "49.1,-99.8"}, "Rolette County, ND"),  # north of the line: Canada, with the counties nearest to it
    ({"where": "53.5,-113.5"}, "in Canada"),
    ({"where": "Winnipeg, Manitoba"}, "outside the United States"),
    ({"where": "99999"}, "ZIP"),
])  # fmt: skip
def test_a_place_outside_is_said_and_nothing_is_made_up(typed: dict[str, str], says: str) -> None:
    found = told(**typed)
    assert [one["field"] for one in found["troubles"]] == ["where"]
    assert says in found["troubles"][0]["text"]["en"]
    assert found["places"] == []


@pytest.mark.parametrize(("typed", "meet"), [
    ({"near": "37.0,-109.0"}, {("AZ", "04001"), ("CO", "08083"), ("NM", "35045"), ("UT", "49037"), ("NM", "navajo")}),
    ({"where": "82063"}, {("CO", "08069"), ("WY", "56001")}),  # one ZIP code, two counties of two states
    ({"where": "57638"}, {("SD", "46031"), ("SD", "46105"), ("SD", "standing-rock")}),
    ({"near": "18.4,-66.1"}, {("PR", "72127"), ("PR", "72061")}),
    ({"near": "13.4,144.8"}, {("GU", "66010")}),
    ({"where": "00802"}, {("VI", "78030")}),
])  # fmt: skip
def test_where_several_meet_all_are_named(typed: dict[str, str], meet: set[tuple[str, str]]) -> None:
    assert places(**typed) >= meet


@pytest.mark.parametrize("spellings", [
    ("Diné", "dine", "NAVAJO  NATION, AZ"),
    ("Spirit Lake Tribe", "spirit  lake nation", "SPIRIT LAKE"),
    ("Turtle Mountain", "turtle mountain band of chippewa", "TMBCI"),
])  # fmt: skip
def test_a_nation_is_found_however_it_is_spelled(spellings: tuple[str, ...]) -> None:
    named = [{nation for _, nation in places(where=one) if not nation.isdigit()} for one in spellings]
    assert named[0]
    assert set.intersection(*named) == named[0]

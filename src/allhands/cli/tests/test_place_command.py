"""`allhands place` as a person or a program runs it."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from allhands.cli import make_app

runner = CliRunner()


@pytest.mark.parametrize("words", [["46.8,-100.8"], ["46.8", "-100.8"]])
def test_a_point_prints_every_candidate(words: list[str]) -> None:
    result = runner.invoke(make_app(), ["place", *words])
    assert result.exit_code == 0
    assert "Burleigh County, ND" in result.stdout
    assert "Morton County, ND" in result.stdout


def test_a_program_gets_one_object() -> None:
    result = runner.invoke(make_app(), ["place", "58316", "--json"])
    (match,) = json.loads(result.stdout)["matches"]
    assert [county["fips"] for county in match["counties"]] == ["38079"]
    assert {area["geoid"] for area in match["tribal_areas"]} == {"4345R", "4345T"}
    assert match["police"]["authorities"] == ["tribal", "state", "federal"]


def test_a_misspelt_nation_says_what_was_understood() -> None:
    result = runner.invoke(make_app(), ["place", "Turtel", "Mountian", "Chipewa"])
    assert "Turtle Mountain Band of Chippewa Indians" in result.stdout
    assert "nearest spelling" in result.stdout


def test_a_name_of_many_places_is_never_one_guess() -> None:
    result = runner.invoke(make_app(), ["place", "Cherokee County"])
    assert "Say which" in result.stdout
    assert "Cherokee County, OK" in result.stdout


@pytest.mark.parametrize(("text", "code"), [("zzzzzz", "place.not-on-any-list"), ("95,200", "place.not-a-point")])
def test_no_place_is_said_and_is_a_failure(text: str, code: str) -> None:
    result = runner.invoke(make_app(), ["place", text, "--json"])
    assert result.exit_code == 1
    assert json.loads(result.stdout)["code"] == code

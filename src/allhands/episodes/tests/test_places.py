"""A county is typed, not chosen: it is found by its name in the state, or asked back with the nearest."""

from __future__ import annotations

import pytest

from allhands.episodes.contracts import Json
from allhands.episodes.intake import places
from allhands.episodes.intake.days import UnreadableError


def read(lang: str = "en", /, **parts: str) -> dict[str, Json]:
    return places.read_place(lambda name: parts.get(name, ""), lang=lang, invented=True)


@pytest.mark.parametrize(
    ("parts", "place"),
    [
        pytest.param({"state": "ND"}, {"state": "ND"}, id="state alone"),
        pytest.param({"state": "north dakota"}, {"state": "ND"}, id="state by name"),
        pytest.param({"state": "ND", "county": "rolette"}, {"state": "ND", "county_fips": "38079"}, id="without kind"),
        pytest.param({"state": "ND", "county": "Rolette County"}, {"state": "ND", "county_fips": "38079"}, id="whole"),
        pytest.param({"county": "Rolette"}, {"state": "ND", "county_fips": "38079"}, id="only one state has it"),
        pytest.param({"county_fips": "38079"}, {"state": "ND", "county_fips": "38079"}, id="code"),
        pytest.param({"state": "NM", "county": "dona ana"}, {"state": "NM", "county_fips": "35013"}, id="no accents"),
        pytest.param({"state": "MD", "county": "Baltimore city"}, {"state": "MD", "county_fips": "24510"}, id="city"),
        pytest.param({"state": "MD", "county": "Baltimore"}, {"state": "MD", "county_fips": "24005"}, id="county"),
        pytest.param({"state": "MN", "county": "Saint Louis"}, {"state": "MN", "county_fips": "27137"}, id="saint"),
        pytest.param({"state": "LA", "county": "Orleans"}, {"state": "LA", "county_fips": "22071"}, id="parish"),
        pytest.param({"county": "58316"}, {"state": "ND", "county_fips": "38079"}, id="ZIP in one county"),
        pytest.param({"county": "58316-1234"}, {"state": "ND", "county_fips": "38079"}, id="ZIP of nine digits"),
        pytest.param({"state": "ND", "county": "Belcourt"}, {"state": "ND", "county_fips": "38079"}, id="town"),
        pytest.param(
            {"state": "ND", "county": "38079"}, {"state": "ND", "county_fips": "38079"}, id="code, in its state"
        ),
        pytest.param({"here": "ND-38990"}, {"state": "ND", "county_fips": "38990"}, id="here"),
        pytest.param({"here": "ND-"}, {"state": "ND"}, id="here, without a county"),
        pytest.param({"here": "ND-38990", "state": "AZ"}, {"state": "ND", "county_fips": "38990"}, id="here wins"),
        pytest.param({"land": "no"}, {"indian_country": False}, id="no nation's land"),
        pytest.param({"land": "yes"}, {"indian_country": True}, id="a nation's land, not known whose"),
        pytest.param({"land": "tmbci"}, {"nation": "tmbci", "indian_country": True}, id="whose"),
        pytest.param({"indian_country": "no"}, {"indian_country": False}, id="the plain part"),
    ],
)
def test_places_are_read(parts: dict[str, str], place: dict[str, Json]) -> None:
    assert read(**parts) == place


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ({"state": "Narnia"}, "answer.state"),
        ({"state": "ND", "county": "Rollete"}, "answer.county"),
        ({"state": "ND", "county": "x" * 4000}, "answer.county"),
        ({"county": "Washington"}, "answer.county-state"),
        ({"state": "MN", "county_fips": "38079"}, "answer.county-elsewhere"),
        ({"county_fips": "99999"}, "answer.county"),
    ],
)
def test_places_nobody_can_find_are_asked_back(parts: dict[str, str], code: str) -> None:
    with pytest.raises(UnreadableError) as wrong:
        read(**parts)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("parts", "named"),
    [
        ({"county": "38079"}, ("Rolette County (ND)", "Lake County (TN)")),  # a county's code, and a ZIP
        ({"state": "TN", "county": "38079"}, ("Lake County (TN)", "Obion County (TN)")),
    ],
)
def test_where_several_counties_may_be_meant_all_are_named(parts: dict[str, str], named: tuple[str, ...]) -> None:
    with pytest.raises(UnreadableError, match=r"answer\.county-several") as wrong:
        read(**parts)
    assert all(name in wrong.value.params["counties"] for name in named)


def test_the_nearest_county_is_offered_in_both_languages() -> None:
    for lang, words in (("en", "Did you mean Rolette County? "), ("es", "¿Es Rolette County? ")):
        with pytest.raises(UnreadableError) as wrong:
            read(lang, state="ND", county="Rollete")
        assert wrong.value.params == {"state": "North Dakota", "near": words}


def test_invented_counties_exist_outside_the_live_world_only() -> None:
    assert read(state="ND", county="Prairie County (invented)")["county_fips"] == "38990"
    typed = {"state": "ND", "county": "Prairie"}
    with pytest.raises(UnreadableError, match=r"answer\.county"):
        places.read_place(lambda name: typed.get(name, ""))

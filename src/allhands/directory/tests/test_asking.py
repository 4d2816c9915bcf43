"""What the four questions take, and the kind word for what they cannot."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allhands.directory.asking import as_query, read_asked
from allhands.directory.contracts import Urgent, Where, Who
from allhands.directory.places import state_names, typed_words
from allhands.directory.tests.asking import form
from allhands.platform import packs

HARM = {Urgent.HARM}


@pytest.mark.parametrize("text", ["14", " 14 ", "14 years", "14 years old", "14 años", "14 yrs"])
def test_an_age_is_read_as_people_say_it(text: str) -> None:
    assert read_asked(form(age=text)).age == 14


@pytest.mark.parametrize(
    "text", ["3000", "-1", "1e9", "fourteen", "٣", "<script>alert(1)</script>", "14; DROP TABLE", "9" * 5000]
)
def test_an_age_that_cannot_be_is_said_and_the_rest_is_answered(text: str) -> None:
    asked = read_asked(form(age=text, who="family", state="ND"))
    assert asked.age is None
    assert [one.field for one in asked.troubles] == ["age"]
    assert (asked.who, asked.places) == (Who.FAMILY, (Where(state="ND"),))


@pytest.mark.parametrize("field", ["who", "age", "where", "state", "county", "nation", "near"])
@pytest.mark.parametrize("text", ["<b>x</b>", "a\x07b", "\u202eabc", "x" * 1_000_000, "'\"><svg onload=x>"])
def test_every_field_takes_anything_and_repeats_nothing_wrong(field: str, text: str) -> None:
    asked = read_asked(form(**{field: text}))
    assert [one.field for one in asked.troubles] == [
        "where" if field == "near" and len(text) < 40 and text.isprintable() else field
    ]
    for trouble in asked.troubles:
        assert text[:20] not in trouble.text.en + trouble.text.es


def test_an_urgency_nobody_knows_counts_as_danger() -> None:
    asked = read_asked(form(("none", "<x>")))
    assert asked.urgent == HARM
    assert [one.field for one in asked.troubles] == ["urgent"]


def test_a_danger_beside_nothing_is_a_danger() -> None:
    assert read_asked(form(("none", "taken"))).urgent == {Urgent.TAKEN}
    assert read_asked(form(("none",))).urgent == {Urgent.NONE}


def test_a_link_carries_coarse_codes_only() -> None:
    asked = read_asked(form(("taken",), who="carer", age="9", where="Rolette County, ND"))
    assert as_query(asked) == (
        ("who", "carer"), ("age", "9"), ("state", "ND"), ("county", "38079"), ("urgent", "taken")
    )  # fmt: skip
    again = read_asked(form(("taken",), **dict(as_query(asked)[:-1])))
    assert as_query(again) == as_query(asked)
    assert read_asked(form(where=typed_words(asked.places, "es"))).places[0].county_fips == "38079"


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.dictionaries(
        st.sampled_from(["who", "age", "where", "state", "county", "nation", "near"]), st.text(max_size=200)
    )
)
def test_nothing_that_can_be_typed_breaks_it(typed: dict[str, str]) -> None:
    asked = read_asked(form(**typed))
    assert len(asked.troubles) <= len(typed)


@pytest.mark.parametrize("spelling", ["Navajo Nation", "NAVAJO  nation", "diné", "Nación Navajo"])
def test_a_nation_is_found_in_its_spellings_in_each_of_its_states(spelling: str) -> None:
    places = read_asked(form(where=spelling)).places
    assert {place.state for place in places if place.nation == "navajo"} == {"AZ", "NM", "UT"}


@pytest.mark.parametrize(("typed", "words"), [
    ({"where": "99999"}, "ZIP"),
    ({"where": "Toronto, Canada"}, "outside"),
    ({"where": "Rollette"}, "Rolette"),
    ({"where": "Springfield"}, "state"),
    ({"where": "Rolette County", "state": "TX"}, "state"),
    ({"near": "30.0,-70.0"}, "sea"),
    ({"near": "53.5,-113.5"}, "Canada"),
    ({"near": "48.81234,-99.8"}, "position"),  # finer than a device of ours sends: not taken
    ({"near": "91.0,0.0"}, "Latitude"),
    ({"county": "02261", "state": "ND"}, "state"),
    ({"nation": "klingon"}, "nation"),
])  # fmt: skip
def test_a_place_that_cannot_be_is_said_kindly(typed: dict[str, str], words: str) -> None:
    [trouble] = read_asked(form(**typed)).troubles
    assert words in trouble.text.en
    assert trouble.text.es != trouble.text.en


def test_all_candidates_are_kept() -> None:
    four_corners = read_asked(form(near="37.0,-109.0")).places
    assert {place.state for place in four_corners} >= {"AZ", "CO", "NM", "UT"}
    assert "navajo" in {place.nation for place in four_corners}
    assert len({place.county_fips for place in read_asked(form(where="82063")).places if place.county_fips}) >= 1
    assert {place.state for place in read_asked(form(where="San Juan")).places} >= {"CO", "NM", "UT", "WA", "PR"}
    belcourt = read_asked(form(where="58316")).places
    assert {(place.county_fips, place.nation) for place in belcourt} >= {("38079", ""), ("38079", "tmbci")}
    assert read_asked(form(state="pr")).places == (Where(state="PR"),)


def test_the_demo_county_exists_in_the_demo_world_only() -> None:
    assert read_asked(form(county="38990")).places == ()
    assert read_asked(form(county="38990"), invented=True).places[0].county_fips == "38990"
    assert read_asked(form(where="Sample Nation")).places == ()


def test_states_are_called_in_spanish_as_their_packs_call_them() -> None:
    titles = {pack.applies[0].state: pack.title.es for pack in packs.library().packs if pack.kind == "state"}
    assert {code: name.es for code, name in state_names().items()} == titles

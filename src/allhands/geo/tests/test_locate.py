"""Points, ZIPs, counties and nations to all that they may be in."""

from __future__ import annotations

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from allhands.geo import layers, locate
from allhands.geo.located import LIMITS, IndianCountry, PlaceUnreadable, Standing
from allhands.geo.nations import find_nation

FOUR_CORNERS = (36.99900, -109.04518)


@pytest.mark.parametrize(
    ("lat", "lon", "counties"),
    [
        (48.84, -99.75, ["38079"]),
        (46.8, -100.8, ["38015", "38059"]),
        (13.45, 144.78, ["66010"]),
        (18.34, -64.93, ["78030"]),
        (-14.30, -170.70, ["60010"]),
        (15.2, 145.75, ["69110"]),
        (18.265, -66.70, ["72141"]),
    ],
)
def test_a_point_has_its_counties(lat: float, lon: float, counties: list[str]) -> None:
    assert [county.fips for county in locate.at_point(lat, lon).counties] == counties


def test_four_corners_are_four_counties_and_two_nations() -> None:
    located = locate.at_point(*FOUR_CORNERS)
    assert {county.state for county in located.counties} == {"AZ", "CO", "NM", "UT"}
    assert set(located.nations) == {"navajo", "ute-mountain"}
    assert located.is_ambiguous


@pytest.mark.parametrize(
    ("lat", "lon", "code", "nearest"),
    [
        (40.0, -70.0, "place.at-sea", "Nantucket County"),
        (43.0, -87.0, "place.on-water", "Muskegon County"),
        (49.9, -97.1, "place.canada", "Kittson County"),
        (32.4, -116.9, "place.mexico", "San Diego County"),
        (48.85, 2.35, "place.abroad", ""),
        (46.8, 100.8, "place.abroad", ""),
        (-90.0, 0.0, "place.abroad", ""),
        (0.0, -180.0, "place.at-sea", ""),
    ],
)
def test_a_point_on_no_list_says_so(lat: float, lon: float, code: str, nearest: str) -> None:
    located = locate.at_point(lat, lon)
    assert located.counties == ()
    assert (located.code, located.nearest[0].name if located.nearest else "") == (code, nearest)


@pytest.mark.parametrize(("lat", "lon"), [(90.1, 0), (0, 180.5), (float("nan"), 0), (0, float("inf"))])
def test_numbers_off_the_globe_are_refused_with_what_to_do(lat: float, lon: float) -> None:
    with pytest.raises(PlaceUnreadable) as refused:
        locate.at_point(lat, lon)
    assert refused.value.code == "place.not-a-point"
    assert "46.8, -100.8" in refused.value.words.es


def test_a_border_town_names_both_countries() -> None:
    located = locate.at_point(48.6, -93.41)
    assert located.countries == ("US", "CA")
    assert located.is_ambiguous


@pytest.mark.parametrize(
    ("place", "lat", "lon", "zone"),
    [
        ("Chinle, Navajo Nation", 36.154, -109.553, "America/Denver"),
        ("Kykotsmovi, Hopi", 35.870, -110.620, "America/Phoenix"),
        ("Phoenix", 33.45, -112.07, "America/Phoenix"),
    ],
)
def test_time_zones_of_navajo_hopi_and_arizona(place: str, lat: float, lon: float, zone: str) -> None:
    assert locate.at_point(lat, lon).time_zones == (zone,), place


def test_a_place_near_a_zone_line_has_both() -> None:
    assert set(locate.at_point(36.11, -111.22).time_zones) == {"America/Phoenix", "America/Denver"}


@pytest.mark.parametrize(
    ("lat", "lon", "land", "limit"),
    [
        (48.84, -99.75, IndianCountry.YES, "limit.tribal-land"),
        (36.15, -95.99, IndianCountry.UNKNOWN, "limit.statistical"),
        (57.12, -170.28, IndianCountry.UNKNOWN, "limit.alaska"),
        (20.8, -156.3, IndianCountry.NOT_ON_OUR_LIST, "limit.hawaii"),
        (41.6, -93.6, IndianCountry.NOT_ON_OUR_LIST, "limit.tribal-land"),
    ],
)
def test_indian_country_is_never_a_plain_no(lat: float, lon: float, land: IndianCountry, limit: str) -> None:
    located = locate.at_point(lat, lon)
    assert located.indian_country is land
    assert limit in located.limits


def test_just_outside_a_reservation_is_near_it() -> None:
    shape = layers.tribal_layer().shape("4345R")
    assert shape is not None
    _west, _south, east, _north = shapely.bounds(shape)
    edge = max(shapely.get_coordinates(shape).tolist(), key=lambda at: at[0])
    located = locate.at_point(edge[1], east + 0.005)
    assert located.indian_country is IndianCountry.NEAR
    assert [(one.nations, one.standing) for one in located.tribal if one.area.geoid == "4345R"] == [
        (("tmbci",), Standing.NEAR)
    ]


@pytest.mark.parametrize(
    ("code", "counties"),
    [
        ("58316", ["38079"]),
        ("58301-1234", ["38071", "38005"]),
        ("57770", ["46102"]),
        ("96913", ["66010"]),
        ("00601", ["72001", "72113"]),
    ],
)
def test_a_zip_has_every_county_that_its_list_names(code: str, counties: list[str]) -> None:
    located = locate.by_zip(code)
    assert [county.fips for county in located.counties] == counties
    assert {county.standing for county in located.counties} == {Standing.POSSIBLE}
    assert "limit.zip" in located.limits


@pytest.mark.parametrize("code", ["00000", "99999", "abcde", ""])
def test_a_zip_on_no_list_says_so(code: str) -> None:
    with pytest.raises(PlaceUnreadable, match="No list here"):
        locate.by_zip(code)


def test_a_county_that_was_split_is_both_of_today() -> None:
    located = locate.by_county("02261")
    assert [county.fips for county in located.counties] == ["02063", "02066"]
    assert "limit.crosswalk" in located.limits
    assert located.time_zones == ("America/Anchorage",)


def test_a_county_lists_the_tribal_areas_in_it_as_possible() -> None:
    located = locate.by_county("38079")
    assert {one.area.geoid for one in located.tribal} == {"4345R", "4345T"}
    assert located.indian_country is IndianCountry.UNKNOWN


def test_a_nation_has_the_counties_and_zones_of_its_land() -> None:
    navajo = find_nation("navajo")
    assert navajo is not None
    located = locate.by_nation(navajo)
    assert set(located.states) == {"AZ", "NM", "UT"}
    assert "America/Denver" in located.time_zones


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("rolette county nd", "38079"),
        ("Rolette, North Dakota", "38079"),
        ("Roulette County ND", "38079"),
        ("58316", "58316"),
        ("46.8, -100.8", "46.8,-100.8"),
        ("Doña Ana", "35013"),
        ("Oglala Lakota County, S.D.", "46102"),
        ("belcourt", "58316"),
        ("Navajo Nation", "navajo"),
        ("navaho", "navajo"),
        ("Diné", "navajo"),
        ("turtel mountian chipewa", "tmbci"),
        ("Lac Court Oreilles", "lco"),
        ("Washington", "WA"),
    ],
)
def test_words_find_their_place_however_they_are_spelt(text: str, first: str) -> None:
    assert locate.by_text(text)[0].code == first


def test_a_name_that_many_places_have_returns_them_all() -> None:
    assert len({match.state for match in locate.by_text("Washington County")}) > 25
    assert {match.code for match in locate.by_text("Santee")} >= {"santee-3565", "santee-9875"}


def test_the_invented_nation_exists_in_the_demo_only() -> None:
    assert not [one for one in locate.by_text("Sample Nation") if one.code == "sample"]
    assert locate.by_text("Sample Nation", invented=True)[0].code == "sample"


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_any_text_is_read_without_harm(text: str) -> None:
    for match in locate.by_text(text)[:2]:
        try:
            located = locate.resolve(match)
        except PlaceUnreadable:
            continue
        assert set(located.limits) <= set(LIMITS)


@settings(max_examples=80, deadline=None)
@given(number=st.integers(0, 3229))
def test_a_point_inside_a_county_has_it(number: int) -> None:
    layer = layers.county_layer()
    lon, lat = shapely.get_coordinates(shapely.point_on_surface(layer.geometries[number]))[0]
    located = locate.at_point(float(lat), float(lon))
    assert located.counties[0].metres == 0
    assert located.code == ""
    assert set(located.limits) <= set(LIMITS)


@settings(max_examples=60, deadline=None)
@given(lat=st.floats(25, 49), lon=st.floats(-124, -67))
def test_candidates_are_symmetrical(lat: float, lon: float) -> None:
    """A county near a point is found from that point's other side of the line too: no order decides."""
    located = locate.at_point(lat, lon)
    alone = {fips for fips, metres in layers.county_layer().within(lat, lon, locate.COUNTY_REACH_M)}
    assert {county.fips for county in located.counties} - {"51610"} == alone
    if located.code == "":
        assert located.counties

"""County codes of one year in those of another: Connecticut's regions, Alaska's split, renamed and joined counties."""

from __future__ import annotations

import pytest

from allhands.geo import crosswalk, layers, locate
from allhands.geo.counties import find_county
from allhands.geo.crosswalk import Crossed, Vintage
from allhands.geo.located import PlaceUnreadable
from allhands.geo.tables import rows

OLD_COUNTIES = tuple(f"090{number:02}" for number in range(1, 16, 2))
REGIONS = tuple(f"09{number}" for number in range(110, 200, 10))


def test_alaskas_old_area_is_both_new_ones_and_back() -> None:
    assert crosswalk.to(Vintage.HOUSE, "02261") == Crossed(codes=("02063", "02066"), is_exact=True)
    for new in ("02063", "02066"):
        assert crosswalk.to(Vintage.HOUSE, new) == Crossed(codes=(new,), is_exact=True)
        assert crosswalk.to(Vintage.POPULATION_2020, new) == Crossed(codes=(new,), is_exact=True)
        assert crosswalk.to(Vintage.SHAPES_2017, new) == Crossed(codes=("02261",), is_exact=False)


@pytest.mark.parametrize("county", OLD_COUNTIES)
def test_an_old_county_of_connecticut_is_the_regions_that_cover_it(county: str) -> None:
    people = crosswalk.to(Vintage.POPULATION_2020, county)
    assert people.codes
    assert set(people.codes) <= set(REGIONS)
    assert not people.is_exact  # a region reaches over the county's line
    assert crosswalk.to(Vintage.HOUSE, county) == Crossed(codes=(county,), is_exact=True)
    assert crosswalk.to(Vintage.SHAPES_2017, county) == Crossed(codes=(county,), is_exact=True)


@pytest.mark.parametrize(
    ("region", "counties"),
    [
        ("09110", ["09003", "09013"]),  # Capitol: Hartford and Tolland counties
        ("09120", ["09001"]),
        ("09130", ["09007", "09011"]),
        ("09140", ["09001", "09003", "09005", "09009"]),  # Naugatuck Valley: four counties
        ("09150", ["09011", "09013", "09015"]),
        ("09160", ["09003", "09005"]),
        ("09170", ["09009"]),
        ("09180", ["09011", "09015"]),
        ("09190", ["09001", "09005"]),
    ],
)
def test_a_region_of_connecticut_is_the_old_counties_that_it_lies_in(region: str, counties: list[str]) -> None:
    house = crosswalk.to(Vintage.HOUSE, region)
    assert list(house.codes) == counties
    assert not house.is_exact
    assert [one.fips for one in locate.by_county(region).counties] == counties


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("02270", "02158", "Kusilvak Census Area"),
        ("46113", "46102", "Oglala Lakota County"),
        ("51515", "51019", "Bedford County"),
    ],
)
def test_a_county_that_was_renamed_or_joined_is_found_by_its_old_code(old: str, new: str, name: str) -> None:
    assert crosswalk.to(Vintage.HOUSE, old).codes == (new,)
    assert [(one.fips, one.name) for one in locate.by_county(old).counties] == [(new, name)]


def test_every_code_of_the_table_is_on_a_list_of_its_vintage() -> None:
    shapes = set(layers.county_layer().codes)
    people = {row["fips"] for row in rows("population.csv")}
    for row in rows("crosswalk.csv"):
        for code in (row["old"], row["new"]):
            for house in crosswalk.to(Vintage.HOUSE, code).codes:
                assert find_county(house) is not None, (code, house)
            assert set(crosswalk.to(Vintage.SHAPES_2017, code).codes) <= shapes, code
            assert set(crosswalk.to(Vintage.POPULATION_2020, code).codes) <= people, code


def test_a_code_that_is_on_no_list_is_not_guessed() -> None:
    assert crosswalk.to(Vintage.HOUSE, "99999") == Crossed(codes=("99999",), is_exact=True)
    with pytest.raises(PlaceUnreadable):
        locate.by_county("99999")

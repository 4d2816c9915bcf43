"""Outlines for maps: every state and tribal area is there, nothing lies off the sheet."""

from __future__ import annotations

import json
import re

import pytest

from allhands.geo import area as areas
from allhands.geo import outlines
from allhands.geo.states import STATE_NAMES
from allhands.geo.tribal import tribal_areas


def coordinates(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+),(-?[\d.]+)", path)]


def test_the_country_has_every_state_and_tribal_area_on_its_sheet() -> None:
    sheet = outlines.us_map()
    assert {one.code for one in sheet.land} == set(STATE_NAMES)
    assert {one.code for one in sheet.tribal} == set(tribal_areas())
    spots = [spot for one in (*sheet.land, *sheet.tribal) for spot in coordinates(one.path)]
    assert all(one.path for one in (*sheet.land, *sheet.tribal))
    assert all(0 <= x <= sheet.width and 0 <= y <= sheet.height for x, y in spots)
    assert sum(len(one.path) for one in sheet.land) < 80_000


def test_a_state_has_its_counties_and_tribal_areas() -> None:
    sheet = outlines.state_map("ND")
    assert len(sheet.land) == 53
    assert {"4345R", "3970R", "1160R"} <= {one.code for one in sheet.tribal}
    with pytest.raises(KeyError):
        outlines.state_map("XX")


def test_alaska_marks_the_points_of_its_villages() -> None:
    villages = [one for one in outlines.state_map("AK").tribal if one.is_dot]
    assert len(villages) > 200


@pytest.mark.parametrize("area", [areas.circle(48.84, -99.75, 40_000), areas.of_counties("02016")])
def test_an_alert_area_lies_in_the_middle_of_its_map(area: areas.Area) -> None:
    sheet = outlines.area_map(area)
    (drawn,) = sheet.areas
    spots = coordinates(drawn.path)
    assert all(0 < x < sheet.width and 0 < y < sheet.height for x, y in spots)
    assert sheet.land


def test_features_are_geojson_with_codes() -> None:
    counties = json.loads(json.dumps(outlines.counties_geojson("ND")))
    assert len(counties["features"]) == 53
    assert counties["features"][0]["properties"].keys() == {"code", "name"}
    assert len(outlines.states_geojson()["features"]) == len(STATE_NAMES)  # type: ignore[arg-type]  # a list
    assert outlines.counties_geojson("XX")["features"] == []
    (one,) = json.loads(json.dumps(outlines.area_geojson(areas.of_counties("38079"))))["features"]
    assert one["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_the_land_of_a_state_names_counties_nations_and_what_lies_around() -> None:
    features = json.loads(json.dumps(outlines.land_geojson("ND")))["features"]
    by_kind: dict[str, list[dict[str, object]]] = {"state": [], "county": [], "tribal": []}
    for one in features:
        by_kind[one["properties"]["kind"]].append(one["properties"])
    assert len(by_kind["county"]) == 53
    assert {"ND", "SD", "MN", "MT"} <= {str(one["code"]) for one in by_kind["state"]}
    turtle = next(one for one in by_kind["tribal"] if one["code"] == "4345R")
    assert turtle["nations"] == ["tmbci"]
    assert len(json.dumps(features)) < 120_000
    with pytest.raises(KeyError):
        outlines.land_geojson("XX")


def test_alaskas_villages_are_nations_of_their_state() -> None:
    assert len(outlines.nations_in("AK")) > 200
    assert {"tmbci", "standing-rock"} <= {one.id for one in outlines.nations_in("ND")}
    assert "tmbci" not in {one.id for one in outlines.nations_in("TX")}

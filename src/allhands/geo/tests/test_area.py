"""Areas: chosen, drawn, judged, simplified, and whom they reach."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from allhands.geo import area as areas
from allhands.geo.nations import find_nation

LIMITS = areas.ChannelLimits(name="test", points=12, polygons=3, decimals=4, source="test")


def codes(findings: tuple[object, ...]) -> list[str]:
    return [finding.code for finding in findings]  # type: ignore[attr-defined]  # findings of the kernel


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([(-100, 46), (-99, 46)], "area.too-few-points"),
        ([(-100, 46), (-100, 46), (-100, 46), (-100, 46)], "area.too-few-points"),
        ([(0, 0), (1, 1), (1, 0), (0, 1)], "area.self-crossing"),
        ([(-100, 46), (-100.0001, 46), (-100, 46.0001)], "area.too-small"),
        ([(-100, 46), (-99, 46), (-98, 46)], "area.self-crossing"),
        ([(46, -100), (46, -99), (47, -99)], "area.off-globe"),
        ([(float("nan"), 46), (-99, 46), (-98, 47)], "area.off-globe"),
        ([(-100, 46)] * 10_001, "area.too-detailed"),
    ],
)
def test_a_bad_drawing_is_refused_kindly(points: list[tuple[float, float]], code: str) -> None:
    findings = areas.check_polygon(points)
    assert codes(findings) == [code]
    with pytest.raises(areas.AreaRefused) as refused:
        areas.polygon(points)
    assert refused.value.findings == findings


def test_an_area_across_the_antimeridian_is_two_and_says_so() -> None:
    drawn = [(179.5, 51.0), (-179.5, 51.0), (-179.5, 52.0), (179.5, 52.0)]
    assert codes(areas.check_polygon(drawn)) == ["area.antimeridian"]
    area = areas.polygon(drawn)
    assert len(area.rings) == 2
    assert areas.area_km2(area.shape) == pytest.approx(areas.area_km2(shapely.box(10, 51, 11, 52)), rel=1e-6)


@pytest.mark.parametrize("radius", [0.0, -1.0, 4_000_000.0, float("nan")])
def test_a_circle_without_a_usable_radius_is_refused(radius: float) -> None:
    with pytest.raises(areas.AreaRefused):
        areas.circle(46.8, -100.8, radius)


@settings(max_examples=30, deadline=None)
@given(lat=st.floats(-70, 70), lon=st.floats(-180, 180), radius=st.floats(200, 300_000))
def test_a_circle_is_as_large_as_it_says(lat: float, lon: float, radius: float) -> None:
    true_km2 = 2 * math.pi * 6_371**2 * (1 - math.cos(radius / 6_371_000))
    assert areas.area_km2(areas.circle(lat, lon, radius).shape) == pytest.approx(true_km2, rel=0.01)


def test_an_area_beyond_the_authority_is_named_with_its_size() -> None:
    rolette, both = areas.of_counties("38079"), areas.of_counties("38079", "38009")
    assert areas.check_against(rolette, rolette) == ()
    (over,) = areas.check_against(both, rolette)
    assert over.code == "area.reaches-over"
    assert float(over.params["outside_km2"]) == pytest.approx(
        areas.area_km2(areas.of_counties("38009").shape), rel=1e-3
    )
    assert codes(areas.check_against(areas.circle(30, -90, 5_000), rolette)) == ["area.outside-authority"]


def test_a_county_whose_shape_is_older_says_that_it_covers_more() -> None:
    assert areas.of_counties("02063").covers_more == ("02063",)
    assert areas.of_counties("51610").without_shape == ("51610",)


@pytest.mark.parametrize("chosen", ["38079", "02016", "48"])
def test_an_area_keeps_to_the_limits_and_misses_no_more_than_said(chosen: str) -> None:
    area = areas.of_state("TX") if chosen == "48" else areas.of_counties(chosen)
    simple = areas.simplify(area, areas.IPAWS)
    assert len(simple.rings) <= areas.IPAWS.polygons
    assert all(len(ring) <= areas.IPAWS.points and ring[0] == ring[-1] for ring in simple.rings)
    assert all(round(lon, 4) == lon and round(lat, 4) == lat for ring in simple.rings for lon, lat in ring)
    assert simple.missed_km2 < 1e-5 * areas.area_km2(area.shape)
    assert areas.area_km2(simple.shape) == pytest.approx(
        areas.area_km2(area.shape) + simple.overshoot_km2 - simple.missed_km2, rel=1e-3
    )


@pytest.mark.parametrize("fips", ["12087", "15003", "72127", "51059", "38079"])  # coast, islands, a hole, inland
def test_overshoot_is_what_another_computation_finds(fips: str) -> None:
    """Geodesic areas of plain polygons, cut without any grid: what is narrower than a step of it counts, too."""
    whole = areas.of_counties(fips).shape
    simple = areas.simplify(areas.of_counties(fips), areas.IPAWS)
    told = shapely.union_all([shapely.Polygon(ring) for ring in simple.rings])
    beyond, missed = (_geodesic_km2(shapely.difference(*pair)) for pair in ((told, whole), (whole, told)))
    assert simple.overshoot_km2 == pytest.approx(beyond, rel=0.01, abs=1e-3)
    assert simple.missed_km2 == pytest.approx(missed, rel=0.01, abs=1e-3)
    assert beyond > 0, "rounding alone moves every line"


def _geodesic_km2(shape: shapely.Geometry) -> float:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    return sum(abs(Geod(ellps="WGS84").geometry_area_perimeter(part)[0]) for part in parts) / 1e6


@settings(max_examples=12, deadline=None)
@given(
    radii=st.lists(st.floats(0.2, 1.0), min_size=13, max_size=60),
    lat=st.floats(20, 65),
    islands=st.integers(0, 5),
)
def test_simplifying_any_star_covers_it(radii: list[float], lat: float, islands: int) -> None:
    turns = [2 * math.pi * number / len(radii) for number in range(len(radii))]
    star = [(-100 + r * math.cos(turn), lat + r * math.sin(turn)) for r, turn in zip(radii, turns, strict=True)]
    parts = [areas.polygon(star), *(areas.circle(lat, -97 + number, 9_000) for number in range(islands))]
    area = areas.union(parts)
    simple = areas.simplify(area, LIMITS)
    assert len(simple.rings) <= LIMITS.polygons
    assert all(len(ring) <= LIMITS.points for ring in simple.rings)
    missed = areas.area_km2(shapely.difference(area.shape, simple.shape))
    assert missed == pytest.approx(simple.missed_km2, abs=1e-6)
    assert missed < 0.05
    spots = shapely.points(shapely.get_coordinates(simple.shape))
    far = shapely.distance(spots, area.shape).max() * 111_200 * math.cos(math.radians(lat + 1.2))
    assert far <= simple.overshoot_m * 1.02 + 20


def test_people_reached_come_as_a_range() -> None:
    whole = areas.reach(areas.of_counties("38079"))
    assert whole.people == whole.at_least == whole.at_most == 12_187
    part = areas.reach(areas.circle(46.8, -100.8, 20_000))
    assert part.at_least == 0 < part.people < part.at_most
    assert {share.name for share in part.counties} == {"Burleigh County", "Morton County"}


def test_people_of_an_old_connecticut_county_meet_the_planning_regions() -> None:
    hartford = areas.reach(areas.of_counties("09003"))
    assert {share.fips for share in hartford.counties} >= {"09110", "09140", "09160"}
    assert hartford.at_least == 0
    assert areas.reach(areas.of_state("CT")).at_least == 3_605_944


@pytest.mark.parametrize(
    ("area", "countries", "states", "reservation"),
    [
        (areas.circle(42.33, -83.05, 30_000), ("US", "CA"), ("MI",), ""),
        (areas.circle(36.999, -109.045, 20_000), ("US",), ("AZ", "CO", "NM", "UT"), "2430R"),
        (areas.of_state("ND"), ("US",), ("ND",), "3970R"),
    ],
)
def test_lines_that_an_area_lies_across(
    area: areas.Area, countries: tuple[str, ...], states: tuple[str, ...], reservation: str
) -> None:
    crossed = areas.crossings(area)
    assert (crossed.countries, crossed.states) == (countries, states)
    assert not reservation or reservation in crossed.reservations


@settings(max_examples=40, deadline=None)
@given(lat=st.floats(45.8, 47.8), lon=st.floats(-102, -99.6))
def test_no_subscriber_inside_an_area_is_left_out_of_its_cells(lat: float, lon: float) -> None:
    area = areas.circle(46.8, -100.8, 60_000)
    if shapely.intersects(area.shape, shapely.Point(lon, lat)):
        assert areas.cell_of(lat, lon) in areas.cells(area)


def test_travel_rings_are_plain_circles_with_what_was_assumed() -> None:
    speeds = [
        areas.Speed(mode="car", km_per_hour=100, source="sheriff, tonight"),
        areas.Speed(mode="on foot", km_per_hour=5, source="search lead"),
    ]
    near, far = areas.rings(46.8, -100.8, 90, speeds)
    assert (near.speed.mode, near.radius_m, far.radius_m) == ("on foot", 7_500, 150_000)
    assert shapely.contains(far.area.shape, near.area.shape)
    with pytest.raises(areas.AreaRefused):
        areas.rings(46.8, -100.8, 0, speeds)


def test_a_nation_whose_land_is_in_hundreds_of_parts_fits_a_channel() -> None:
    nation = find_nation("tmbci")
    assert nation is not None
    area = areas.of_nation(nation)
    simple = areas.simplify(area, areas.IPAWS)
    assert len(area.rings) > 200
    assert len(simple.rings) <= areas.IPAWS.polygons
    assert simple.missed_km2 < 0.01
    # Polygons closed around such land covered 31 times as much ground as there is; strips from part to part cover 6.
    assert simple.overshoot_km2 < 6 * areas.area_km2(area.shape)


@settings(max_examples=15, deadline=None)
@given(spots=st.lists(st.tuples(st.floats(40, 46), st.floats(-104, -98)), min_size=4, max_size=40, unique=True))
def test_scattered_parts_are_all_covered_however_they_lie(spots: list[tuple[float, float]]) -> None:
    area = areas.union([areas.circle(lat, lon, 3_000) for lat, lon in spots])
    simple = areas.simplify(area, areas.ChannelLimits(name="test", points=99, polygons=2, decimals=4, source="test"))
    assert len(simple.rings) <= 2
    assert all(len(ring) <= 99 for ring in simple.rings)
    assert simple.missed_km2 < 0.01 * len(spots)

"""Where a place is: every county, tribal area and time zone it may be in, never one guess. Offline."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import numpy as np
import shapely

from allhands.geo import crosswalk, layers
from allhands.geo.counties import find_county
from allhands.geo.crosswalk import Vintage
from allhands.geo.located import (
    CODES,
    CountyCandidate,
    IndianCountry,
    Located,
    PlaceUnreadable,
    Standing,
    TribalCandidate,
)
from allhands.geo.nations import Nation, find_nation, nations_of_area
from allhands.geo.plane import Plane
from allhands.geo.search import Match, MatchKind, search
from allhands.geo.tables import rows
from allhands.geo.tribal import AreaKind, TribalArea, tribal_areas
from allhands.geo.zips import find_zip
from allhands.geo.zones import countries_around, zones_around

# A place so near a line may be on its other side: people point at maps with a thumb.
NEAR_M: Final = 1_000
COUNTY_REACH_M: Final = NEAR_M + layers.COUNTY_LINE_ERROR_M
TRIBAL_REACH_M: Final = NEAR_M + layers.TRIBAL_LINE_ERROR_M
_NEIGHBOURS: Final = {"CA": "place.canada", "MX": "place.mexico"}
_ALASKA_FROM: Final = 50.0  # degrees north
_LAND: Final = frozenset({AreaKind.RESERVATION, AreaKind.TRUST_LAND})


def at_point(lat: float, lon: float) -> Located:
    """All that a point may be in.

    Args:
        lat, lon: degrees, WGS 84.

    Raises:
        PlaceUnreadable: not on the globe.

    Example:
        >>> [county.name for county in at_point(46.8, -100.8).counties]
        ['Burleigh County', 'Morton County']
    """
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise PlaceUnreadable("place.not-a-point", CODES["place.not-a-point"])
    counties = _counties_at(lat, lon)
    tribal = _tribal_at(lat, lon)
    countries = countries_around(lat, lon, NEAR_M)
    return Located(
        query=f"{lat:.5f}, {lon:.5f}",
        point=(lat, lon),
        counties=counties,
        tribal=tribal,
        nearest=() if counties else _nearest(lat, lon),
        indian_country=_indian_country(tribal, counties),
        time_zones=zones_around(lat, lon, NEAR_M),
        countries=countries,
        limits=_limits(counties, tribal, ("limit.county-lines",) if len(counties) > 1 else ()),
        code=_code(lat, lon, counties),
    )


def by_county(fips: str) -> Located:
    """A whole county; the counties of today when its code has been split or renamed.

    Raises:
        PlaceUnreadable: no list has the code.
    """
    if find_county(fips) is None:
        raise PlaceUnreadable("place.not-on-any-list", CODES["place.not-on-any-list"])
    codes = crosswalk.to(Vintage.HOUSE, fips).codes
    return _by_counties(fips, codes, Standing.INSIDE if codes == (fips,) else Standing.POSSIBLE)


def by_zip(code: str) -> Located:
    """A ZIP code of five digits (or nine): every county that the list names and the one that holds its point.

    Raises:
        PlaceUnreadable: no list has the code.
    """
    found = find_zip(code.strip()[:5])
    if found is None:
        raise PlaceUnreadable("place.not-on-any-list", CODES["place.not-on-any-list"])
    listed = [one for fips in found.counties for one in crosswalk.to(Vintage.HOUSE, fips).codes]
    inside = [one.fips for one in _counties_at(*found.point) if one.metres == 0] if found.point else []
    codes = tuple(dict.fromkeys([*inside, *listed]))
    return _by_counties(found.code, codes, Standing.POSSIBLE, point=found.point, extra=("limit.zip",))


def by_state(state: str) -> Located:
    """A whole state by its two letters, for what holds in all of it; its counties are not listed one by one."""
    return Located(query=state, countries=("US",), limits=("limit.not-a-point", "limit.tribal-land"))


def by_nation(nation: Nation) -> Located:
    """The land that carries a nation's name: which county of it, nobody has said."""
    areas = [area for area in tribal_areas().values() if area.code in nation.areas]
    tribal = tuple(_possible(area) for area in areas)
    shapes = [layers.tribal_layer().shape(area.geoid) for area in areas]
    codes: list[str] = []
    zones: list[str] = []
    for area, shape in zip(areas, shapes, strict=True):
        held = layers.county_layer().touching(shape) if shape is not None else []
        codes += [*held] or [one.fips for one in _counties_at(area.lat, area.lon)]
        zones += _zones_in(shape) if shape is not None else zones_around(area.lat, area.lon)
    counties = tuple(_house(dict.fromkeys(codes), Standing.POSSIBLE, None))
    return Located(
        query=nation.id,
        counties=counties,
        tribal=tribal,
        indian_country=IndianCountry.UNKNOWN,
        time_zones=tuple(dict.fromkeys(zones)),
        countries=("US",) if areas else (),
        limits=_limits(counties, tribal, ("limit.not-a-point",)),
    )


def by_text(text: str, *, invented: bool = False) -> tuple[Match, ...]:
    """What a place in words may mean, best first: point, ZIP, county, nation, city, state, spelt well or nearly.

    Args:
        invented: whether the demo world's counties and nation exist.

    Example:
        >>> [one.code for one in by_text("Navaho Nation")]
        ['navajo']
    """
    return search(text, invented=invented)


def resolve(match: Match) -> Located:
    """The place of one match.

    Raises:
        PlaceUnreadable: a point off the globe, or a code on no list.
    """
    if match.kind is MatchKind.POINT:
        lat, lon = match.code.split(",")
        return at_point(float(lat), float(lon))
    if match.kind is MatchKind.NATION:
        nation = find_nation(match.code)
        if nation is None:
            raise PlaceUnreadable("place.not-on-any-list", CODES["place.not-on-any-list"])
        return by_nation(nation)
    if match.kind is MatchKind.CITY:
        return _by_city(match)
    named = {MatchKind.ZIP: by_zip, MatchKind.COUNTY: by_county, MatchKind.STATE: by_state}
    return named[match.kind](match.code)


def _by_city(match: Match) -> Located:
    parts = [by_zip(code) for code in match.code.split()]
    codes = tuple(dict.fromkeys(county.fips for part in parts for county in part.counties))
    point = next((part.point for part in parts if part.point), None)
    return _by_counties(match.name, codes, Standing.POSSIBLE, point=point, extra=("limit.zip",))


def _by_counties(
    query: str,
    codes: tuple[str, ...],
    standing: Standing,
    *,
    point: tuple[float, float] | None = None,
    extra: tuple[str, ...] = (),
) -> Located:
    counties = tuple(_house(codes, standing, None))
    drawn = dict.fromkeys(shape for fips in codes for shape in crosswalk.to(Vintage.SHAPES_2017, fips).codes)
    shapes = [shape for fips in drawn if (shape := layers.county_layer().shape(fips)) is not None]
    held = dict.fromkeys(geoid for shape in shapes for geoid in layers.tribal_layer().touching(shape))
    areas = [*(tribal_areas()[geoid] for geoid in held), *_pointed_in(shapes)]
    zones = [zone for shape in shapes for zone in _zones_in(shape)]
    tribal = tuple(_possible(area) for area in areas)
    changed = ("limit.crosswalk",) if codes != (query,) and find_county(query) else ()
    return Located(
        query=query,
        point=point,
        counties=counties,
        tribal=tribal,
        indian_country=IndianCountry.UNKNOWN if tribal else IndianCountry.NOT_ON_OUR_LIST,
        time_zones=tuple(dict.fromkeys(zones)),
        countries=("US",),
        limits=_limits(counties, tribal, ("limit.not-a-point", *extra, *changed)),
    )


def _counties_at(lat: float, lon: float) -> tuple[CountyCandidate, ...]:
    found: list[CountyCandidate] = []
    for fips, metres in layers.county_layer().within(lat, lon, COUNTY_REACH_M):
        found += _house((fips,), Standing.NEAR if metres else Standing.INSIDE, metres)
    for fips, at, reach_m in _too_small():
        away = _metres(lat, lon, *at)
        if away <= reach_m + COUNTY_REACH_M:
            found += _house((fips,), Standing.NEAR, away)
    return tuple(sorted(found, key=lambda one: one.metres or 0.0))


def _house(codes: Iterable[str], standing: Standing, metres: float | None) -> list[CountyCandidate]:
    """Candidates in the codes of the house; where a shape stands for several counties, none is certain."""
    found = []
    for code in codes:
        crossed = crosswalk.to(Vintage.HOUSE, code).codes
        sure = standing if len(crossed) == 1 else Standing.POSSIBLE
        for fips in crossed:
            county = find_county(fips)
            if county is not None:
                found.append(
                    CountyCandidate(fips=fips, name=county.name, state=county.state, standing=sure, metres=metres)
                )
    return found


def _tribal_at(lat: float, lon: float) -> tuple[TribalCandidate, ...]:
    found = []
    for geoid, metres in layers.tribal_layer().within(lat, lon, TRIBAL_REACH_M):
        area = tribal_areas()[geoid]
        found.append(_candidate(area, Standing.NEAR if metres else Standing.INSIDE, metres))
    for area in _pointed() if lat > _ALASKA_FROM else ():
        away = max(0.0, _metres(lat, lon, area.lat, area.lon) - area.radius_m)
        if away <= TRIBAL_REACH_M + area.radius_m:
            found.append(_candidate(area, Standing.NEAR, away))
    return tuple(sorted(found, key=lambda one: (one.metres or 0.0, one.area.geoid)))


def _candidate(area: TribalArea, standing: Standing, metres: float | None) -> TribalCandidate:
    nations = tuple(nation.id for nation in nations_of_area(area.geoid))
    return TribalCandidate(area=area, nations=nations, standing=standing, metres=metres)


def _possible(area: TribalArea) -> TribalCandidate:
    return _candidate(area, Standing.POSSIBLE, None)


@lru_cache(maxsize=1)
def _pointed() -> tuple[TribalArea, ...]:
    """The areas of which only a point is known, all of them in Alaska."""
    return tuple(area for area in tribal_areas().values() if not area.has_shape)


@lru_cache(maxsize=1)
def _too_small() -> tuple[tuple[str, tuple[float, float], float], ...]:
    """The counties that the shapes lost: code, point, and how far the county may reach from it in metres."""
    table = rows("county-points.csv")
    return tuple((row["fips"], (float(row["lat"]), float(row["lon"])), float(row["reach_m"])) for row in table)


def _pointed_in(shapes: Iterable[shapely.Geometry]) -> list[TribalArea]:
    areas = _pointed()
    points = shapely.points([(area.lon, area.lat) for area in areas])
    inside = np.zeros(len(areas), dtype=bool)
    for shape in shapes:
        inside |= shapely.intersects(shape, points)
    return [area for area, is_in in zip(areas, inside, strict=True) if is_in]


def _metres(lat: float, lon: float, to_lat: float, to_lon: float) -> float:
    east, north = Plane(lat=lat, lon=lon).metres_per_degree
    return math.hypot((to_lon - lon) * east, (to_lat - lat) * north)


def _nearest(lat: float, lon: float) -> tuple[CountyCandidate, ...]:
    """The nearest county and those hardly further off; none when land is far."""
    for metres in (20_000, 100_000, 400_000):
        found = layers.county_layer().within(lat, lon, metres)
        if found:
            return tuple(one for fips, away in found[:3] for one in _house((fips,), Standing.NEAR, away))
    return ()


def _indian_country(tribal: Iterable[TribalCandidate], counties: Iterable[CountyCandidate]) -> IndianCountry:
    land = [one for one in tribal if one.area.kind in _LAND]
    if any(one.standing is Standing.INSIDE for one in land):
        return IndianCountry.YES
    if any(county.state == "AK" for county in counties):
        return IndianCountry.UNKNOWN
    if any(one.standing is Standing.NEAR for one in land):
        return IndianCountry.NEAR
    return IndianCountry.UNKNOWN if any(True for _ in tribal) else IndianCountry.NOT_ON_OUR_LIST


def _limits(
    counties: Iterable[CountyCandidate], tribal: Iterable[TribalCandidate], extra: tuple[str, ...]
) -> tuple[str, ...]:
    states = {county.state for county in counties}
    kinds = {one.area.kind for one in tribal}
    said = [
        *extra,
        *(["limit.county-without-shape"] if any(county.fips == "51610" for county in counties) else []),
        *(["limit.crosswalk"] if any(county.fips in ("02063", "02066") for county in counties) else []),
        *(["limit.statistical"] if AreaKind.STATISTICAL in kinds else []),
        *(["limit.state-recognised"] if AreaKind.STATE in kinds else []),
        *(["limit.alaska"] if "AK" in states else []),
        *(["limit.hawaii"] if "HI" in states else []),
        *(["limit.tribal-land"] if counties else []),
    ]
    return tuple(dict.fromkeys(said))


def _code(lat: float, lon: float, counties: tuple[CountyCandidate, ...]) -> str:
    if counties and counties[0].metres == 0:
        return ""
    here = countries_around(lat, lon)
    if not here:
        return "place.on-water" if counties else "place.at-sea"
    if here == ("US",):
        return "" if counties else "place.on-water"
    return _NEIGHBOURS.get(here[0], "place.abroad")


def _zones_in(shape: shapely.Geometry) -> list[str]:
    """Time zones of a shape, looked up on a grid inside it and at a point that is surely inside."""
    west, south, east, north = shapely.bounds(shape)
    grid = [(lon, lat) for lon in np.linspace(west, east, 9)[1:-1] for lat in np.linspace(south, north, 9)[1:-1]]
    points = shapely.points(grid)
    inside = [at for at, is_in in zip(grid, shapely.contains(shape, points), strict=True) if is_in]
    middle = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
    found = [zone for lon, lat in [tuple(middle), *inside] for zone in zones_around(lat, lon)]
    return list(dict.fromkeys(found))

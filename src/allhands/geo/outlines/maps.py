"""The maps: the country, one state, the surroundings of an alert area."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import shapely

from allhands.geo import layers
from allhands.geo.area.model import Area, polygons_of, run_on, split_at_antimeridian
from allhands.geo.counties import find_county
from allhands.geo.outlines.drawn import Outline, OutlineMap, dot, outline, simplified
from allhands.geo.outlines.sheets import HEIGHT, WIDTH, Sheet, sheet_around, sheet_of
from allhands.geo.states import STATE_NAMES
from allhands.geo.tables import DATA
from allhands.geo.topology import read_layer
from allhands.geo.tribal import TribalArea, tribal_areas

# Shapes too far from the others for the sheet: a square each, in the lower right corner.
_ISLANDS: Final = {"GU": (700.0, 585.0), "MP": (725.0, 585.0), "AS": (750.0, 585.0), "VI": (895.0, 560.0)}
_FINE: Final = 0.8  # units of the sheet


@lru_cache(maxsize=1)
def us_map() -> OutlineMap:
    """States and tribal areas of the country; Alaska (smaller), Hawaii and Puerto Rico inset, islands as squares."""
    shapes = state_shapes()
    placed = {state: sheet_of(state).place(shape) for state, shape in shapes.items() if state not in _ISLANDS}
    simple = simplified(list(placed.values()), _FINE)
    land = [outline(state, STATE_NAMES[state], shape) for state, shape in zip(placed, simple, strict=True)]
    land += [dot(state, STATE_NAMES[state], x, y) for state, (x, y) in _ISLANDS.items()]
    tribal = [_tribal(area, sheet_of("AK" if _is_alaska(area) else "US")) for area in tribal_areas().values()]
    return OutlineMap(
        width=WIDTH, height=HEIGHT, land=tuple(sorted(land, key=lambda one: one.code)), tribal=tuple(tribal)
    )


@lru_cache(maxsize=64)
def state_map(state: str, *, width: int = 600) -> OutlineMap:
    """The counties of a state as of 2017, and the tribal areas in it.

    Raises:
        KeyError: no such state.
    """
    shape = state_shapes()[state]
    codes = [code for code in layers.county_layer().codes if _state_of(code) == state]
    sheet, height = sheet_around([shape], width)
    return OutlineMap(
        width=width,
        height=height,
        land=counties_on(codes, sheet),
        tribal=tuple(_tribal(area, sheet) for area in tribal_areas().values() if _lies_in(area, shape)),
    )


def area_map(area: Area, *, width: int = 320) -> OutlineMap:
    """An alert area with the counties and tribal areas around it.

    Raises:
        ValueError: the area is empty.
    """
    if area.is_empty:
        raise ValueError("An area without any ground cannot be drawn.")
    sheet, height = sheet_around([area.shape], width, margin=width // 8)
    view = shapely.box(0, 0, width, height)
    whole = run_on(area.shape)
    beside = split_at_antimeridian(shapely.buffer(whole, 0.3 * max(_spans(whole))))
    land = counties_on(layers.county_layer().touching(beside), sheet, view)
    found = [tribal_areas()[geoid] for geoid in layers.tribal_layer().touching(beside)]
    return OutlineMap(
        width=width,
        height=height,
        land=land,
        tribal=tuple(drawn for one in found if (drawn := _tribal(one, sheet, view)).path),
        areas=(outline("", "", shapely.simplify(sheet.place(area.shape), _FINE / 2)),),
    )


def counties_on(codes: Iterable[str], sheet: Sheet, view: shapely.Geometry | None = None) -> tuple[Outline, ...]:
    """Counties on a sheet, cut at what is seen of it."""
    layer = layers.county_layer()
    placed = {code: polygons_of(sheet.place(shape)) for code in codes if (shape := layer.shape(code)) is not None}
    if not placed:
        return ()
    drawn = []
    for code, shape in zip(placed, simplified(list(placed.values()), _FINE), strict=True):
        county = find_county(code)
        seen = shape if view is None else shapely.intersection(shape, view)
        drawn.append(outline(code, county.name if county else code, seen))
    return tuple(sorted((one for one in drawn if one.path), key=lambda one: one.code))


def _tribal(area: TribalArea, sheet: Sheet, view: shapely.Geometry | None = None) -> Outline:
    shape = layers.tribal_layer().shape(area.geoid)
    if shape is None:
        return dot(area.geoid, area.name, *sheet.point(area.lat, area.lon))
    placed = shapely.simplify(sheet.place(shape), _FINE / 2)
    return outline(area.geoid, area.name, placed if view is None else shapely.intersection(placed, view))


@lru_cache(maxsize=1)
def state_shapes() -> dict[str, shapely.Geometry]:
    """Shapes by the two letters of the state."""
    shapes = read_layer(DATA / "county-shapes.topojson.json", "states")
    letters = {code[:2]: _state_of(code) for code in layers.county_layer().codes}
    return {letters[code]: shape for code, shape in zip(shapes.codes, shapes.geometries, strict=True)}


@lru_cache(maxsize=4096)
def _state_of(fips: str) -> str:
    county = find_county(fips)
    return county.state if county else ""


def _is_alaska(area: TribalArea) -> bool:
    return area.lat > 50


def _lies_in(area: TribalArea, state: shapely.Geometry) -> bool:
    shape = layers.tribal_layer().shape(area.geoid)
    inside = shapely.Point(area.lon, area.lat) if shape is None else shape
    return bool(shapely.intersects(state, inside))


def _spans(shape: shapely.Geometry) -> tuple[float, float]:
    west, south, east, north = shapely.bounds(shape)
    return east - west, north - south

"""A few cells of ground to choose one of, with the towns and county lines that tell where they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import shapely

from allhands.geo import layers
from allhands.geo.area.model import split_at_antimeridian
from allhands.geo.outlines.drawn import Outline, OutlineMap, outline
from allhands.geo.outlines.maps import counties_on
from allhands.geo.outlines.sheets import sheet_around
from allhands.geo.zips import all_zips

# Names closer to each other than this, in units of the sheet, would be written over each other.
_ROOM: Final = (70.0, 14.0)
_MOST_TOWNS: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town's name and where it stands on the sheet."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The map, whose `areas` are the cells, and the towns on it.

    Args:
        towns_in: by the code of a cell, all towns with a ZIP code in it, also those with no room for their name.
    """

    map: OutlineMap
    towns: tuple[Town, ...]
    towns_in: Mapping[str, tuple[str, ...]]


def grid_map(cells: Mapping[str, Sequence[tuple[float, float]]], *, width: int = 288) -> Grid:
    """A sheet on which all the cells fit.

    Args:
        cells: corners of each, latitude first, by its code; the middle one first.
    """
    shapes = {code: _shape(ring) for code, ring in cells.items()}
    sheet, height = sheet_around(shapes.values(), width, margin=4)
    view = shapely.box(0, 0, width, height)
    near = layers.county_layer().touching(split_at_antimeridian(shapely.union_all(list(shapes.values()))))
    found = _towns_in(shapes)
    placed = [Town(name=name, x=x, y=y) for name, at in found.values() for x, y in [sheet.point(*at)]]
    return Grid(
        map=OutlineMap(
            width=width,
            height=height,
            land=counties_on(near, sheet, view),
            areas=tuple(_cell(code, sheet.place(shape)) for code, shape in shapes.items()),
        ),
        towns=_with_room(placed, width, height),
        towns_in={code: tuple(name for name, at in found.values() if _holds(shapes[code], at)) for code in shapes},
    )


def _cell(code: str, placed: shapely.Geometry) -> Outline:
    return outline(code, "", placed)


def _shape(ring: Sequence[tuple[float, float]]) -> shapely.Geometry:
    """The corners as a polygon; one beyond 180 degrees runs on, so that it is not torn around the globe."""
    west = ring[0][1]
    return shapely.Polygon([(lon - 360 * round((lon - west) / 360), lat) for lat, lon in ring])


def _towns_in(shapes: Mapping[str, shapely.Geometry]) -> dict[tuple[str, str], tuple[str, tuple[float, float]]]:
    """Towns by state and name, each once, those of the first cells first."""
    found: dict[tuple[str, str], tuple[str, tuple[float, float]]] = {}
    west, south, east, north = shapely.bounds(shapely.union_all(list(shapes.values())))
    near = [
        one
        for one in all_zips()
        if one.point and one.city and south <= one.point[0] <= north and west <= one.point[1] <= east
    ]
    for shape in shapes.values():
        for one in near:
            if one.point and _holds(shape, one.point):
                found.setdefault((one.state, one.city), (one.city, one.point))
    return found


def _holds(shape: shapely.Geometry, at: tuple[float, float]) -> bool:
    return bool(shapely.covers(shape, shapely.Point(at[1], at[0])))


def _with_room(towns: Sequence[Town], width: int, height: int) -> tuple[Town, ...]:
    """Those whose name can be read: inside the sheet, and not over another's."""
    kept: list[Town] = []
    for one in towns:
        inside = _ROOM[0] / 2 <= one.x <= width - _ROOM[0] / 2 and _ROOM[1] <= one.y <= height - 4
        if inside and all(abs(one.x - other.x) > _ROOM[0] or abs(one.y - other.y) > _ROOM[1] for other in kept):
            kept.append(one)
    return tuple(kept[:_MOST_TOWNS])

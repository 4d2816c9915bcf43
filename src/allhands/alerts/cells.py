"""Coarse cells of the ground (H3): one for each subscriber, as few as possible for an area. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import h3
import h3.api.basic_int as h3int

from allhands.alerts.contracts import AlertArea, LatLon

# A hexagon about 6 km across: enough to know whether an alert is near, too coarse to find a house.
FINEST: Final = 6
_DEEPEST, _BITS, _LAST = 15, 3, 6  # H3's numbering: steps down, bits of each, the last of seven children
EARTH_KM: Final = 6371.0088
_WRITTEN: Final = re.compile("[0-9a-f]{15}")  # what is no number of 64 bits makes H3 fail instead of saying no


def cell_at(point: LatLon) -> int:
    """The cell a point lies in.

    Example:
        >>> f"{cell_at((46.877, -96.789)):x}"[:2]
        '86'
    """
    return int(h3int.latlng_to_cell(point[0], point[1], FINEST))


def read_cell(text: str) -> int | None:
    """The cell of this number as H3 writes it; None for another size, or for no cell at all.

    Example:
        >>> read_cell(f"{cell_at((46.877, -96.789)):x}") == cell_at((46.877, -96.789)), read_cell("somewhere")
        (True, None)
    """
    if not _WRITTEN.fullmatch(text) or not h3.is_valid_cell(text) or h3.get_resolution(text) != FINEST:
        return None
    return int(text, 16)


def middle_of(cell: int) -> LatLon:
    """The middle of a cell."""
    lat, lon = h3int.cell_to_latlng(cell)
    return (float(lat), float(lon))


def around(cell: int, rings: int) -> tuple[int, ...]:
    """The cell itself and those around it, nearest first."""
    return tuple(int(one) for far in range(rings + 1) for one in sorted(h3int.grid_ring(cell, far)))


def corners_of(cell: int) -> tuple[LatLon, ...]:
    """The corners of a cell."""
    return tuple((float(lat), float(lon)) for lat, lon in h3int.cell_to_boundary(cell))


def span(cell: int) -> tuple[int, int]:
    """The lowest and the highest number of the finest cells inside a cell; those outside lie outside the span.

    A cell's number is its parent's with three bits more, 0 to 6, for each finer step; what is finer still is all ones.

    Example:
        >>> low, high = span(h3int.cell_to_parent(cell_at((46.877, -96.789)), 3))
        >>> low <= cell_at((46.877, -96.789)) <= high
        True
    """
    low = int(h3int.cell_to_center_child(cell, FINEST))
    steps = range(h3int.get_resolution(cell) + 1, FINEST + 1)
    return low, low | sum(_LAST << _BITS * (_DEEPEST - step) for step in steps)


def cover(area: AlertArea) -> frozenset[int]:
    """The cells that touch the polygons and circles of an area, merged into coarser ones wherever all parts are in."""
    touching: set[int] = set()
    for ring in area.polygons:
        touching |= _touching(ring)
    for circle in area.circles:
        touching |= _around(circle.centre, circle.radius_km)
    return frozenset(int(one) for one in h3int.compact_cells(touching))


def _touching(ring: Iterable[LatLon]) -> set[int]:
    shape = h3.LatLngPoly([(lat, lon) for lat, lon in ring])
    return {int(one) for one in h3int.h3shape_to_cells_experimental(shape, FINEST, contain="overlap")}


def _around(centre: LatLon, radius_km: float) -> set[int]:
    """Every cell whose centre is within the radius and half a cell; a little more than the circle, never less."""
    reach = radius_km + float(h3int.average_hexagon_edge_length(FINEST, unit="km")) * 1.3
    steps = int(reach / (float(h3int.average_hexagon_edge_length(FINEST, unit="km")) * 1.2)) + 2
    near = h3int.grid_disk(cell_at(centre), steps)
    return {
        int(one) for one in near if h3int.great_circle_distance(centre, h3int.cell_to_latlng(one), unit="km") <= reach
    }

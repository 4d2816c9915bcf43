"""Coarse cells of the ground (H3): one for each subscriber, as few as possible for an area. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import h3
import h3.api.basic_int as h3int

from allhands.alerts.contracts import AlertArea, LatLon

# A hexagon about 6 km across: enough to know whether an alert is near, too coarse to find a house.
FINEST: Final = 6
COARSEST: Final = 2
EARTH_KM: Final = 6371.0088


def cell_at(point: LatLon) -> int:
    """The cell a point lies in.

    Example:
        >>> f"{cell_at((46.877, -96.789)):x}"[:2]
        '86'
    """
    return int(h3int.latlng_to_cell(point[0], point[1], FINEST))


def with_parents(cell: int) -> list[int]:
    """The cell and every coarser one around it, finest first."""
    return [int(h3int.cell_to_parent(cell, level)) for level in range(FINEST, COARSEST - 1, -1)]


def cover(area: AlertArea) -> frozenset[int]:
    """The cells that touch the polygons and circles of an area, merged into coarser ones wherever all parts are in."""
    touching: set[int] = set()
    for ring in area.polygons:
        touching |= _touching(ring)
    for circle in area.circles:
        touching |= _around(circle.centre, circle.radius_km)
    return frozenset(_merged(touching))


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


def _merged(touching: set[int]) -> Iterable[int]:
    """Compacted, but never coarser than what subscriptions hold."""
    for one in h3int.compact_cells(touching):
        if h3int.get_resolution(one) >= COARSEST:
            yield int(one)
        else:
            yield from (int(part) for part in h3int.cell_to_children(one, COARSEST))

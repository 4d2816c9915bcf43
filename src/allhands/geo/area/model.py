"""An area on the map: its shape in degrees, what it was made of, how far its line may be off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import shapely

# Longitude first, as GeoJSON has it; alert formats write latitude first and turn it round themselves.
LonLat: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[LonLat, ...]

ONCE_ROUND: Final = np.array([360.0, 0.0])  # degrees of longitude and latitude
_EAST: Final = shapely.box(-180, -90, 180, 90)
_WEST_COPY: Final = shapely.box(180, -90, 540, 90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of alert or authority.

    Args:
        shape: polygon or multipolygon in degrees, longitude first, split at the 180th meridian.
        counties: five-digit codes it was chosen by; empty for drawn ones.
        tribal: census codes it was chosen by.
        line_error_m: how far its line may lie from the true one; 0 for what a person drew.
        without_shape: codes that were chosen and that no map here can draw.
        covers_more: codes whose shape here is that of an older county, and holds its other parts too.
    """

    shape: shapely.Geometry
    counties: tuple[str, ...] = ()
    tribal: tuple[str, ...] = ()
    line_error_m: int = 0
    without_shape: tuple[str, ...] = ()
    covers_more: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be drawn."""
        return bool(shapely.is_empty(self.shape))

    @property
    def rings(self) -> tuple[Ring, ...]:
        """The outer lines, closed, counter-clockwise; holes are not among them."""
        parts = shapely.get_parts(self.shape) if not self.is_empty else []
        return tuple(_ring(part) for part in parts)


def union(areas: Iterable[Area]) -> Area:
    """All areas as one."""
    parts = list(areas)
    return Area(
        shape=shapely.union_all([part.shape for part in parts]),
        counties=tuple(dict.fromkeys(code for part in parts for code in part.counties)),
        tribal=tuple(dict.fromkeys(code for part in parts for code in part.tribal)),
        line_error_m=max((part.line_error_m for part in parts), default=0),
        without_shape=tuple(dict.fromkeys(code for part in parts for code in part.without_shape)),
        covers_more=tuple(dict.fromkeys(code for part in parts for code in part.covers_more)),
    )


def intersection(area: Area, other: Area) -> Area:
    """What both areas share."""
    return _drawn(shapely.intersection(area.shape, other.shape), max(area.line_error_m, other.line_error_m))


def difference(area: Area, land: Area) -> Area:
    """What of an area lies outside some land, such as an authority's."""
    return _drawn(shapely.difference(area.shape, land.shape), max(area.line_error_m, land.line_error_m))


def split_at_antimeridian(shape: shapely.Geometry) -> shapely.Geometry:
    """A shape whose longitudes run on past 180 degrees, as one that keeps within them."""
    inside = shapely.intersection(shape, _EAST)
    beyond = shapely.intersection(shape, _WEST_COPY)
    back = shapely.transform(beyond, lambda at: at - ONCE_ROUND)
    return polygons_of(shapely.union_all([inside, back]))


def run_on(shape: shapely.Geometry) -> shapely.Geometry:
    """The opposite: a shape split at 180 degrees in one piece, with longitudes up to 360; others as they are."""
    west, _south, east, _north = shapely.bounds(shape)
    if east - west <= 180:
        return shape
    parts = [
        shapely.transform(part, lambda at: at + ONCE_ROUND) if shapely.bounds(part)[2] < 0 else part
        for part in shapely.get_parts(shape)
    ]
    return shapely.union_all(parts)


def polygons_of(shape: shapely.Geometry) -> shapely.Geometry:
    """The parts of a shape that have an inside: lines and points, which cutting leaves behind, are dropped."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _drawn(shape: shapely.Geometry, error_m: int) -> Area:
    return Area(shape=polygons_of(shape), line_error_m=error_m)


def _ring(part: shapely.Geometry) -> Ring:
    outer = shapely.get_coordinates(shapely.get_exterior_ring(shapely.normalize(part)))
    if not shapely.is_ccw(shapely.get_exterior_ring(shapely.normalize(part))):
        outer = outer[::-1]
    return tuple((float(lon), float(lat)) for lon, lat in outer)

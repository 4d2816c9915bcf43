"""Shapes on a sheet, as SVG paths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

# Of the sheet: what is smaller cannot be seen or hit, and is drawn as a square of this side.
_DOT: Final = 4.0
_CRUMB: Final = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One shape of a map.

    Args:
        code: two letters of a state, five digits of a county, census code of a tribal area; empty for an alert area.
        path: for the `d` of an SVG path; empty when nothing is known to draw.
        x, y: a point inside, for a label.
        is_dot: too small for its shape, or only one point is known: a square marks the place.
    """

    code: str
    name: str
    path: str
    x: float
    y: float
    is_dot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineMap:
    """A map on a sheet of a width and height, for the viewBox.

    Args:
        land: states or counties, beneath.
        tribal: tribal areas, above them.
        areas: alert areas, on top.
    """

    width: int
    height: int
    land: tuple[Outline, ...]
    tribal: tuple[Outline, ...] = ()
    areas: tuple[Outline, ...] = ()


def outline(code: str, name: str, shape: shapely.Geometry) -> Outline:
    """A shape that already lies on the sheet, y downwards."""
    middle = shapely.get_coordinates(shapely.point_on_surface(shape))
    if len(middle) == 0:
        return Outline(code=code, name=name, path="", x=0.0, y=0.0)
    x, y = (round(float(part), 1) for part in middle[0])
    if shapely.area(shape) < _DOT * _DOT / 2:
        return dot(code, name, x, y)
    return Outline(code=code, name=name, path=path_of(shape), x=x, y=y)


def dot(code: str, name: str, x: float, y: float) -> Outline:
    """A square around a point."""
    half = _DOT / 2
    path = f"M{_number(x - half)},{_number(y - half)}h{_number(_DOT)}v{_number(_DOT)}h-{_number(_DOT)}Z"
    return Outline(code=code, name=name, path=path, x=round(x, 1), y=round(y, 1), is_dot=True)


def path_of(shape: shapely.Geometry) -> str:
    """The path of a polygon or several, to a tenth of a unit; crumbs left out beside a larger part."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    largest = max((shapely.area(part) for part in parts), default=0.0)
    kept = [part for part in parts if shapely.area(part) >= min(_CRUMB, largest)]
    rings = [ring for part in kept for ring in shapely.get_rings(part)]
    return "".join(_ring_path(shapely.get_coordinates(ring)) for ring in rings)


def _ring_path(points: NDArray[np.float64]) -> str:
    spots = np.round(points, 1)
    keep = np.ones(len(spots), dtype=bool)
    keep[1:] = (spots[1:] != spots[:-1]).any(axis=1)
    spots = spots[keep][:-1]
    if len(spots) < 3:
        return ""
    return "M" + "L".join(f"{_number(x)},{_number(y)}" for x, y in spots) + "Z"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def simplified(shapes: Sequence[shapely.Geometry], units: float) -> NDArray[np.object_]:
    """Neighbours simplified together, so that no gap opens between them."""
    together: NDArray[np.object_] = shapely.coverage_simplify(np.array(shapes, dtype=object), units)
    return together

"""Square kilometres and metres of areas, on the WGS 84 ellipsoid."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

from allhands.geo.area.model import run_on

_EARTH: Final = Geod(ellps="WGS84")
# Edges are straight on the flat map, as receivers of alerts draw them; this many degrees on, they are geodesics too.
_STEP_DEGREES: Final = 0.05


def area_km2(shape: shapely.Geometry) -> float:
    """Square kilometres of a shape in degrees.

    Example:
        >>> from allhands.geo.area import of_counties
        >>> 2_300 < area_km2(of_counties("38079").shape) < 2_500
        True
    """
    total = 0.0
    for part in shapely.get_parts(run_on(shape)):
        if part.geom_type == "Polygon":
            fine = shapely.segmentize(shapely.orient_polygons(part), _STEP_DEGREES)
            total += abs(_EARTH.geometry_area_perimeter(fine)[0])
    return total / 1e6


def overshoot_m(outer: shapely.Geometry, inner: shapely.Geometry) -> float:
    """How far the outer shape reaches beyond the inner at most, in metres; never less than the truth by more than 2 %.

    The line of the outer shape is looked at in steps; half a step is added.
    """
    outer, inner = run_on(outer), run_on(inner)
    step = _step(outer)
    line = shapely.segmentize(shapely.boundary(outer), step)
    spots = shapely.points(shapely.get_coordinates(line))
    outside = spots[~shapely.intersects(inner, spots)]
    if len(outside) == 0:
        return 0.0
    flat = _flat(outer)
    fine = shapely.segmentize(inner, _STEP_DEGREES)
    away = shapely.distance(shapely.transform(outside, flat), shapely.transform(fine, flat))
    furthest = float(np.max(away))
    half_step = min(step * 111_320 / 2, furthest * 0.02)
    return float(furthest + half_step)


def _step(shape: shapely.Geometry) -> float:
    west, south, east, north = shapely.bounds(shape)
    return float(max((east - west + north - south) / 1_000, 1e-4))


def _flat(shape: shapely.Geometry) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    west, south, east, north = shapely.bounds(shape)
    middle = f"+proj=laea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +ellps=WGS84"
    turn = Transformer.from_crs("EPSG:4326", middle, always_xy=True)
    return lambda at: np.column_stack(turn.transform(at[:, 0], at[:, 1]))

"""Areas chosen from the lists: counties, states, tribal areas, the land of a nation."""

from __future__ import annotations

from collections.abc import Iterable

import shapely

from allhands.geo import crosswalk, layers
from allhands.geo.area.drawing import circle
from allhands.geo.area.model import Area
from allhands.geo.counties import list_counties
from allhands.geo.crosswalk import Vintage
from allhands.geo.nations import Nation
from allhands.geo.tribal import find_tribal_area, tribal_areas


def of_counties(*fips: str) -> Area:
    """The land of counties, in the codes of the house or of any year the crosswalk knows."""
    crossed = {code: crosswalk.to(Vintage.SHAPES_2017, code) for code in fips}
    drawn = {code: _shapes(found.codes) for code, found in crossed.items()}
    return Area(
        shape=shapely.union_all([shape for shapes in drawn.values() for shape in shapes]),
        counties=tuple(fips),
        line_error_m=layers.COUNTY_LINE_ERROR_M,
        without_shape=tuple(code for code, shapes in drawn.items() if not shapes),
        covers_more=tuple(code for code, found in crossed.items() if not found.is_exact),
    )


def of_state(state: str) -> Area:
    """The land of a state by its two letters."""
    return of_counties(*(county.fips for county in list_counties(state)))


def of_tribal_areas(*geoids: str) -> Area:
    """Tribal areas by census code; in Alaska a circle as large as the land around the one known point."""
    shapes: list[shapely.Geometry] = []
    missing: list[str] = []
    error_m = layers.TRIBAL_LINE_ERROR_M
    for geoid in geoids:
        area, shape = find_tribal_area(geoid), layers.tribal_layer().shape(geoid)
        if shape is None and area is not None:
            shape = circle(area.lat, area.lon, area.radius_m).shape
            error_m = max(error_m, round(2 * area.radius_m))
        if shape is None:
            missing.append(geoid)
        else:
            shapes.append(shape)
    return Area(
        shape=shapely.union_all(shapes), tribal=tuple(geoids), line_error_m=error_m, without_shape=tuple(missing)
    )


def of_nation(nation: Nation) -> Area:
    """All land that carries a nation's name: reservation and trust land."""
    return of_tribal_areas(*(area.geoid for area in tribal_areas().values() if area.code in nation.areas))


def _shapes(codes: Iterable[str]) -> list[shapely.Geometry]:
    return [shape for code in codes if (shape := layers.county_layer().shape(code)) is not None]

"""The shapes of counties and of tribal areas, each read once, when first asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from allhands.geo.plane import Plane
from allhands.geo.tables import DATA
from allhands.geo.topology import read_layer
from allhands.geo.tribal import tribal_areas

# How far a drawn line may lie from the true one. Counties: measured on Osage County, Oklahoma, which is the Osage
# Reservation of the finer file (90 % within 0.5 km, all within 1.4 km). Tribal areas: simplified to 0.0015 degrees.
COUNTY_LINE_ERROR_M: Final = 1_400
TRIBAL_LINE_ERROR_M: Final = 170


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """Shapes in degrees with their codes and a search tree."""

    codes: tuple[str, ...]
    geometries: NDArray[np.object_]
    tree: shapely.STRtree

    def within(self, lat: float, lon: float, metres: float) -> list[tuple[str, float]]:
        """Codes of the shapes that reach nearer to a point than so many metres, nearest first; 0 inside."""
        plane = Plane(lat=lat, lon=lon)
        found = self.tree.query(shapely.box(*plane.box(metres)))
        away = plane.distances_m(self.geometries[found], metres)
        near = [(self.codes[one], float(far)) for one, far in zip(found, away, strict=True) if not np.isnan(far)]
        return sorted(near, key=lambda pair: (pair[1], pair[0]))

    def shape(self, code: str) -> shapely.Geometry | None:
        """The shape of a code; None when the layer has none."""
        number = _numbers(self).get(code)
        return None if number is None else self.geometries[number]

    def touching(self, shape: shapely.Geometry) -> list[str]:
        """Codes of the shapes that share ground with a shape, not only an edge."""
        found = sorted(self.tree.query(shape, predicate="intersects"))
        shared = shapely.area(shapely.intersection(self.geometries[found], shape))
        return [self.codes[one] for one, area in zip(found, shared, strict=True) if area > _SLIVER_DEGREES]


# About half a square kilometre: less than what two files that draw one line differently make of it.
_SLIVER_DEGREES: Final = 5e-5


@lru_cache(maxsize=8)
def _numbers_of(codes: tuple[str, ...]) -> dict[str, int]:
    return {code: number for number, code in enumerate(codes)}


def _numbers(layer: Layer) -> dict[str, int]:
    return _numbers_of(layer.codes)


@lru_cache(maxsize=1)
def county_layer() -> Layer:
    """Counties and their equivalents of 2017, territories included."""
    shapes = read_layer(DATA / "county-shapes.topojson.json", "counties")
    return Layer(codes=shapes.codes, geometries=shapes.geometries, tree=shapely.STRtree(shapes.geometries))


@lru_cache(maxsize=1)
def tribal_layer() -> Layer:
    """Tribal areas of 2018 that have a shape: none in Alaska, and no Hawaiian home lands."""
    together = shapely.from_geojson((DATA / "tribal-areas.geojson").read_text(encoding="utf-8"))
    areas = tribal_areas()  # in the order of the same file
    drawn = np.array([area.has_shape for area in areas.values()])
    shapes = shapely.get_parts(together)[drawn]
    invalid = ~shapely.is_valid(shapes)
    # Rings that touch themselves, of eight areas: as make_valid mends them, in a tenth of its time.
    shapes[invalid] = shapely.buffer(shapes[invalid], 0)
    codes = tuple(code for code, area in areas.items() if area.has_shape)
    return Layer(codes=codes, geometries=shapes, tree=shapely.STRtree(shapes))

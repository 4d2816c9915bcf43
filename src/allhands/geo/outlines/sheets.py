"""From degrees to a sheet: equal-area projections, Alaska, Hawaii and Puerto Rico inset beside the other states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

WIDTH, HEIGHT = 960, 600

_PARALLELS: Final = {
    "US": "+proj=aea +lat_1=29.5 +lat_2=45.5 +lat_0=37.5 +lon_0=-96",
    "AK": "+proj=aea +lat_1=55 +lat_2=65 +lat_0=50 +lon_0=-154",
    "HI": "+proj=aea +lat_1=8 +lat_2=18 +lat_0=20.5 +lon_0=-157.5",
    "PR": "+proj=aea +lat_1=17 +lat_2=19 +lat_0=18.2 +lon_0=-66.4",
}
# Metres of one unit of the sheet, and where the middle of the projection lies. Alaska has 0.35 of its size.
_FRAMES: Final = {
    "US": (5_200.0, 478.0, 312.0),
    "AK": (14_900.0, 148.0, 600.0),
    "HI": (5_200.0, 305.0, 562.0),
    "PR": (3_000.0, 850.0, 560.0),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A projection, its scale and its place on the sheet."""

    turn: Transformer
    metres_per_unit: float
    x: float
    y: float

    def place(self, shape: shapely.Geometry) -> shapely.Geometry:
        """A shape in degrees on the sheet, y downwards."""
        return shapely.transform(shape, self._points)

    def point(self, lat: float, lon: float) -> tuple[float, float]:
        """A point on the sheet."""
        ((x, y),) = self._points(np.array([[lon, lat]]))
        return float(x), float(y)

    def _points(self, at: np.ndarray) -> np.ndarray:
        # What lies west of 180 degrees belongs beside the rest of Alaska.
        lon = np.where(at[:, 0] > 150, at[:, 0] - 360, at[:, 0])
        east, north = self.turn.transform(lon, at[:, 1])
        return np.column_stack([self.x + east / self.metres_per_unit, self.y - north / self.metres_per_unit])


def sheet_of(state: str) -> Sheet:
    """Where a state lies on the map of the whole country."""
    return _us_sheet(state if state in _FRAMES else "US")


@lru_cache(maxsize=len(_FRAMES))
def _us_sheet(frame: str) -> Sheet:
    scale, x, y = _FRAMES[frame]
    return Sheet(Transformer.from_crs("EPSG:4326", _PARALLELS[frame], always_xy=True), scale, x, y)


def sheet_around(shapes: Iterable[shapely.Geometry], width: int, *, margin: int = 8) -> tuple[Sheet, int]:
    """A sheet as wide as asked for on which shapes fit, and its height: equal area around their middle."""
    together = shapely.transform(shapely.union_all(list(shapes)), _beside)
    west, south, east, north = shapely.bounds(together)
    middle = f"+proj=laea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +ellps=WGS84"
    turn = Transformer.from_crs("EPSG:4326", middle, always_xy=True)
    left, low, right, high = shapely.bounds(
        shapely.transform(together, lambda at: np.column_stack(turn.transform(*at.T)))
    )
    scale = max((right - left) / (width - 2 * margin), (high - low) / (2 * width), 1.0)
    height = round((high - low) / scale) + 2 * margin
    return Sheet(turn, scale, margin - left / scale, margin + high / scale), height


def _beside(at: np.ndarray) -> np.ndarray:
    return np.column_stack([np.where(at[:, 0] > 150, at[:, 0] - 360, at[:, 0]), at[:, 1]])

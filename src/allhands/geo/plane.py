"""Metres around one point of the ellipsoid.

Within the few kilometres that are asked for, a plane that touches the WGS 84 ellipsoid at the point is true to less
than a metre in a kilometre.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

_SEMI_MAJOR_M: Final = 6_378_137.0
_ECCENTRICITY_2: Final = 0.006_694_379_990_141


@dataclass(frozen=True, slots=True, kw_only=True)
class Plane:
    """The plane that touches the Earth at a point, in metres east and north of it."""

    lat: float
    lon: float

    @property
    def metres_per_degree(self) -> tuple[float, float]:
        """Along a degree of longitude and one of latitude, here."""
        sine = math.sin(math.radians(self.lat))
        flat = 1 - _ECCENTRICITY_2 * sine * sine
        east = _SEMI_MAJOR_M / math.sqrt(flat) * math.cos(math.radians(self.lat))
        north = _SEMI_MAJOR_M * (1 - _ECCENTRICITY_2) / flat**1.5
        return math.radians(east), math.radians(north)

    def box(self, metres: float) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees of the square that reaches so many metres each way."""
        east, north = self.metres_per_degree
        wide, high = metres / max(east, 1.0), metres / north
        return self.lon - wide, self.lat - high, self.lon + wide, self.lat + high

    def distances_m(self, geometries: NDArray[np.object_], within_m: float) -> NDArray[np.float64]:
        """Metres from the point to each shape, 0 inside; NaN for what is further off than asked for."""
        near = shapely.clip_by_rect(geometries, *self.box(within_m * 1.01))
        east, north = self.metres_per_degree
        flat = shapely.transform(near, lambda at: (at - np.array([self.lon, self.lat])) * np.array([east, north]))
        metres: NDArray[np.float64] = shapely.distance(flat, shapely.Point(0, 0))
        return np.where(metres <= within_m, metres, np.nan)

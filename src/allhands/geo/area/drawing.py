"""Areas that a person draws: circles, polygons, rings of travel time. Bad ones are told kindly and kept as drawn."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from pyproj import Geod

from allhands.geo.area.measures import area_km2
from allhands.geo.area.model import ONCE_ROUND, Area, LonLat, polygons_of, split_at_antimeridian
from allhands.kernel.findings import Finding, Level

_EARTH: Final = Geod(ellps="WGS84")
_CORNERS: Final = 72
MOST_POINTS: Final = 10_000
SMALLEST_KM2: Final = 0.01  # a hundred metres each way: less is a slip of the hand, and no phone is aimed at it
LARGEST_RADIUS_M: Final = 3_000_000


class AreaRefused(ValueError):
    """What was drawn has no usable inside. Carries the findings; what was drawn stays with the caller."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """How fast somebody may travel: an assumption of the person who enters it, shown with its source.

    Args:
        mode: in words, such as "on foot".
        source: who says so, and when.
    """

    mode: str
    km_per_hour: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelRing:
    """A plain circle: as if one could go straight on at one speed without a stop. No road, no border, no prediction."""

    speed: Speed
    minutes: float
    radius_m: float
    area: Area


def circle(lat: float, lon: float, radius_m: float) -> Area:
    """A circle on the ellipsoid as a polygon around it: it misses nothing and reaches 0.1 % further at its corners.

    Raises:
        AreaRefused: off the globe, no radius, or larger than 3,000 km.
    """
    wrong = [*_off_globe([(lon, lat)]), *_bad_radius(radius_m)]
    if wrong:
        raise AreaRefused(tuple(wrong))
    bearings = np.linspace(0, 360, _CORNERS, endpoint=False)
    many = np.ones(_CORNERS)
    outer = radius_m / math.cos(math.pi / _CORNERS)
    lons, lats, _back = _EARTH.fwd(many * lon, many * lat, bearings, many * outer)
    corners = list(zip(_running(lons, lon), lats, strict=True))
    return Area(shape=split_at_antimeridian(_from_west(shapely.Polygon(corners))))


def check_polygon(points: Sequence[LonLat], *, path: str = "area") -> tuple[Finding, ...]:
    """What is wrong or noteworthy about a drawn ring. Only errors refuse.

    Args:
        points: longitude first; may be closed or not.
    """
    found = [*_too_many(points, path), *_off_globe(points, path)]
    if found:
        return tuple(found)
    ring = _open(points)
    if len(ring) < 3:
        message = f"An area needs at least three corners; this has {len(ring)}. Add more, or draw a circle."
        return (Finding(path=path, code="area.too-few-points", level=Level.ERROR, message=message),)
    return (*_antimeridian(ring, path), *_inside(_polygon(ring), path))


def polygon(points: Sequence[LonLat]) -> Area:
    """The area inside a drawn ring, split where it crosses the 180th meridian.

    Raises:
        AreaRefused: with the findings of `check_polygon`.
    """
    errors = tuple(finding for finding in check_polygon(points) if finding.level is Level.ERROR)
    if errors:
        raise AreaRefused(errors)
    return Area(shape=split_at_antimeridian(_from_west(_polygon(_open(points)))))


def check_against(area: Area, land: Area, *, path: str = "area") -> tuple[Finding, ...]:
    """Whether an area stays within an authority's land: an error outside it, a warning where it reaches over.

    What is no wider than the two lines may be off is passed over.
    """
    within = shapely.area(shapely.intersection(area.shape, land.shape))
    if within == 0:
        message = "This area lies outside the land of the authority. Choose another area, or ask that land's authority."
        return (Finding(path=path, code="area.outside-authority", level=Level.ERROR, message=message),)
    margin = (area.line_error_m + land.line_error_m) / 111_320
    beyond = polygons_of(shapely.difference(area.shape, shapely.buffer(land.shape, margin)))
    if shapely.is_empty(beyond):
        return ()
    size = area_km2(shapely.difference(area.shape, land.shape))
    message = (
        f"{size:,.1f} km² of this area lie outside the land of the authority. Cut them off, or ask who answers there."
    )
    return (
        Finding(
            path=path,
            code="area.reaches-over",
            level=Level.WARNING,
            message=message,
            params={"outside_km2": f"{size:.3f}"},
        ),
    )


def rings(lat: float, lon: float, minutes: float, speeds: Sequence[Speed]) -> tuple[TravelRing, ...]:
    """Circles that somebody may have reached since they were last seen, one a speed, smallest first.

    Args:
        minutes: since then.
        speeds: what the person who draws assumes; none is built in.

    Raises:
        AreaRefused: a time or speed that is not above zero, or a circle larger than 3,000 km.
    """
    made = []
    for speed in speeds:
        radius_m = speed.km_per_hour * 1_000 / 60 * minutes
        made.append(TravelRing(speed=speed, minutes=minutes, radius_m=radius_m, area=circle(lat, lon, radius_m)))
    return tuple(sorted(made, key=lambda ring: ring.radius_m))


def _polygon(ring: Sequence[LonLat]) -> shapely.Geometry:
    lons = _running([lon for lon, _ in ring], ring[0][0])
    return shapely.Polygon(list(zip(lons, [lat for _, lat in ring], strict=True)))


def _from_west(shape: shapely.Geometry) -> shapely.Geometry:
    """The shape with longitudes from -180 to 540: what lies west of -180 is moved once round."""
    return shapely.transform(shape, lambda at: at + ONCE_ROUND) if shapely.bounds(shape)[0] < -180 else shape


def _running(lons: Sequence[float], first: float) -> list[float]:
    """Longitudes that go on past 180 instead of jumping back."""
    turned, before = [], first
    for lon in lons:
        before = before + (lon - before + 180) % 360 - 180
        turned.append(before)
    return turned


def _open(points: Sequence[LonLat]) -> list[LonLat]:
    """The corners without the repeated last, and without the same corner twice in a row."""
    ring = [point for point, _ in itertools.groupby((float(lon), float(lat)) for lon, lat in points)]
    return ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring


def _inside(shape: shapely.Geometry, path: str) -> list[Finding]:
    if not shapely.is_valid(shape):
        lon, _blank, lat = shapely.is_valid_reason(shape).partition("[")[2].rstrip("]").partition(" ")
        where = f"{lat}, {lon}" if lat else "one place"  # in the order in which people write it
        message = f"The line of this area crosses itself near {where}. Move a corner so that it goes round once."
        return [Finding(path=path, code="area.self-crossing", level=Level.ERROR, message=message)]
    size = area_km2(shape)
    if size < SMALLEST_KM2:
        message = "This area is smaller than a city block. Draw it larger, or choose a circle or a county."
        return [Finding(path=path, code="area.too-small", level=Level.ERROR, message=message)]
    return []


def _antimeridian(ring: Sequence[LonLat], path: str) -> list[Finding]:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    if not any(abs(after[0] - before[0]) > 180 for before, after in pairs):
        return []
    message = "This area crosses the 180th meridian. It is sent as two areas, one on each side."
    return [Finding(path=path, code="area.antimeridian", level=Level.WARNING, message=message)]


def _too_many(points: Sequence[LonLat], path: str) -> list[Finding]:
    if len(points) <= MOST_POINTS:
        return []
    message = f"This line has {len(points):,} corners; at most {MOST_POINTS:,} are read. Draw it more simply."
    return [Finding(path=path, code="area.too-detailed", level=Level.ERROR, message=message)]


def _off_globe(points: Sequence[LonLat], path: str = "area") -> list[Finding]:
    if all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points):
        return []
    message = "A corner lies off the globe: latitude up to 90, longitude up to 180 degrees. Are the two turned round?"
    return [Finding(path=path, code="area.off-globe", level=Level.ERROR, message=message)]


def _bad_radius(radius_m: float) -> list[Finding]:
    if 0 < radius_m <= LARGEST_RADIUS_M:
        return []
    message = "A circle needs a radius above zero and up to 3,000 km."
    return [Finding(path="area", code="area.radius", level=Level.ERROR, message=message)]

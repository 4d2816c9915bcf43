"""Areas cut down to what a channel takes, and how much more ground they then cover."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import shapely

from allhands.geo.area.measures import area_km2, overshoot_m
from allhands.geo.area.melting import melt
from allhands.geo.area.model import Area, Ring, polygons_of, run_on, split_at_antimeridian
from allhands.geo.area.outward import reduce_corners


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLimits:
    """What a channel takes. None of these is law; each is a setting, with what is known in its source.

    Args:
        points: most points of one polygon, the repeated last one counted.
        polygons: most polygons of one area.
        decimals: of a degree.
    """

    name: str
    points: int
    polygons: int
    decimals: int
    source: str

    def __post_init__(self) -> None:
        if self.points < 5 or self.polygons < 1 or not 2 <= self.decimals <= 9:
            raise ValueError(f"{self.name}: at least 5 points, 1 polygon and 2 to 9 decimals")


_CRUMB: Final = 0.001

# Source of points: standards dossier, section 1 ("fewer than 100 vertices, others say up to 100"; carriers must match
# all of the target with at most 0.1 mile over). Decimals of IPAWS: not found in any text read, so four (11 m).
IPAWS: Final = ChannelLimits(
    name="ipaws", points=99, polygons=10, decimals=4, source="implementers' notes; exact limits not read"
)
# Source: interfaces dossier, section 6: at most 6 decimals, no self-crossing.
FEED: Final = ChannelLimits(name="feed", points=500, polygons=50, decimals=6, source="Google CAP profile: 6 decimals")
# A map on a poster or a phone.
PICTURE: Final = ChannelLimits(name="picture", points=200, polygons=20, decimals=3, source="our own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Simplified:
    """An area as a channel takes it.

    Args:
        rings: closed, counter-clockwise, longitude first, rounded; no holes.
        overshoot_km2: ground that is covered and was not asked for.
        overshoot_m: how far that reaches beyond the area at most.
        missed_km2: ground that was asked for and is not covered.
        line_error_m: how far the area's own line may be off, on top of that.
    """

    shape: shapely.Geometry
    rings: tuple[Ring, ...]
    overshoot_km2: float
    overshoot_m: float
    missed_km2: float
    line_error_m: int


def simplify(area: Area, limits: ChannelLimits) -> Simplified:
    """The nearest shape found within the limits that covers all of the area.

    A part that fits stays as drawn, only rounded. Any other grows outwards: it may cover more, never less, but for the
    width of the rounding. Parts beyond the number allowed melt into their nearest neighbours; holes are filled.

    Raises:
        ValueError: the area is empty.
    """
    if area.is_empty:
        raise ValueError("An area without any ground cannot be sent.")
    whole = run_on(area.shape)
    flat = _Flat.around(whole)
    crosses = shapely.bounds(whole)[2] > 180
    groups = melt(list(shapely.get_parts(flat.there(_filled(whole)))), limits.polygons // (2 if crosses else 1) or 1)
    fitted = [min((_fitted(way, flat, limits) for way in ways), key=shapely.area) for ways in groups]
    sent = [piece for part in fitted for piece in _pieces(flat.back(part), limits)]
    # Without the grid of the channel: cut on a grid, whatever is narrower than a step of it would count as nothing.
    shape = shapely.set_precision(shapely.union_all(sent), 0)
    return Simplified(
        shape=shape,
        rings=tuple(ring for piece in sent for ring in Area(shape=piece).rings),
        overshoot_km2=area_km2(polygons_of(shapely.difference(shape, area.shape))),
        overshoot_m=overshoot_m(shape, area.shape),
        missed_km2=area_km2(polygons_of(shapely.difference(area.shape, shape))),
        line_error_m=area.line_error_m,
    )


def _pieces(shape: shapely.Geometry, limits: ChannelLimits) -> list[shapely.Geometry]:
    """A part on the grid of the channel; crumbs that rounding cuts off are dropped, and count as missed."""
    pieces = shapely.get_parts(split_at_antimeridian(_rounded(shape, limits)))
    sizes = shapely.area(pieces)
    return [piece for piece, size in zip(pieces, sizes, strict=True) if size > _CRUMB * sizes.max()]


def _fitted(part: shapely.Geometry, flat: _Flat, limits: ChannelLimits) -> shapely.Geometry:
    """One part within the limit of points: as it is, or the finest covering that is simple enough."""
    if _is_simple(part, flat, limits):
        return part
    grown = _outer(shapely.buffer(part, flat.rounding_m(limits), join_style="mitre", mitre_limit=2))
    simpler = reduce_corners(grown, limits.points - 1)
    if _is_simple(simpler, flat, limits):
        return simpler
    return shapely.buffer(shapely.envelope(part), flat.rounding_m(limits), join_style="mitre")


def _is_simple(part: shapely.Geometry, flat: _Flat, limits: ChannelLimits) -> bool:
    rounded = _rounded(flat.back(part), limits)
    return len(shapely.get_parts(rounded)) == 1 and _points(rounded) <= limits.points


def _outer(shape: shapely.Geometry) -> shapely.Geometry:
    """The largest part without its holes; growing and simplifying leave one part, but for a sliver."""
    largest = max(shapely.get_parts(shape), key=shapely.area)
    return shapely.Polygon(shapely.get_exterior_ring(largest))


def _points(shape: shapely.Geometry) -> int:
    return int(shapely.get_num_coordinates(shape))


def _filled(shape: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(polygons_of(shape))
    return shapely.union_all([shapely.Polygon(shapely.get_exterior_ring(part)) for part in parts])


def _rounded(shape: shapely.Geometry, limits: ChannelLimits) -> shapely.Geometry:
    return shapely.set_precision(shape, 10.0**-limits.decimals)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Flat:
    """Degrees to about metres and back, along straight lines, so that what covers here covers on the map too."""

    lon: float
    lat: float
    east: float
    north: float
    span_m: float

    @classmethod
    def around(cls, shape: shapely.Geometry) -> _Flat:
        west, south, east, north = shapely.bounds(shape)
        lat = (south + north) / 2
        per_lon, per_lat = 111_320 * max(math.cos(math.radians(lat)), 0.05), 111_132.0
        span = max((east - west) * per_lon, (north - south) * per_lat)
        return cls(lon=(west + east) / 2, lat=lat, east=per_lon, north=per_lat, span_m=span)

    def there(self, shape: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(shape, lambda at: (at - [self.lon, self.lat]) * [self.east, self.north])

    def back(self, shape: shapely.Geometry) -> shapely.Geometry:
        return shapely.transform(shape, lambda at: at / [self.east, self.north] + [self.lon, self.lat])

    def rounding_m(self, limits: ChannelLimits) -> float:
        """How far rounding may move a corner."""
        return 10.0**-limits.decimals * self.north

"""Many parts of an area melted into few: each joins those nearest to it, along the shortest gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

_STEP: Final = 1.25
# A strip between two parts: a few times as wide as a channel's rounding, and nearly no ground.
_STRIP_M: Final = 150.0
# A smaller part may become a box; it saves corners, of which a channel takes few.
_BOXED_M2: Final = 20e6

# More than the rounding of a channel moves a corner.
_MARGIN_M: Final = 20.0

_Join = tuple[float, int, int]


def melt(parts: Sequence[shapely.Geometry], most: int) -> list[tuple[shapely.Geometry, ...]]:
    """At most so many groups that cover all the given parts, each in one or more ways to choose from.

    A part alone stays as it is. Several become one polygon by closing the gaps between them, or by strips from each to
    the next: where parts are many and far apart, as a nation's trust land is, strips cover a small share of the ground.

    Args:
        parts: polygons on a plane, in metres, without holes.
    """
    if len(parts) <= most:
        return [(part,) for part in parts]
    joins = sorted(_shortest_joins(parts), reverse=True)
    return [_ways(group, parts) for group in _groups(joins[most - 1 :], len(parts))]


@dataclass(slots=True)
class _Group:
    """Parts by their places, and the joins that connect them."""

    members: list[int]
    joins: list[_Join] = field(default_factory=list)


def _shortest_joins(parts: Sequence[shapely.Geometry]) -> list[_Join]:
    """The tree of shortest gaps that connects all parts (Prim): gap in metres and the two parts."""
    shapes = np.array(parts, dtype=object)
    away: NDArray[np.float64] = shapely.distance(shapes, shapes[0])
    nearest = np.zeros(len(parts), dtype=int)
    outside = np.ones(len(parts), dtype=bool)
    outside[0] = False
    joins = []
    for _ in range(len(parts) - 1):
        new = int(np.argmin(np.where(outside, away, np.inf)))
        joins.append((float(away[new]), int(nearest[new]), new))
        outside[new] = False
        left = np.flatnonzero(outside)
        gaps = shapely.distance(shapes[left], shapes[new])
        closer = left[gaps < away[left]]
        away[closer], nearest[closer] = gaps[gaps < away[left]], new
    return joins


def _groups(joins: Sequence[_Join], many: int) -> list[_Group]:
    """The parts that the joins connect."""
    group_of = [_Group([place]) for place in range(many)]
    for join in joins:
        kept, gone = group_of[join[1]], group_of[join[2]]
        kept.members += gone.members
        kept.joins += [*gone.joins, join]
        for place in gone.members:
            group_of[place] = kept
    return [group for place, group in enumerate(group_of) if group.members[0] == place]


def _ways(group: _Group, parts: Sequence[shapely.Geometry]) -> tuple[shapely.Geometry, ...]:
    own = [parts[place] for place in group.members]
    if not group.joins:
        return (own[0],)
    widest = max(gap for gap, _, _ in group.joins)
    lines = [shapely.shortest_line(parts[one], parts[two]) for _, one, two in group.joins]
    return _closed(own, widest), _strung(own, lines)


def _closed(parts: Sequence[shapely.Geometry], widest: float) -> shapely.Geometry:
    """One polygon around parts: grown until the gaps close, then shrunk again by as much."""
    together = shapely.union_all(parts)
    reach = widest * 0.6 + 1.0
    while True:
        grown = shapely.buffer(together, reach, quad_segs=2)
        closed = shapely.union_all([shapely.buffer(grown, -reach * 0.8, quad_segs=2), together])
        if len(shapely.get_parts(closed)) == 1:
            return _outline(closed)
        reach *= _STEP


def _strung(parts: Sequence[shapely.Geometry], lines: Sequence[shapely.Geometry]) -> shapely.Geometry:
    """One polygon along the lines from part to part."""
    boxed = [shapely.oriented_envelope(part) if part.area < _BOXED_M2 else part for part in parts]
    strips = [shapely.buffer(line, _STRIP_M, cap_style="square") for line in lines]
    return _outline(shapely.buffer(shapely.union_all([*boxed, *strips]), _MARGIN_M, join_style="mitre", mitre_limit=2))


def _outline(shape: shapely.Geometry) -> shapely.Geometry:
    return shapely.Polygon(shapely.get_exterior_ring(shapely.get_parts(shape)[0]))

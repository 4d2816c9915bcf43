"""Many parts of an area melted into few: each joins those nearest to it, along the shortest gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

_STEP: Final = 1.25


def melt(parts: Sequence[shapely.Geometry], most: int) -> list[shapely.Geometry]:
    """At most so many parts that cover all the given ones; as they are where they are few enough.

    Args:
        parts: polygons on a plane, in metres, without holes.
    """
    if len(parts) <= most:
        return list(parts)
    joins = sorted(_shortest_joins(parts), reverse=True)
    return [_joined([parts[one] for one in group], widest) for group, widest in _groups(joins[most - 1 :], len(parts))]


def _shortest_joins(parts: Sequence[shapely.Geometry]) -> list[tuple[float, int, int]]:
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


def _groups(joins: Sequence[tuple[float, int, int]], many: int) -> list[tuple[list[int], float]]:
    """The parts that the joins connect, with the widest gap of each group."""
    group = list(range(many))
    widest: dict[int, float] = {}
    for gap, one, two in joins:
        kept, gone = group[one], group[two]
        group = [kept if member == gone else member for member in group]
        widest[kept] = max(gap, widest.get(kept, 0.0), widest.pop(gone, 0.0))
    return [
        ([part for part in range(many) if group[part] == name], widest.get(name, 0.0)) for name in sorted(set(group))
    ]


def _joined(parts: Sequence[shapely.Geometry], widest: float) -> shapely.Geometry:
    """One polygon around parts: grown until the gaps close, then shrunk again by as much."""
    if len(parts) == 1:
        return parts[0]
    together = shapely.union_all(parts)
    reach = widest * 0.6 + 1.0
    while True:
        grown = shapely.buffer(together, reach, quad_segs=2)
        closed = shapely.union_all([shapely.buffer(grown, -reach * 0.8, quad_segs=2), together])
        if len(shapely.get_parts(closed)) == 1:
            return shapely.Polygon(shapely.get_exterior_ring(shapely.get_parts(closed)[0]))
        reach *= _STEP

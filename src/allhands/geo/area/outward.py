"""A line with fewer corners that lies nowhere inside the old one.

Corners that point inwards are left out; two corners that point outwards become the one in which their neighbours' edges
meet. Each step only adds ground, and the step that adds least comes first.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

_FEWEST: Final = 4  # corners that are always left


def reduce_corners(polygon: shapely.Geometry, most: int) -> shapely.Geometry:
    """A polygon of at most so many corners around another, if one is found; with more where none is.

    Args:
        polygon: without holes, on a plane.
        most: corners, the repeated last not counted.
    """
    line = shapely.get_coordinates(shapely.get_exterior_ring(shapely.orient_polygons(polygon)))[:-1]
    ring = _Corners(at=line.copy())
    while ring.left > max(most, _FEWEST) and ring.step():
        pass
    reduced = shapely.Polygon(ring.points())
    if shapely.is_valid(reduced):
        return reduced
    parts = shapely.get_parts(shapely.union_all([shapely.make_valid(reduced), polygon]))
    return shapely.Polygon(shapely.get_exterior_ring(max(parts, key=shapely.area)))


@dataclass(slots=True, kw_only=True)
class _Corners:
    """The corners of a ring, counter-clockwise, each knowing its neighbours and what leaving it out would add."""

    at: NDArray[np.float64]
    before: list[int] = field(init=False)
    after: list[int] = field(init=False)
    alive: NDArray[np.bool_] = field(init=False)
    stamp: list[int] = field(init=False)
    queue: list[tuple[float, int, int]] = field(init=False, default_factory=list)
    left: int = field(init=False)

    def __post_init__(self) -> None:
        many = len(self.at)
        self.before = [(one - 1) % many for one in range(many)]
        self.after = [(one + 1) % many for one in range(many)]
        self.alive = np.ones(many, dtype=bool)
        self.stamp = [0] * many
        self.left = many
        for one in range(many):
            self._offer(one)

    def points(self) -> NDArray[np.float64]:
        return self.at[self.alive]

    def step(self) -> bool:
        """Takes the cheapest step that hurts no other corner; False when there is none."""
        while self.queue:
            _cost, corner, stamp = heapq.heappop(self.queue)
            if self.alive[corner] and stamp == self.stamp[corner] and self._take(corner):
                return True
        return False

    def _take(self, corner: int) -> bool:
        tip, gone = self._plan(corner)
        if tip is None:
            return False
        a, c = self.before[corner], self.after[corner]
        ends = (a, corner, c) if gone == corner else (corner, gone)
        triangle = np.array([self.at[a], self.at[corner], self.at[c]] if gone == corner else [*self.at[[*ends]], tip])
        if self._holds_another(triangle, ends):
            return False
        if gone != corner:
            self.at[corner] = tip
        self._drop(gone)
        near = self.before[gone]
        for one in (self.before[near], near, self.after[near], self.after[self.after[near]]):
            self._offer(one)
        return True

    def _offer(self, corner: int) -> None:
        self.stamp[corner] += 1
        tip, gone = self._plan(corner)
        if tip is not None:
            other = self.before[corner] if gone == corner else gone
            third = self.at[self.after[corner]] if gone == corner else tip
            cost = abs(_cross(self.at[other], self.at[corner], third)) / 2
            heapq.heappush(self.queue, (cost, corner, self.stamp[corner]))

    def _plan(self, corner: int) -> tuple[NDArray[np.float64] | None, int]:
        """Where the corner would move to and which corner would go: itself when it points inwards."""
        a, b, c = self.before[corner], corner, self.after[corner]
        if _cross(self.at[a], self.at[b], self.at[c]) <= 0:
            return self.at[b], b
        d = self.after[c]
        if _cross(self.at[b], self.at[c], self.at[d]) <= 0:
            return None, b
        return _meeting(self.at[a], self.at[b], self.at[c], self.at[d]), c

    def _drop(self, corner: int) -> None:
        a, c = self.before[corner], self.after[corner]
        self.after[a], self.before[c] = c, a
        self.alive[corner] = False
        self.left -= 1

    def _holds_another(self, triangle: NDArray[np.float64], own: tuple[int, ...]) -> bool:
        """Whether a corner of the ring other than the triangle's own lies in it: the line would cross itself."""
        low, high = triangle.min(axis=0), triangle.max(axis=0)
        near = self.alive & (self.at >= low).all(axis=1) & (self.at <= high).all(axis=1)
        near[list(own)] = False
        if not near.any():
            return False
        points = shapely.points(self.at[near])
        return bool(shapely.intersects(shapely.Polygon(triangle), points).any())


def _cross(a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64]) -> float:
    return float((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]))


def _meeting(
    a: NDArray[np.float64], b: NDArray[np.float64], c: NDArray[np.float64], d: NDArray[np.float64]
) -> NDArray[np.float64] | None:
    """Where the edge from a over b and the edge from d over c meet beyond both; None when they do not."""
    one, two = b - a, c - d
    turn = one[0] * two[1] - one[1] * two[0]
    if turn <= 0:
        return None
    gap = c - b
    along = (gap[0] * two[1] - gap[1] * two[0]) / turn
    back = (gap[0] * one[1] - gap[1] * one[0]) / turn
    return b + along * one if along > 0 and back > 0 else None

"""Whether a ring of points is a polygon: closed, not crossing itself, with an inside.

Degrees are taken as a flat plane, as the receivers of alerts do; the standard names no other reading.
"""

from __future__ import annotations

import itertools
from typing import Final

from allhands.wire.cap.model import LonLat

# Looking for two edges by hand takes time with the square of the points: a tenth of a second for these.
MOST_NAMED_POINTS: Final = 400

Ring = tuple[LonLat, ...]
_Edge = tuple[float, float, float, float]


def is_closed(ring: Ring) -> bool:
    """Whether the first and last points are equal."""
    return ring[0] == ring[-1]


def crosses_antimeridian(ring: Ring) -> bool:
    """Whether an edge spans more than half the globe, so that it is meant to go the other way round."""
    return any(abs(after.lon - before.lon) > 180 for before, after in itertools.pairwise(ring))


def area_square_degrees(ring: Ring) -> float:
    """The size of the inside on the flat plane; zero for a line."""
    points = _unwrapped(ring)
    twice = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(points))
    return abs(twice) / 2


def crosses_itself(ring: Ring) -> bool:
    """Whether two edges meet that are no neighbours, for a ring of any size; which two, `find_crossing` tells."""
    # A tenth of a second to read, and few alerts have a ring so large.
    from shapely import LineString

    points = _without_repeats(ring)
    return len(points) > 2 and not LineString(points).is_simple


def find_crossing(ring: Ring) -> tuple[int, int] | None:
    """The numbers (from 1) of two edges that meet although they are no neighbours; None for a simple ring.

    Repeated points are passed over; neighbours share a point and are not compared.
    """
    points = _without_repeats(ring)
    edges = [(*before, *after) for before, after in itertools.pairwise(points)]
    order = sorted(range(len(edges)), key=lambda number: min(edges[number][0], edges[number][2]))
    open_edges: list[int] = []
    for number in order:
        west = min(edges[number][0], edges[number][2])
        open_edges = [other for other in open_edges if max(edges[other][0], edges[other][2]) >= west]
        for other in open_edges:
            if _clash(edges, number, other):
                first, second = sorted((number, other))
                return first + 1, second + 1
        open_edges.append(number)
    return None


def _clash(edges: list[_Edge], one: int, two: int) -> bool:
    first, second = sorted((one, two))
    if second - first == 1 or (first == 0 and second == len(edges) - 1):
        return False
    return _meet(edges[first], edges[second])


def _meet(one: _Edge, two: _Edge) -> bool:
    if max(one[1], one[3]) < min(two[1], two[3]) or max(two[1], two[3]) < min(one[1], one[3]):
        return False
    a, b, c, d = one[:2], one[2:], two[:2], two[2:]
    turns = (_turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b))
    if turns[0] != turns[1] and turns[2] != turns[3]:
        return True
    corners = ((turns[0], a, b, c), (turns[1], a, b, d), (turns[2], c, d, a), (turns[3], c, d, b))
    return any(turn == 0 and _between(start, end, point) for turn, start, end, point in corners)


def _turn(a: tuple[float, ...], b: tuple[float, ...], c: tuple[float, ...]) -> int:
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (cross > 0) - (cross < 0)


def _between(start: tuple[float, ...], end: tuple[float, ...], point: tuple[float, ...]) -> bool:
    return min(start[0], end[0]) <= point[0] <= max(start[0], end[0]) and min(start[1], end[1]) <= point[1] <= max(
        start[1], end[1]
    )


def _unwrapped(ring: Ring) -> list[tuple[float, float]]:
    """Points with longitudes that go on past 180 instead of jumping back."""
    turn = 0.0
    points = [(ring[0].lon, ring[0].lat)]
    for before, after in itertools.pairwise(ring):
        step = after.lon - before.lon
        turn += -360.0 if step > 180 else 360.0 if step < -180 else 0.0
        points.append((after.lon + turn, after.lat))
    return points


def _without_repeats(ring: Ring) -> list[tuple[float, float]]:
    points = _unwrapped(ring)
    return [point for number, point in enumerate(points) if number == 0 or point != points[number - 1]]

"""Reads shapes that share their edges (TopoJSON), so that neighbours fit without gap or overlap.

Format: TopoJSON 1.0 (quantised arcs, delta-coded).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

_Floats = NDArray[np.float64]
_CLOSED_RING = 4  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class Shapes:
    """Shapes of one layer in degrees of longitude and latitude, each beside its code.

    Args:
        lost: codes whose shape was so small that the file's grid left nothing of it.
    """

    codes: tuple[str, ...]
    geometries: NDArray[np.object_]
    lost: tuple[str, ...]


def read_layer(path: Path, layer: str) -> Shapes:
    """The shapes of one layer of a TopoJSON file."""
    file = json.loads(path.read_text(encoding="utf-8"))
    rings = _Rings(arcs=_decode_arcs(file["arcs"], file["transform"]))
    owners: list[str] = []
    lost: list[str] = []
    for shape in file["objects"][layer]["geometries"]:
        added = [rings.add_polygon(polygon) for polygon in _polygons(shape)]
        (owners if any(added) else lost).append(shape["id"])
        rings.end_shape(kept=any(added))
    geometries = rings.build()
    invalid = ~shapely.is_valid(geometries)
    geometries[invalid] = shapely.make_valid(geometries[invalid])
    return Shapes(codes=tuple(owners), geometries=geometries, lost=tuple(lost))


def _polygons(shape: dict[str, Any]) -> Sequence[Sequence[Sequence[int]]]:
    if shape["type"] == "MultiPolygon":
        polygons: Sequence[Sequence[Sequence[int]]] = shape["arcs"]
        return polygons
    return [shape["arcs"]]


def _decode_arcs(arcs: list[list[list[int]]], transform: dict[str, list[float]]) -> list[_Floats]:
    """All arcs in one cumulative sum: a loop over ten thousand small arrays takes five times as long."""
    lengths = np.fromiter((len(arc) for arc in arcs), dtype=np.int64, count=len(arcs))
    ends = np.cumsum(lengths)
    steps = np.array([point for arc in arcs for point in arc], dtype=np.int64)
    running = np.cumsum(steps, axis=0)
    before = np.zeros((len(arcs), 2), dtype=np.int64)
    before[1:] = running[ends[:-1] - 1]
    grid = running - np.repeat(before, lengths, axis=0)
    degrees = grid * np.array(transform["scale"]) + np.array(transform["translate"])
    return np.split(degrees, ends[:-1])


@dataclass(slots=True, kw_only=True)
class _Rings:
    """Collects rings, the polygon of each and the shape of each polygon, then builds all at once."""

    arcs: list[_Floats]
    points: list[_Floats] = field(default_factory=list)
    polygon_of_ring: list[int] = field(default_factory=list)
    shape_of_polygon: list[int] = field(default_factory=list)
    shapes: int = 0

    def add_polygon(self, polygon: Sequence[Sequence[int]]) -> bool:
        rings = list(self._rings(polygon))
        if not rings or len(rings[0]) < _CLOSED_RING:
            return False
        number = len(self.shape_of_polygon)
        for ring in rings:
            if len(ring) >= _CLOSED_RING:
                self.points.append(ring)
                self.polygon_of_ring.append(number)
        self.shape_of_polygon.append(self.shapes)
        return True

    def end_shape(self, *, kept: bool) -> None:
        self.shapes += kept

    def build(self) -> NDArray[np.object_]:
        lengths = [len(ring) for ring in self.points]
        owners = np.repeat(np.arange(len(self.points)), lengths)
        rings = shapely.linearrings(np.concatenate(self.points), indices=owners)
        polygons = shapely.polygons(rings, indices=np.array(self.polygon_of_ring))
        built: NDArray[np.object_] = shapely.multipolygons(polygons, indices=np.array(self.shape_of_polygon))
        return built

    def _rings(self, polygon: Sequence[Sequence[int]]) -> Iterator[_Floats]:
        for ring in polygon:
            parts = [self.arcs[arc] if arc >= 0 else self.arcs[~arc][::-1] for arc in ring]
            yield np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

"""The same shapes as GeoJSON (RFC 7946), for a map engine in the browser."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TypeAlias

import shapely

from allhands.geo import layers
from allhands.geo.area.model import Area
from allhands.geo.counties import find_county
from allhands.geo.outlines.maps import state_shapes
from allhands.geo.states import STATE_NAMES
from allhands.geo.tribal import tribal_areas

Json: TypeAlias = dict[str, object]


def states_geojson(*, decimals: int = 2) -> Json:
    """All states and territories: `code` and `name` of each."""
    return _collection(((code, STATE_NAMES[code], shape) for code, shape in state_shapes().items()), decimals)


def counties_geojson(state: str, *, decimals: int = 3) -> Json:
    """The counties of a state as of 2017; empty when there is no such state."""
    return _collection(county_features(state), decimals)


def county_features(state: str) -> Iterator[tuple[str, str, shapely.Geometry]]:
    """Code, name and shape of each county of a state."""
    layer = layers.county_layer()
    found = ((code, find_county(code)) for code in layer.codes)
    return ((code, one.name, layer.shape(code)) for code, one in found if one is not None and one.state == state)


def tribal_geojson(*, decimals: int = 3) -> Json:
    """All tribal areas; a point where only a point is known."""
    layer = layers.tribal_layer()
    found = (
        (one.geoid, one.name, layer.shape(one.geoid) or shapely.Point(one.lon, one.lat))
        for one in tribal_areas().values()
    )
    return _collection(found, decimals)


def area_geojson(area: Area, *, decimals: int = 5) -> Json:
    """One alert area."""
    return _collection([("", "", area.shape)], decimals)


def _collection(shapes: Iterable[tuple[str, str, shapely.Geometry]], decimals: int) -> Json:
    features = [feature(name, shape, decimals, code=code) for code, name, shape in shapes]
    return {"type": "FeatureCollection", "features": features}


def feature(name: str, shape: shapely.Geometry, decimals: int, **properties: object) -> Json:
    """One shape, rounded; what rounding would take away stays as it is."""
    rounded = shapely.set_precision(shape, 10.0**-decimals)
    kept = shape if shapely.is_empty(rounded) else rounded
    geometry: Json = json.loads(shapely.to_geojson(shapely.orient_polygons(kept)))
    return {"type": "Feature", "properties": {**properties, "name": name}, "geometry": geometry}

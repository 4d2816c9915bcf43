"""The land of one state for a map on which areas are chosen and drawn: counties, tribal areas, the states around."""

from __future__ import annotations

from functools import lru_cache

import shapely

from allhands.geo import layers
from allhands.geo.nations import Nation, nations_of_area
from allhands.geo.outlines.features import Json, county_features, feature
from allhands.geo.outlines.maps import state_shapes
from allhands.geo.states import STATE_NAMES
from allhands.geo.tribal import TribalArea, tribal_areas

_AROUND_DEGREES = 1.5  # beyond a state's own bounds, so that a border town sees what lies across


@lru_cache(maxsize=16)
def land_geojson(state: str) -> Json:
    """Features with `kind` (state, county, tribal), `code` and `name`; a tribal area names its `nations` by id.

    Raises:
        KeyError: no such state.
    """
    shape = state_shapes()[state]
    near = shapely.buffer(shapely.box(*shapely.bounds(shape)), _AROUND_DEGREES)
    around = [(code, one) for code, one in state_shapes().items() if shapely.intersects(one, near)]
    features = [feature(STATE_NAMES[code], one, 2, kind="state", code=code) for code, one in around]
    features += [feature(name, one, 3, kind="county", code=code) for code, name, one in county_features(state)]
    for area in tribal_areas_in(state):
        drawn = layers.tribal_layer().shape(area.geoid) or shapely.Point(area.lon, area.lat)
        nations = [one.id for one in nations_of_area(area.code)]
        features.append(feature(area.name, drawn, 3, kind="tribal", code=area.geoid, nations=nations))
    return {"type": "FeatureCollection", "features": features}


@lru_cache(maxsize=64)
def tribal_areas_in(state: str) -> tuple[TribalArea, ...]:
    """The tribal areas that share ground with a state, in the order of the census list.

    Raises:
        KeyError: no such state.
    """
    shape = state_shapes()[state]
    shapely.prepare(shape)
    drawn = set(layers.tribal_layer().touching(shape))
    return tuple(
        area
        for area in tribal_areas().values()
        if (area.geoid in drawn if area.has_shape else shapely.intersects(shape, shapely.Point(area.lon, area.lat)))
    )


def nations_in(state: str) -> tuple[Nation, ...]:
    """The nations whose name an area in this state carries, by name.

    Example:
        >>> [nation.id for nation in nations_in("ND")][-1]
        'tmbci'

    Raises:
        KeyError: no such state.
    """
    found = {one.id: one for area in tribal_areas_in(state) for one in nations_of_area(area.code)}
    return tuple(sorted(found.values(), key=lambda one: one.en))

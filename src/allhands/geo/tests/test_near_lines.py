"""A point within a kilometre of a line is on both sides of it: never one guess.

The point is made from the line and measured with a projection of its own (pyproj), not with the plane that `locate`
uses.
"""

from __future__ import annotations

import math

import numpy as np
import pyproj
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from allhands.geo import layers, locate
from allhands.geo.crosswalk import Vintage, to
from allhands.geo.layers import Layer
from allhands.geo.located import Located

GLOBE = pyproj.Geod(ellps="WGS84")
REACH_M = 990.0  # a little less than a kilometre: two ways of measuring differ by some metres


def beside_a_line(layer: Layer, number: int, along: float, bearing: float, away_m: float) -> tuple[float, float]:
    """A point so far from a point on the outline of a shape, as latitude and longitude."""
    # A few shapes are collections, simplified to areas and left-over lines; those have no boundary.
    parts = shapely.get_parts(shapely.get_parts(layer.geometries[number % len(layer.codes)]))
    areas = [one for one in parts if shapely.area(one)]
    line = shapely.get_exterior_ring(areas[number % len(areas)])
    lon, lat = shapely.get_coordinates(shapely.line_interpolate_point(line, along, normalized=True))[0]
    lon, lat, _ = GLOBE.fwd(lon, lat, bearing, away_m)
    return float(lat), float(lon)


def reached(layer: Layer, lat: float, lon: float) -> set[str]:
    """Codes of the shapes that come nearer than a kilometre, in metres around the very point."""
    degrees = 1.2 * REACH_M / 111_000
    wide = degrees / max(math.cos(math.radians(lat)), 0.05)
    near = layer.tree.query(shapely.box(lon - wide, lat - degrees, lon + wide, lat + degrees))
    there = pyproj.Transformer.from_crs(4326, f"+proj=aeqd +lat_0={lat} +lon_0={lon}", always_xy=True)
    here = shapely.Point(0, 0)
    found = set()
    for one in near:
        flat = shapely.transform(layer.geometries[one], lambda at: np.column_stack(there.transform(at[:, 0], at[:, 1])))
        if shapely.distance(shapely.buffer(flat, 0), here) < REACH_M:
            found.add(layer.codes[one])
    return found


places = given(
    number=st.integers(0, 4000),
    along=st.floats(0, 1, exclude_max=True),
    bearing=st.floats(0, 360),
    away_m=st.floats(0, 950),
)


@settings(max_examples=60, deadline=None)
@example(number=932, along=0.0, bearing=0.0, away_m=0.0)  # a county of several parts
@places
def test_near_a_county_line_every_county_is_a_candidate(
    number: int, along: float, bearing: float, away_m: float
) -> None:
    layer = layers.county_layer()
    lat, lon = beside_a_line(layer, number, along, bearing, away_m)
    found = {county.fips for county in locate.at_point(lat, lon).counties}
    wanted = reached(layer, lat, lon)
    assert layer.codes[number % len(layer.codes)] in wanted
    for code in wanted:
        assert set(to(Vintage.HOUSE, code).codes) <= found, code


@settings(max_examples=60, deadline=None)
@places
def test_near_the_line_of_a_tribal_area_it_is_a_candidate(
    number: int, along: float, bearing: float, away_m: float
) -> None:
    layer = layers.tribal_layer()
    lat, lon = beside_a_line(layer, number, along, bearing, away_m)
    located: Located = locate.at_point(lat, lon)
    assert reached(layer, lat, lon) <= {one.area.geoid for one in located.tribal}


def test_the_two_measures_find_the_same_on_a_line_that_everybody_knows() -> None:
    """The property is not empty: at Four Corners four counties are near, and 3 km away in Arizona one is."""
    layer = layers.county_layer()
    assert reached(layer, 36.99900, -109.04518) == {"04001", "08083", "35045", "49037"}
    assert reached(layer, 36.96, -109.09) == {"04001"}

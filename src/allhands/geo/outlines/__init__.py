"""Outlines of states, counties, tribal and alert areas: SVG paths for pages, GeoJSON for a map engine. No tiles."""

from __future__ import annotations

from allhands.geo.outlines.drawn import Outline as Outline
from allhands.geo.outlines.drawn import OutlineMap as OutlineMap
from allhands.geo.outlines.features import area_geojson as area_geojson
from allhands.geo.outlines.features import counties_geojson as counties_geojson
from allhands.geo.outlines.features import states_geojson as states_geojson
from allhands.geo.outlines.features import tribal_geojson as tribal_geojson
from allhands.geo.outlines.grid import Grid as Grid
from allhands.geo.outlines.grid import Town as Town
from allhands.geo.outlines.grid import grid_map as grid_map
from allhands.geo.outlines.land import land_geojson as land_geojson
from allhands.geo.outlines.land import nations_in as nations_in
from allhands.geo.outlines.maps import area_map as area_map
from allhands.geo.outlines.maps import state_map as state_map
from allhands.geo.outlines.maps import state_shapes as state_shapes
from allhands.geo.outlines.maps import us_map as us_map

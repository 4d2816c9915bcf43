"""Areas for alerts: chosen or drawn, judged, cut down to what a channel takes, and whom they reach."""

from __future__ import annotations

from allhands.geo.area.choosing import of_counties as of_counties
from allhands.geo.area.choosing import of_nation as of_nation
from allhands.geo.area.choosing import of_state as of_state
from allhands.geo.area.choosing import of_tribal_areas as of_tribal_areas
from allhands.geo.area.drawing import AreaRefused as AreaRefused
from allhands.geo.area.drawing import Speed as Speed
from allhands.geo.area.drawing import TravelRing as TravelRing
from allhands.geo.area.drawing import check_against as check_against
from allhands.geo.area.drawing import check_polygon as check_polygon
from allhands.geo.area.drawing import circle as circle
from allhands.geo.area.drawing import polygon as polygon
from allhands.geo.area.drawing import rings as rings
from allhands.geo.area.measures import area_km2 as area_km2
from allhands.geo.area.measures import overshoot_m as overshoot_m
from allhands.geo.area.model import Area as Area
from allhands.geo.area.model import LonLat as LonLat
from allhands.geo.area.model import Ring as Ring
from allhands.geo.area.model import difference as difference
from allhands.geo.area.model import intersection as intersection
from allhands.geo.area.model import union as union
from allhands.geo.area.reaching import COARSE_RESOLUTION as COARSE_RESOLUTION
from allhands.geo.area.reaching import FINE_RESOLUTION as FINE_RESOLUTION
from allhands.geo.area.reaching import CountyShare as CountyShare
from allhands.geo.area.reaching import Crossings as Crossings
from allhands.geo.area.reaching import Reach as Reach
from allhands.geo.area.reaching import cell_of as cell_of
from allhands.geo.area.reaching import cells as cells
from allhands.geo.area.reaching import crossings as crossings
from allhands.geo.area.reaching import reach as reach
from allhands.geo.area.simplifying import FEED as FEED
from allhands.geo.area.simplifying import IPAWS as IPAWS
from allhands.geo.area.simplifying import PICTURE as PICTURE
from allhands.geo.area.simplifying import ChannelLimits as ChannelLimits
from allhands.geo.area.simplifying import Simplified as Simplified
from allhands.geo.area.simplifying import simplify as simplify

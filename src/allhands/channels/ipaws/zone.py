"""Local time of the place an alert is for: IPAWS takes no offset of zero."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

import tzfpy

from allhands.alerts.contracts import AlertArea, Circle

# Where an area without a drawn edge lies is not known here; the instant is right with any offset of the country.
_ANY_ZONE = "America/Chicago"
_KM_A_DEGREE = 111.2


def in_place(instant: datetime, area: AlertArea) -> datetime:
    """The same instant with the offset of the area; one that carries an offset keeps it."""
    if instant.utcoffset() != timedelta(0):
        return instant
    return instant.astimezone(zone_of(area))


def zone_of(area: AlertArea) -> ZoneInfo:
    """The time zone of the first drawn point; asked for every artefact, so that it looks no further."""
    return ZoneInfo(next(_zones(area), _ANY_ZONE))


def zones_of(area: AlertArea) -> tuple[ZoneInfo, ...]:
    """The time zones of every corner, and of the middle and the four ends of a circle; never empty."""
    return tuple(ZoneInfo(zone) for zone in dict.fromkeys(_zones(area)) or (_ANY_ZONE,))


def _zones(area: AlertArea) -> Iterator[str]:
    corners = (point for ring in area.polygons for point in ring)
    ends = (point for circle in area.circles for point in _ends(circle))
    for lat, lon in chain(corners, ends):
        zone = tzfpy.get_tz((lon + 180) % 360 - 180, lat)
        if zone.startswith(("America/", "Pacific/")):
            yield zone


def _ends(circle: Circle) -> tuple[tuple[float, float], ...]:
    lat, lon = circle.centre
    high = circle.radius_km / _KM_A_DEGREE
    wide = high / max(0.2, math.cos(math.radians(lat)))
    north, south = min(90.0, lat + high), max(-90.0, lat - high)
    return (lat, lon), (north, lon), (south, lon), (lat, lon + wide), (lat, lon - wide)

"""Local time of the place an alert is for: IPAWS takes no offset of zero."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
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
    """The time zone of the first drawn point."""
    return zones_of(area)[0]


def zones_of(area: AlertArea) -> tuple[ZoneInfo, ...]:
    """The time zones of every corner, and of the middle and the four ends of a circle; never empty."""
    points = [point for ring in area.polygons for point in ring]
    points += [point for circle in area.circles for point in _ends(circle)]
    named = (tzfpy.get_tz((lon + 180) % 360 - 180, lat) for lat, lon in points)
    ours = dict.fromkeys(zone for zone in named if zone.startswith(("America/", "Pacific/")))
    return tuple(ZoneInfo(zone) for zone in ours or (_ANY_ZONE,))


def _ends(circle: Circle) -> tuple[tuple[float, float], ...]:
    lat, lon = circle.centre
    high = circle.radius_km / _KM_A_DEGREE
    wide = high / max(0.2, math.cos(math.radians(lat)))
    north, south = min(90.0, lat + high), max(-90.0, lat - high)
    return (lat, lon), (north, lon), (south, lon), (lat, lon + wide), (lat, lon - wide)

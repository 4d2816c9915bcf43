"""Local time of the place an alert is for: IPAWS takes no offset of zero."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import tzfpy

from allhands.alerts.contracts import AlertArea

# Where an area without a drawn edge lies is not known here; the instant is right with any offset of the country.
_ANY_ZONE = "America/Chicago"


def in_place(instant: datetime, area: AlertArea) -> datetime:
    """The same instant with the offset of the area; one that carries an offset keeps it."""
    if instant.utcoffset() != timedelta(0):
        return instant
    return instant.astimezone(zone_of(area))


def zone_of(area: AlertArea) -> ZoneInfo:
    """The time zone of the first drawn point."""
    points = [ring[0] for ring in area.polygons if ring] + [circle.centre for circle in area.circles]
    for lat, lon in points:
        zone = tzfpy.get_tz(lon, lat)
        if zone.startswith(("America/", "Pacific/")):
            return ZoneInfo(zone)
    return ZoneInfo(_ANY_ZONE)

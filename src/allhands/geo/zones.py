"""Time zones and countries of a point, offline.

Zones: tzfpy (timezone-boundary-builder, simplified). Country of a zone: zone.tab of the IANA database (tzdata).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Final

import tzfpy

from allhands.geo.plane import Plane

# The United States and its territories, as ISO 3166 codes them.
UNITED_STATES: Final = frozenset({"US", "PR", "GU", "VI", "AS", "MP", "UM"})
AT_SEA: Final = ""
_ROUND: Final = ((0, 1), (1, 1), (1, 0), (1, -1), (0, -1), (-1, -1), (-1, 0), (-1, 1))


def zones_around(lat: float, lon: float, metres: float = 0) -> tuple[str, ...]:
    """Time zones at a point and, when metres are given, so far off in eight directions; IANA names, here first.

    Example:
        >>> zones_around(36.15, -109.55), zones_around(35.87, -110.6)
        (('America/Denver',), ('America/Phoenix',))
    """
    found = dict.fromkeys(tzfpy.get_tzs(lon, lat))
    for east, north in _ROUND if metres else ():
        found |= dict.fromkeys(tzfpy.get_tzs(*_moved(lat, lon, east * metres, north * metres)))
    on_land = tuple(zone for zone in found if not zone.startswith("Etc/"))
    return on_land or tuple(found)


def countries_around(lat: float, lon: float, metres: float = 0) -> tuple[str, ...]:
    """Countries of those zones as ISO 3166 letters; `US` for territories too; empty at sea."""
    codes = (_countries().get(zone, AT_SEA) for zone in zones_around(lat, lon, metres))
    named = ("US" if code in UNITED_STATES else code for code in codes)
    return tuple(dict.fromkeys(code for code in named if code))


def _moved(lat: float, lon: float, east_m: float, north_m: float) -> tuple[float, float]:
    east, north = Plane(lat=lat, lon=lon).metres_per_degree
    turned = (lon + east_m / max(east, 1.0) + 180) % 360 - 180
    return turned, max(-90.0, min(90.0, lat + north_m / north))


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    return {line[2]: line[0] for line in lines}

"""Tribal areas as the Census Bureau lists them: what each is called, what kind of area it is.

Not legal boundaries. Source and gaps: geo/data/SOURCES.md.
"""

from __future__ import annotations

import enum
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from allhands.geo.tables import DATA


class AreaKind(enum.Enum):
    """What the census calls an area. Only the first two are land that federal law names a reservation or trust land."""

    RESERVATION = "reservation"
    TRUST_LAND = "trust-land"
    STATISTICAL = "statistical"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class TribalArea:
    """One area of the list.

    Args:
        geoid: census code, four digits and R (reservation or statistical) or T (off-reservation trust land).
        name: as the census writes it, such as Turtle Mountain Reservation.
        has_shape: False in Alaska, where only a point inside is known.
        lat, lon: a point inside, degrees.
        land_km2: land without water.
    """

    geoid: str
    name: str
    kind: AreaKind
    has_shape: bool
    lat: float
    lon: float
    land_km2: float

    @property
    def code(self) -> str:
        """The four digits that a reservation and its trust land share."""
        return self.geoid[:4]

    @property
    def radius_m(self) -> float:
        """Of a circle as large as the area's land."""
        return math.sqrt(self.land_km2 / math.pi) * 1_000


def find_tribal_area(geoid: str) -> TribalArea | None:
    """The area of a code, or None when the list has none.

    Example:
        >>> find_tribal_area("4345R").name
        'Turtle Mountain Reservation'
    """
    return tribal_areas().get(geoid)


@lru_cache(maxsize=1)
def tribal_areas() -> Mapping[str, TribalArea]:
    """All areas by their code."""
    features = json.loads((DATA / "tribal-areas.geojson").read_text(encoding="utf-8"))["features"]
    return {one["properties"]["geoid"]: _area(one) for one in features}


def _area(feature: dict[str, dict[str, str]]) -> TribalArea:
    facts = feature["properties"]
    return TribalArea(
        geoid=facts["geoid"],
        name=facts["namelsad"],
        kind=_kind(facts),
        has_shape=feature["geometry"]["type"] != "Point",
        lat=float(facts["intptlat"]),
        lon=float(facts["intptlon"]),
        land_km2=float(facts["aland"]) / 1e6,
    )


def _kind(facts: Mapping[str, str]) -> AreaKind:
    words = facts["namelsad"].split()
    if any(word in words for word in ("ANVSA", "OTSA", "SDTSA", "TDSA")):
        return AreaKind.STATISTICAL
    if facts["aiannhr"] == "S":
        return AreaKind.STATE
    return AreaKind.TRUST_LAND if facts["comptyp"] == "T" else AreaKind.RESERVATION

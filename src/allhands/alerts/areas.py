"""Where an alert goes: what was chosen, as shapes and words, how many live there, and what lies just outside."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.alerts.contracts import AlertArea, Circle
from allhands.alerts.domain import Reach
from allhands.alerts.drafting import DraftArea
from allhands.geo.counties import find_county
from allhands.geo.states import STATE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An area with what can be said of it; None where nobody knows."""

    area: AlertArea
    km2: float | None
    people: int | None
    states: frozenset[str]


def resolve(chosen: DraftArea) -> Resolved:
    """The area that was chosen."""
    counties = [county for county in map(find_county, chosen.county_fips) if county]
    names = [f"{county.name}, {STATE_NAMES.get(county.state, county.state)}" for county in counties]
    words = "; ".join([*names, *chosen.nations])
    circles = (Circle(centre=chosen.centre, radius_km=chosen.radius_km),) if chosen.centre else ()
    area = AlertArea(
        words={"en": words, "es": words},
        county_fips=tuple(county.fips for county in counties),
        nations=chosen.nations,
        polygons=(chosen.polygon,) if chosen.polygon else (),
        circles=circles,
    )
    return Resolved(area=area, km2=None, people=None, states=frozenset(county.state for county in counties))


def reach_of(chosen: DraftArea, *, local_hour: int) -> Reach:
    """How far it would go, for the question whether to look twice."""
    found = resolve(chosen)
    return Reach(km2=found.km2, people=found.people, states=found.states, local_hour=local_hour)

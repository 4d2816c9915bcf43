"""Where an alert goes: what was chosen, as shapes and words, who lives there, and what lies just outside."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from allhands.alerts.contracts import AlertArea, AuthorityView, Circle, Language, LatLon
from allhands.alerts.domain import Reach
from allhands.alerts.drafting import DraftArea
from allhands.geo import area as ground
from allhands.geo.counties import County, find_county, list_counties
from allhands.geo.nations import find_nation
from allhands.geo.states import STATE_NAMES
from allhands.kernel.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """An area with what can be said of it; None where no map here can draw it.

    Args:
        area: as it leaves: within what phones and stations take.
        km2: of what was chosen.
        overshoot_km2, overshoot_m: ground that is told and was not chosen, and how far outside that reaches.
        people: living there by share of land; `people_most` in all counties it touches.
        without_shape: names of what was chosen and cannot be drawn.
        crosses: states, countries and reservations it lies across.
    """

    area: AlertArea
    km2: float | None
    people: int | None
    states: frozenset[str]
    overshoot_km2: float | None = None
    overshoot_m: float | None = None
    missed_km2: float | None = None
    line_error_m: int = 0
    people_least: int | None = None
    people_most: int | None = None
    people_as_of: str = ""
    without_shape: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    rings: tuple[tuple[LatLon, ...], ...] = ()


@lru_cache(maxsize=256)
def resolve(chosen: DraftArea) -> Resolved:
    """The area that was chosen, made ready to leave. The same choice is worked out once.

    Raises:
        geo.area.AreaRefused: what was drawn has no usable inside; `find_faults` says so before.
    """
    counties = [county for county in map(find_county, chosen.county_fips) if county]
    whole = _whole(chosen)
    circles = (Circle(centre=chosen.centre, radius_km=chosen.radius_km),) if chosen.centre else ()
    if whole is None or whole.is_empty:
        area = _alert_area(chosen, counties, (), circles)
        return Resolved(
            area=area,
            km2=None,
            people=None,
            states=frozenset(county.state for county in counties),
            without_shape=_names(whole.without_shape if whole else (), counties, chosen),
        )
    return _drawn(chosen, counties, whole, circles)


def _drawn(chosen: DraftArea, counties: list[County], whole: ground.Area, circles: tuple[Circle, ...]) -> Resolved:
    sent = ground.simplify(whole, ground.IPAWS)
    is_circle_alone = bool(circles) and not (chosen.county_fips or chosen.nations or chosen.polygon)
    rings = tuple(_lat_lon(ring) for ring in sent.rings)
    beyond, reaches, missed = sent.overshoot_km2, sent.overshoot_m, sent.missed_km2
    if is_circle_alone:  # it leaves as a circle; the corners are for the picture
        beyond, reaches, missed = 0.0, 0.0, 0.0
    people, lies = ground.reach(whole), ground.crossings(whole)
    named = {county.state for county in counties if county.invented}
    return Resolved(
        area=_alert_area(chosen, counties, () if is_circle_alone else rings, circles),
        km2=ground.area_km2(whole.shape),
        people=people.people,
        states=frozenset(lies.states) | named,
        overshoot_km2=beyond,
        overshoot_m=reaches,
        missed_km2=missed,
        line_error_m=sent.line_error_m,
        people_least=people.at_least,
        people_most=people.at_most,
        people_as_of=people.as_of,
        without_shape=_names(whole.without_shape, counties, chosen),
        countries=lies.countries,
        rings=rings,
    )


def find_faults(chosen: DraftArea) -> tuple[Finding, ...]:
    """What is wrong with what was drawn."""
    found: tuple[Finding, ...] = ()
    if chosen.polygon:
        found = ground.check_polygon([(lon, lat) for lat, lon in chosen.polygon], path="polygon")
    if chosen.centre:
        try:
            ground.circle(*chosen.centre, chosen.radius_km * 1_000)
        except ground.AreaRefused as refused:
            found = (*found, *refused.findings)
    return found


def reach_of(chosen: DraftArea, *, local_hour: int, own: DraftArea | None = None) -> Reach:
    """How far it would go, for the question whether to look twice.

    Args:
        own: the land of whoever sends it.
    """
    found = resolve(chosen)
    outside = outside_km2(chosen, own) if own is not None and not own.is_empty else None
    return Reach(km2=found.km2, people=found.people, states=found.states, local_hour=local_hour, outside_km2=outside)


def land_of(held: Iterable[AuthorityView], *, with_states: bool = True) -> DraftArea:
    """The land of these authorities; whole states only where their outline counts."""
    found = tuple(held)
    counties = [one.county_fips for one in found if one.county_fips]
    if with_states:
        whole = [one.state for one in found if one.state and not one.county_fips]
        counties += [county.fips for state in whole for county in list_counties(state)]
    return DraftArea(
        county_fips=tuple(dict.fromkeys(counties)),
        nations=tuple(dict.fromkeys(one.nation for one in found if one.nation)),
    )


def outside_km2(chosen: DraftArea, land: DraftArea) -> float | None:
    """How much of the area lies outside an authority's land; None when one of them cannot be drawn."""
    whole, own = _whole(chosen), _whole(land)
    if whole is None or own is None or whole.is_empty or own.is_empty:
        return None
    return ground.area_km2(ground.difference(whole, own).shape)


def _whole(chosen: DraftArea) -> ground.Area | None:
    parts: list[ground.Area] = []
    if chosen.county_fips:
        parts.append(ground.of_counties(*chosen.county_fips))
    parts.extend(ground.of_nation(nation) for nation in map(find_nation, chosen.nations) if nation)
    if chosen.polygon:
        parts.append(ground.polygon([(lon, lat) for lat, lon in chosen.polygon]))
    if chosen.centre:
        parts.append(ground.circle(*chosen.centre, chosen.radius_km * 1_000))
    return ground.union(parts) if parts else None


def _alert_area(
    chosen: DraftArea,
    counties: list[County],
    polygons: tuple[tuple[LatLon, ...], ...],
    circles: tuple[Circle, ...],
) -> AlertArea:
    return AlertArea(
        words={"en": _words(chosen, counties, "en"), "es": _words(chosen, counties, "es")},
        county_fips=tuple(county.fips for county in counties),
        nations=chosen.nations,
        polygons=polygons,
        circles=circles if not polygons else (),
    )


def _words(chosen: DraftArea, counties: list[County], lang: Language) -> str:
    parts = [f"{county.name}, {STATE_NAMES.get(county.state, county.state)}" for county in counties]
    for nation_id in chosen.nations:
        nation = find_nation(nation_id)
        parts.append((nation.es if lang == "es" else nation.en) if nation else nation_id)
    if chosen.centre:
        km = f"{chosen.radius_km:g} km"
        parts.append({"en": f"{km} around a chosen point", "es": f"{km} alrededor de un punto elegido"}[lang])
    if chosen.polygon:
        parts.append({"en": "an area drawn on the map", "es": "una zona dibujada en el mapa"}[lang])
    return "; ".join(parts)


def _names(codes: tuple[str, ...], counties: list[County], chosen: DraftArea) -> tuple[str, ...]:
    by_code = {county.fips: county.name for county in counties}
    lost = [one for one in chosen.nations if (nation := find_nation(one)) is None or not nation.areas]
    return (*(by_code.get(code, code) for code in codes), *lost)


def _lat_lon(ring: ground.Ring) -> tuple[LatLon, ...]:
    return tuple((lat, lon) for lon, lat in ring)

"""What the area page shows: the choices as lists, the reach as sentences, the shape as a picture beside them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from allhands.agencies.presenting import Reader
from allhands.alerts import areas, domain, queries, subscribers
from allhands.alerts.contracts import AlertView
from allhands.alerts.drafting import DraftArea
from allhands.geo import area as ground
from allhands.geo import outlines
from allhands.geo.counties import find_county, list_counties
from allhands.geo.nations import find_nation
from allhands.geo.states import STATE_NAMES
from allhands.kernel.findings import Finding, Level
from allhands.ui.components.area_preview.presenter import AreaPreview, number, present_area
from allhands.ui.components.error_summary.presenter import Problem

# Lines of two maps never lie exactly on each other.
_WHOLLY = 0.999


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One box to tick."""

    value: str
    label: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaMap:
    """What the map beside the lists is drawn from. The lists and fields are the control; the map writes into them.

    Args:
        states: whose counties and tribal areas it shows.
        leaves: outlines of what would leave as the choice stands on the page, as JSON; longitude first.
    """

    states: tuple[str, ...]
    leaves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPage:
    """The lists and the sentences.

    Args:
        outside: how much lies outside the land of all who were asked; empty when not known or nothing.
    """

    counties: tuple[Choice, ...]
    more_counties: tuple[Choice, ...]
    nations: tuple[Choice, ...]
    more_nations: tuple[Choice, ...]
    map: AreaMap
    preview: AreaPreview
    looks: tuple[str, ...]
    subscribers: int
    outside: str


def present(chosen: DraftArea, alert: AlertView, reader: Reader, zone: ZoneInfo) -> AreaPage:
    """Everything the page shows of a choice."""
    found = areas.resolve(chosen)
    land, whole = _land(alert, with_states=False), _land(alert, with_states=True)
    near = _near(land, chosen)
    nations = _near_nations(land, chosen)
    states = _states(near, nations)
    reach = areas.reach_of(chosen, local_hour=reader.now.astimezone(zone).hour)
    outside = areas.outside_km2(chosen, whole) if not whole.is_empty else None
    return AreaPage(
        counties=tuple(_county(fips, chosen) for fips in near),
        more_counties=tuple(_county(fips, chosen) for fips in _counties_of(states) if fips not in near),
        nations=tuple(_nation(one, chosen, reader) for one in nations),
        more_nations=tuple(_nation(one, chosen, reader) for one in _nations_of(states) if one not in nations),
        map=AreaMap(
            states=tuple(state for state in states if state in outlines.state_shapes()),
            leaves=json.dumps([[(lon, lat) for lat, lon in ring] for ring in found.rings]),
        ),
        preview=preview_of(found, reach, reader),
        looks=domain.second_looks(reach) if not chosen.is_empty else (),
        subscribers=subscribers.count_inside(found.area) if not chosen.is_empty else 0,
        outside=number(outside, reader.lang) if outside and outside > domain.LEAST_OUTSIDE_KM2 else "",
    )


def preview_of(found: areas.Resolved, reach: domain.Reach, reader: Reader) -> AreaPreview:
    """The area as picture and sentence."""
    looks = domain.second_looks(reach)
    return present_area(
        rings=found.rings,
        words=found.area.words.get(reader.lang, found.area.words["en"]),
        km2=found.km2,
        overshoot=(found.overshoot_km2, found.overshoot_m) if found.overshoot_km2 is not None else None,
        people=(found.people, found.people_most, found.people_as_of),
        crossings=tuple(STATE_NAMES.get(one, one) for one in sorted(found.states)) if len(found.states) > 1 else (),
        unknown=tuple(_called(one, reader) for one in found.without_shape),
        is_large="large" in looks,
        is_night="night" in looks,
        lang=reader.lang,
    )


def _called(lost: str, reader: Reader) -> str:
    """A county stands there by its name already, a nation by its key."""
    nation = find_nation(lost)
    return (nation.es if reader.lang == "es" else nation.en) if nation else lost


def tools() -> tuple[tuple[str, str], ...]:
    """What a press on the map may do."""
    return (
        ("county", _("Choose counties")),
        ("tribal", _("Choose the land of nations")),
        ("circle", _("Set the middle of a circle")),
        ("corners", _("Draw corner by corner")),
    )


def find_faults(chosen: DraftArea, alert: AlertView) -> list[Problem]:
    """What is wrong with what was drawn or chosen, as the form shows it."""
    faults = [
        Problem(words=_fault_words(one), field_id="polygon" if one.path == "polygon" else "radius_km")
        for one in areas.find_faults(chosen)
        if one.level is Level.ERROR
    ]
    if faults or chosen.is_empty:
        return faults
    outside, whole = areas.outside_km2(chosen, _land(alert, with_states=True)), areas.resolve(chosen).km2
    if outside is not None and whole is not None and outside >= whole * _WHOLLY:
        words = _("All of this area lies outside the land of the authority. Choose another, or ask who answers there.")
        return [Problem(words=words, field_id="county_fips")]
    return []


def _fault_words(one: Finding) -> str:
    """What is wrong with a drawing, in the reader's language."""
    near = re.search(r"near (-?[\d.]+, -?[\d.]+)\.", one.message)
    match one.code:
        case "area.too-few-points":
            return _("An area needs at least three corners. Add more, or draw a circle.")
        case "area.self-crossing" if near:
            words = _("The line of this area crosses itself near %(place)s. Move a corner so that it goes round once.")
            return words % {"place": near[1]}
        case "area.self-crossing":
            return _("The line of this area crosses itself. Move a corner so that it goes round once.")
        case "area.too-small":
            return _("This area is smaller than a city block. Draw it larger, or choose a circle or a county.")
        case "area.off-globe":
            return _(
                "A corner lies off the globe: latitude up to 90, longitude up to 180 degrees. Are they turned round?"
            )
    return one.message


def _land(alert: AlertView, *, with_states: bool) -> DraftArea:
    """The land of the authorities that were asked; whole states only where their outline counts."""
    return areas.land_of(queries.authorities_of(alert.request.authority_ids), with_states=with_states)


def _near(land: DraftArea, chosen: DraftArea) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*chosen.county_fips, *land.county_fips]))


def _states(counties: Iterable[str], nations: Iterable[str]) -> tuple[str, ...]:
    """The states of these counties and nations."""
    known = [county.state for county in map(find_county, counties) if county]
    with_land = [nation for nation in map(find_nation, nations) if nation and nation.areas]
    crossed = [state for nation in with_land for state in ground.crossings(ground.of_nation(nation)).states]
    return tuple(dict.fromkeys([*known, *crossed]))


def _counties_of(states: Iterable[str]) -> tuple[str, ...]:
    invented = settings.ALLHANDS_WORLD == "demo"
    return tuple(county.fips for state in states for county in list_counties(state, with_invented=invented))


def _near_nations(land: DraftArea, chosen: DraftArea) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*chosen.nations, *land.nations]))


def _nations_of(states: Iterable[str]) -> tuple[str, ...]:
    drawn = [state for state in states if state in outlines.state_shapes()]
    return tuple(dict.fromkeys(one.id for state in drawn for one in outlines.nations_in(state)))


def _county(fips: str, chosen: DraftArea) -> Choice:
    county = find_county(fips)
    name = f"{county.name}, {county.state}" if county else fips
    return Choice(value=fips, label=name, checked=fips in chosen.county_fips)


def _nation(nation_id: str, chosen: DraftArea, reader: Reader) -> Choice:
    nation = find_nation(nation_id)
    label = (nation.es if reader.lang == "es" else nation.en) if nation else nation_id
    return Choice(value=nation_id, label=label, checked=nation_id in chosen.nations)

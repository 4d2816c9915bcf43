"""The numbers of agencies that serve a place, from their own record: all of them, never one guess."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from allhands.agencies import api as agencies
from allhands.agencies.contracts import AgencyView, HoursView, RouteKind, RoutePurpose, RouteView
from allhands.directory import lines, words
from allhands.directory.contracts import Call, Where
from allhands.kernel.actors import AgencyKind
from allhands.law import Text

POLICE = (AgencyKind.LAW_ENFORCEMENT, AgencyKind.TRIBAL_POLICE)
CARE = (AgencyKind.CHILD_WELFARE,)
# What a stranger may be given, the best first; notices and after-hours lines between agencies are not for the public.
_FOR_ANYONE = (RoutePurpose.REPORT, RoutePurpose.ANY)
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun.", "mar.", "mié.", "jue.", "vie.", "sáb.", "dom."),
}


def numbers_for(
    places: Iterable[Where],
    kinds: Iterable[AgencyKind],
    now: datetime,
    *,
    code: str,
    for_staff: bool = False,
    nationwide: bool = True,
) -> tuple[Call, ...]:
    """The phone numbers of every agency of these kinds that serves one of the places, nearest first, each once.

    Args:
        code: what the numbers are for, such as `police`.
        for_staff: also numbers that nobody has verified for half a year; strangers are not given those.
    """
    kinds = tuple(kinds)
    found: dict[str, Call] = {}
    for place in places:
        for agency in agencies.agencies_serving(place.state, place.county_fips, place.nation, kinds):
            if agency.is_nationwide and not nationwide:
                continue
            for route in _phones(agency):
                if for_staff or lines.may_be_shown(route.verified_on, now.date()):
                    found.setdefault(route.address, _call(agency, route, now, code))
                    break
    return tuple(found.values())


def _phones(agency: AgencyView) -> list[RouteView]:
    phones = [route for route in agencies.routes(agency.id, RouteKind.PHONE) if route.purpose in _FOR_ANYONE]
    return sorted(phones, key=lambda route: _FOR_ANYONE.index(route.purpose))


def _call(agency: AgencyView, route: RouteView, now: datetime, code: str) -> Call:
    today: date = now.date()
    return Call(
        code=code,
        name=Text(en=agency.name, es=agency.name),
        shown=route.address.removeprefix("+1 "),
        tel="".join(sign for sign in route.address if sign.isdigit() or sign == "+"),
        hours=_hours(route),
        is_open=agencies.is_answered(route, time_zone=agency.time_zone, at=now),
        what=_area(agency),
        tells=None,
        state=lines.state_of(route.verified_on, today),
        verified_on=route.verified_on,
        origin=words.FROM_AGENCY,
        is_fictional=agency.is_fictional,
    )


def _area(agency: AgencyView) -> Text | None:
    parts = ", ".join(dict.fromkeys(area.part for area in agency.areas if area.part))
    return Text(en=parts, es=parts) if parts else None


def _hours(route: RouteView) -> Text:
    if route.is_always_open:
        return lines.DAY_AND_NIGHT
    if not route.hours:
        return lines.HOURS_UNKNOWN
    return Text(en="; ".join(_spans(route.hours, "en", "to")), es="; ".join(_spans(route.hours, "es", "a")))


def _spans(hours: Iterable[HoursView], lang: str, to: str) -> Iterator[str]:
    """Weekdays in a row with the same hours as one: "Mon to Fri 08:00 to 17:00"."""
    rows = sorted(hours, key=lambda one: (one.opens, one.closes, one.weekday))
    while rows:
        first = rows.pop(0)
        last = first.weekday
        while rows and (rows[0].opens, rows[0].closes, rows[0].weekday) == (first.opens, first.closes, last + 1):
            last = rows.pop(0).weekday
        days = _WEEKDAYS[lang][first.weekday]
        if last != first.weekday:
            days = f"{days} {to} {_WEEKDAYS[lang][last]}"
        yield f"{days} {first.opens:%H:%M} {to} {first.closes:%H:%M}"


def nations_served() -> frozenset[str]:
    """Codes of the nations that an agency on record here serves."""
    return frozenset(area.nation for agency in agencies.list_agencies() for area in agency.areas if area.nation)

"""Which agency a rule means, how near an agency is to a place, when a route is answered, which hats hold."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from allhands.agencies.contracts import AreaView, RouteView
from allhands.kernel.actors import AgencyKind, Role


class Reach(enum.IntEnum):
    """How closely an agency's area fits a place; the smaller the nearer."""

    COUNTY = 0
    PART_OF_COUNTY = 1
    NATION = 2
    STATE = 3
    NATIONWIDE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientRule:
    """Which agency stands for an actor or recipient code of a rule.

    Args:
        kinds: in order of preference.
        reaches: areas that may answer for the place.
        with_role: the agency must have somebody in this role now; None when any will do.
        only_if_one: several equally near agencies mean that nobody has told us which.
    """

    kinds: tuple[AgencyKind, ...]
    reaches: frozenset[Reach]
    with_role: Role | None = None
    only_if_one: bool = False


_LOCAL: Final = frozenset({Reach.COUNTY, Reach.PART_OF_COUNTY, Reach.NATION, Reach.STATE})
_OF_A_NATION: Final = frozenset({Reach.NATION})

# Codes of the rule packs. A code that is not here (parents, ncic, fbi, ...) is no agency of this installation.
# A victim advocate and a children's law office are both ADVOCATE: only the one with an attorney gets court notices.
RECIPIENTS: Final[Mapping[str, RecipientRule]] = {
    "child_welfare_agency": RecipientRule(kinds=(AgencyKind.CHILD_WELFARE,), reaches=_LOCAL),
    "law_enforcement": RecipientRule(kinds=(AgencyKind.LAW_ENFORCEMENT, AgencyKind.TRIBAL_POLICE), reaches=_LOCAL),
    "tribal_police": RecipientRule(kinds=(AgencyKind.TRIBAL_POLICE,), reaches=_OF_A_NATION),
    "tribal_government": RecipientRule(kinds=(AgencyKind.TRIBAL_GOVERNMENT,), reaches=_OF_A_NATION),
    "tribal_icwa_agent": RecipientRule(kinds=(AgencyKind.TRIBAL_GOVERNMENT,), reaches=_OF_A_NATION),
    "ncmec": RecipientRule(kinds=(AgencyKind.CLEARINGHOUSE,), reaches=frozenset({Reach.NATIONWIDE})),
    "state_clearinghouse": RecipientRule(kinds=(AgencyKind.CLEARINGHOUSE,), reaches=frozenset({Reach.STATE})),
    "court": RecipientRule(kinds=(AgencyKind.COURT,), reaches=_LOCAL),
    "childs_attorney": RecipientRule(
        kinds=(AgencyKind.ADVOCATE, AgencyKind.COURT), reaches=_LOCAL, with_role=Role.ATTORNEY
    ),
    "guardian_ad_litem": RecipientRule(
        kinds=(AgencyKind.ADVOCATE, AgencyKind.COURT), reaches=_LOCAL, with_role=Role.ATTORNEY
    ),
    "school": RecipientRule(kinds=(AgencyKind.SCHOOL,), reaches=_LOCAL, only_if_one=True),
    "shelter": RecipientRule(kinds=(AgencyKind.SHELTER,), reaches=_LOCAL, only_if_one=True),
    "state_child_abuse_line": RecipientRule(kinds=(AgencyKind.CHILD_WELFARE,), reaches=_LOCAL),
}

# Kinds that may take a child on as owner of the response.
OWNING_KINDS: Final = frozenset(
    {
        AgencyKind.CHILD_WELFARE,
        AgencyKind.LAW_ENFORCEMENT,
        AgencyKind.TRIBAL_POLICE,
        AgencyKind.TRIBAL_GOVERNMENT,
    }
)


def nearest_reach(
    areas: Iterable[AreaView], *, is_nationwide: bool, state: str, county_fips: str, nation: str
) -> Reach | None:
    """The closest fit of an agency's areas to a place; None when it does not serve the place.

    Args:
        state, county_fips, nation: of the place; empty where not known.
    """
    fits = [fit for area in areas if (fit := _area_reach(area, state, county_fips, nation)) is not None]
    if is_nationwide:
        fits.append(Reach.NATIONWIDE)
    return min(fits, default=None)


def _area_reach(area: AreaView, state: str, county_fips: str, nation: str) -> Reach | None:
    if area.nation:
        return Reach.NATION if area.nation == nation else None
    if area.county_fips:
        if area.county_fips != county_fips:
            return None
        return Reach.PART_OF_COUNTY if area.part else Reach.COUNTY
    return Reach.STATE if area.state == state else None


def is_current(starts_on: date, ends_on: date | None, day: date) -> bool:
    """Whether a period holds on a day; its end is the first day it no longer does."""
    return starts_on <= day and (ends_on is None or day < ends_on)


def is_answered(route: RouteView, *, time_zone: str, at: datetime) -> bool | None:
    """Whether somebody answers this route at this instant; None when nobody has told us its hours.

    Args:
        time_zone: IANA name of the agency's zone, in which the hours are meant.
        at: aware instant.
    """
    if route.is_always_open:
        return True
    if not route.hours:
        return None
    local = at.astimezone(ZoneInfo(time_zone))
    return any(hours.weekday == local.weekday() and hours.opens <= local.time() < hours.closes for hours in route.hours)

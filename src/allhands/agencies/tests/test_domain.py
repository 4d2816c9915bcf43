"""Reach, hours and periods: tables, no database."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from allhands.agencies.contracts import AreaView, HoursView, RouteKind, RoutePurpose, RouteView
from allhands.agencies.domain import RECIPIENTS, Reach, is_answered, is_current, nearest_reach
from allhands.kernel.ids import AgencyId

COUNTY = AreaView(state="ND", county_fips="38990", part="", nation="")
CITY = AreaView(state="ND", county_fips="38990", part="City of Harwell", nation="")
NATION = AreaView(state="", county_fips="", part="", nation="sample")
STATE = AreaView(state="ND", county_fips="", part="", nation="")


@pytest.mark.parametrize(
    ("areas", "is_nationwide", "reach"),
    [
        pytest.param([COUNTY], False, Reach.COUNTY, id="county"),
        pytest.param([CITY], False, Reach.PART_OF_COUNTY, id="part of the county"),
        pytest.param([CITY, COUNTY], False, Reach.COUNTY, id="the closest of two"),
        pytest.param([NATION], False, Reach.NATION, id="nation"),
        pytest.param([STATE], False, Reach.STATE, id="state"),
        pytest.param([], True, Reach.NATIONWIDE, id="whole country"),
        pytest.param([AreaView(state="ND", county_fips="38991", part="", nation="")], False, None, id="next county"),
        pytest.param([AreaView(state="MN", county_fips="", part="", nation="")], False, None, id="next state"),
    ],
)
def test_nearest_reach_of_a_place(areas: list[AreaView], is_nationwide: bool, reach: Reach | None) -> None:
    found = nearest_reach(areas, is_nationwide=is_nationwide, state="ND", county_fips="38990", nation="sample")
    assert found == reach


def test_nearest_reach_of_an_unknown_place_is_the_whole_country_at_most() -> None:
    assert nearest_reach([COUNTY, NATION, STATE], is_nationwide=False, state="", county_fips="", nation="") is None
    assert nearest_reach([], is_nationwide=True, state="", county_fips="", nation="") is Reach.NATIONWIDE


def route(*, is_always_open: bool = False, hours: tuple[HoursView, ...] = ()) -> RouteView:
    return RouteView(
        id="r",
        agency_id=AgencyId("a"),
        kind=RouteKind.PHONE,
        address="+1 701 555 0100",
        purpose=RoutePurpose.ANY,
        is_always_open=is_always_open,
        hours=hours,
        verified_on=None,
    )


MONDAY = HoursView(weekday=0, opens=time(8), closes=time(17))


@pytest.mark.parametrize(
    ("at", "answered"),
    [
        pytest.param(datetime(2026, 11, 23, 14, 0, tzinfo=UTC), True, id="Monday 08:00 in Chicago"),
        pytest.param(datetime(2026, 11, 23, 13, 59, tzinfo=UTC), False, id="a minute before"),
        pytest.param(datetime(2026, 11, 23, 23, 0, tzinfo=UTC), False, id="17:00 is closed"),
        pytest.param(datetime(2026, 11, 24, 14, 0, tzinfo=UTC), False, id="Tuesday"),
        pytest.param(datetime(2026, 7, 6, 13, 0, tzinfo=UTC), True, id="Monday 08:00 in summer time"),
    ],
)
def test_is_answered_by_the_agency_own_clock(at: datetime, answered: bool) -> None:
    assert is_answered(route(hours=(MONDAY,)), time_zone="America/Chicago", at=at) is answered


def test_is_answered_day_and_night() -> None:
    assert is_answered(route(is_always_open=True), time_zone="America/Chicago", at=datetime(2026, 1, 1, tzinfo=UTC))


def test_is_answered_is_unknown_while_nobody_has_told_us() -> None:
    assert is_answered(route(), time_zone="America/Chicago", at=datetime(2026, 1, 1, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("ends_on", "day", "current"),
    [
        pytest.param(None, date(2026, 1, 1), True, id="first day"),
        pytest.param(None, date(2025, 12, 31), False, id="day before"),
        pytest.param(date(2026, 2, 1), date(2026, 1, 31), True, id="last day"),
        pytest.param(date(2026, 2, 1), date(2026, 2, 1), False, id="first day after"),
        pytest.param(date(2026, 1, 1), date(2026, 1, 1), False, id="ended before it began"),
    ],
)
def test_is_current_ends_exclusively(ends_on: date | None, day: date, current: bool) -> None:
    assert is_current(date(2026, 1, 1), ends_on, day) is current


def test_recipients_name_no_system_that_is_not_an_agency() -> None:
    assert not {"parents", "caregiver", "ncic", "namus", "everyone", "caretaker_responsible"} & set(RECIPIENTS)

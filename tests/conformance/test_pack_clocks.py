"""Every clock of every pack through clock changes, a leap day and month ends, in the zones that matter.

Made from the rules: each distinct limit is tried from each start in each zone, against arithmetic that shares no code
with the engine but the list of holidays (law/tests/test_clocks.py). On the line between Navajo (which changes its
clocks), Hopi and Arizona (which do not) the same day ends at different instants; and the days of each pack begin where
its land is.
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import shapely

from allhands.geo import crosswalk, locate
from allhands.geo.counties import find_county
from allhands.geo.crosswalk import Vintage
from allhands.geo.layers import county_layer
from allhands.geo.nations import find_nation
from allhands.geo.zones import zones_around
from allhands.law import Clock, Facts, FactValue, Library, Place, assess, load_library
from allhands.law.clocks import due_at
from allhands.law.holidays import is_working_day
from allhands.law.rules import DutyTerms

PACKS = Path(__file__).parents[2] / "packs"
NAVAJO, ARIZONA = ZoneInfo("America/Denver"), ZoneInfo("America/Phoenix")  # Hopi keeps Arizona's time
ZONES = (NAVAJO, ARIZONA, ZoneInfo("America/New_York"), ZoneInfo("America/Anchorage"), ZoneInfo("Pacific/Honolulu"))
STARTS = (
    "2026-03-07T20:15", "2026-03-08T01:30", "2026-10-31T20:15", "2026-11-01T00:30",  # clock changes
    "2028-02-28T09:00", "2028-02-29T09:00", "2026-01-31T23:59", "2026-12-31T23:00",  # leap day, month and year ends
    "2026-11-25T16:00", "2026-07-02T08:00", "2026-11-28T12:00",  # holidays, a Saturday
)  # fmt: skip


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(PACKS)


@pytest.fixture(scope="module")
def clocks(library: Library) -> dict[tuple[object, ...], Clock]:
    """One clock for each limit that any pack sets."""
    found = {}
    for rule in library.rules.values():
        if isinstance(rule.terms, DutyTerms):
            one = rule.terms.clock
            found[_limit(one)] = one
    return found


def _limit(clock: Clock) -> tuple[object, ...]:
    return clock.hours, clock.days, clock.months, clock.business_days, clock.immediate, clock.repeat_every_days


def by_hand(clock: Clock, start: datetime, zone: ZoneInfo) -> datetime | None:
    """The deadline, counted another way: hour by hour in UTC, day by day on the calendar."""
    if clock.hours is not None:
        return datetime.fromtimestamp(start.timestamp() + float(clock.hours) * 3600, UTC)
    local = start.astimezone(zone)
    if clock.business_days is not None:
        day, left = local.date(), clock.business_days
        while left:
            day = day + timedelta(days=1)
            left -= 1 if is_working_day(day) else 0
        return datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=zone).astimezone(UTC)
    day = local.date()
    if clock.months is not None:
        for _ in range(clock.months):
            day = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        day = day.replace(day=min(local.day, calendar.monthrange(day.year, day.month)[1]))
    elif clock.days is not None or (clock.repeat_every_days is not None and not clock.immediate):
        day = day + timedelta(days=clock.days or clock.repeat_every_days or 0)
    else:
        return start if clock.immediate else None
    return datetime.combine(day, local.time(), zone).astimezone(UTC)


@pytest.mark.parametrize("zone", ZONES, ids=lambda zone: zone.key)
def test_every_clock_of_every_pack(zone: ZoneInfo, clocks: dict[tuple[object, ...], Clock]) -> None:
    assert len(clocks) >= 20
    for clock in clocks.values():
        for text in STARTS:
            start = datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)
            assert due_at(clock, start, zone) == by_hand(clock, start, zone), (_limit(clock), text)


def test_the_line_between_navajo_and_arizona(clocks: dict[tuple[object, ...], Clock]) -> None:
    """In summer a day on the Navajo Nation ends an hour before the same day in Arizona and on Hopi; hours are hours."""
    summer = datetime(2026, 7, 7, 18, tzinfo=UTC)
    winter = datetime(2026, 12, 8, 18, tzinfo=UTC)
    by_day = [clock for clock in clocks.values() if clock.business_days]
    by_hour = [clock for clock in clocks.values() if clock.hours]
    assert by_day
    assert by_hour
    for clock in by_day:
        here, there = due_at(clock, summer, NAVAJO), due_at(clock, summer, ARIZONA)
        assert here is not None
        assert there is not None
        assert there - here == timedelta(hours=1)
        assert due_at(clock, winter, NAVAJO) == due_at(clock, winter, ARIZONA)
    for clock in by_hour:
        assert due_at(clock, summer, NAVAJO) == due_at(clock, summer, ARIZONA)


def same_hours(one: str, other: str) -> bool:
    """Whether two zones keep the same time, in winter and in summer."""
    days = (datetime(2026, 1, 15, 12, tzinfo=UTC), datetime(2026, 7, 15, 12, tzinfo=UTC))
    return all(day.astimezone(ZoneInfo(one)).utcoffset() == day.astimezone(ZoneInfo(other)).utcoffset() for day in days)


def zones_of_states() -> dict[str, Counter[str]]:
    """The zones of a state's counties, each at a point inside it; by the state's letters."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    layer = county_layer()
    for code, shape in zip(layer.codes, layer.geometries, strict=True):
        for house in crosswalk.to(Vintage.HOUSE, code).codes:
            county = find_county(house)
            assert county is not None, code
            lon, lat = shapely.get_coordinates(shapely.point_on_surface(shape))[0]
            found[county.state].update(zones_around(float(lat), float(lon))[:1])
    return found


def test_the_days_of_a_state_begin_where_most_of_its_counties_are(library: Library) -> None:
    zones = zones_of_states()
    wrong = []
    for pack in library.packs:
        if pack.id.startswith(("us.states.", "us.territories.")):
            most = zones[pack.jurisdiction.removeprefix("US-")].most_common(1)[0][0]
            if pack.zone is None or not same_hours(pack.zone, most):
                wrong.append((pack.id, pack.zone, most))
    assert not wrong


def test_the_days_of_a_nation_begin_where_its_land_is(library: Library) -> None:
    wrong = []
    for pack in library.packs:
        nation = find_nation(pack.id.removeprefix("tribes."))
        if pack.kind == "tribe" and "live" in pack.worlds:
            assert nation is not None, pack.id
            zones = locate.by_nation(nation).time_zones
            if pack.zone is None or not any(same_hours(pack.zone, zone) for zone in zones):
                wrong.append((pack.id, pack.zone, zones))
    assert not wrong


def test_navajo_changes_its_clocks_and_arizona_does_not(library: Library) -> None:
    assert (library.pack("tribes.navajo").zone, library.pack("us.states.az").zone) == (NAVAJO.key, ARIZONA.key)
    assert not same_hours(NAVAJO.key, ARIZONA.key)


@pytest.mark.parametrize(
    ("seen", "zone"),
    [
        (Place(state="AZ", nation="navajo"), NAVAJO),
        (Place(state="AZ"), ARIZONA),
        (Place(state="AZ", nation="hopi"), ARIZONA),
        (Place(nation="navajo"), NAVAJO),
        (Place(state="NM"), NAVAJO),
    ],
    ids=["on Navajo land", "in Arizona", "on Hopi land", "Navajo, state not known", "in New Mexico"],
)
def test_federal_times_are_told_where_the_child_was_last_seen(library: Library, seen: Place, zone: ZoneInfo) -> None:
    """Whatever other law speaks too: the home of this child is in Arizona, and it belongs to the Navajo Nation."""
    summer = datetime(2026, 7, 7, 18, tzinfo=UTC)
    known: dict[str, FactValue] = {
        "child.age_years": 15, "child.in_foster_care": True, "child.whereabouts_known": False,
        "child.tribal_affiliation": ("navajo",), "place.last_seen": seen, "place.residence": Place(state="AZ"),
        "time.agency_informed_at": summer, "time.police_report_received_at": summer,
    }  # fmt: skip
    made = assess(Facts.of(known), library, as_of=summer)
    federal = [duty for duty in made.duties if duty.pack_id == "us.federal"]
    due = [(duty, duty.due_at) for duty in federal if duty.due_at is not None]
    assert due
    for duty, at in due:
        assert at == due_at(duty.clock, summer, zone)
        assert f"{at.astimezone(zone):%H:%M %Z}" in duty.due_words.en

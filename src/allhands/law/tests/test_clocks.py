"""When duties are due: through clock changes, leap days, month ends, week ends and holidays."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.law import Clock, Text
from allhands.law.clocks import due_at, due_words, limit_words
from allhands.law.holidays import federal_holidays, is_working_day

CHICAGO, PHOENIX = ZoneInfo("America/Chicago"), ZoneInfo("America/Phoenix")
NONE = Text("", "")
PLAIN = Clock(starts_fact="", starts_when=NONE, limit_words=NONE, immediate=False, policy=False)


def clock(
    hours: float | None = None,
    days: int | None = None,
    months: int | None = None,
    business_days: int | None = None,
    repeat: int | None = None,
    *,
    immediate: bool = False,
) -> Clock:
    return Clock(
        starts_fact="",
        starts_when=Text("it is told", "se avisa"),
        limit_words=Text("within a time", "en un plazo"),
        immediate=immediate,
        policy=False,
        hours=hours,
        days=days,
        months=months,
        business_days=business_days,
        repeat_every_days=repeat,
    )


@pytest.mark.parametrize(
    ("limit", "starts", "due"),
    [
        pytest.param(clock(hours=24), "2026-03-08T00:00-06:00", "2026-03-09T01:00-05:00", id="24 hours over spring"),
        pytest.param(clock(hours=24), "2026-11-01T00:00-05:00", "2026-11-01T23:00-06:00", id="24 hours over autumn"),
        pytest.param(clock(hours=0), "2026-03-08T00:00-06:00", "2026-03-08T00:00-06:00", id="at once"),
        pytest.param(clock(hours=1.5), "2026-03-07T12:00-06:00", "2026-03-07T13:30-06:00", id="half hours"),
        pytest.param(clock(days=1), "2026-03-07T12:00-06:00", "2026-03-08T12:00-05:00", id="day over spring"),
        pytest.param(clock(days=1), "2026-10-31T12:00-05:00", "2026-11-01T12:00-06:00", id="day over autumn"),
        pytest.param(clock(days=1), "2026-03-07T02:30-06:00", "2026-03-08T03:30-05:00", id="hour that is skipped"),
        pytest.param(clock(days=1), "2028-02-28T09:00-06:00", "2028-02-29T09:00-06:00", id="leap day"),
        pytest.param(clock(days=30), "2026-01-31T09:00-06:00", "2026-03-02T09:00-06:00", id="thirty days"),
        pytest.param(clock(months=1), "2026-01-31T09:00-06:00", "2026-02-28T09:00-06:00", id="month end"),
        pytest.param(clock(months=1), "2028-01-31T09:00-06:00", "2028-02-29T09:00-06:00", id="month end, leap year"),
        pytest.param(clock(months=12), "2026-12-31T09:00-06:00", "2027-12-31T09:00-06:00", id="year end"),
        pytest.param(clock(business_days=1), "2026-11-20T09:00-06:00", "2026-11-23T23:59:59-06:00", id="week end"),
        pytest.param(clock(business_days=1), "2026-11-21T09:00-06:00", "2026-11-23T23:59:59-06:00", id="on Saturday"),
        pytest.param(clock(business_days=2), "2026-11-25T09:00-06:00", "2026-11-30T23:59:59-06:00", id="Thanksgiving"),
        pytest.param(clock(business_days=1), "2026-07-02T09:00-05:00", "2026-07-06T23:59:59-05:00", id="observed"),
        pytest.param(clock(business_days=1), "2026-11-23T23:30-06:00", "2026-11-24T23:59:59-06:00", id="late evening"),
        pytest.param(clock(immediate=True), "2026-11-23T23:30-06:00", "2026-11-23T23:30-06:00", id="immediately"),
        pytest.param(clock(repeat=7), "2026-11-23T12:00-06:00", "2026-11-30T12:00-06:00", id="weekly"),
    ],
)
def test_due_in_chicago(limit: Clock, starts: str, due: str) -> None:
    starts_at = datetime.fromisoformat(starts).astimezone(UTC)
    assert due_at(limit, starts_at, CHICAGO) == datetime.fromisoformat(due)


def test_no_limit_is_never_due() -> None:
    assert due_at(clock(), datetime(2026, 1, 1, tzinfo=UTC), CHICAGO) is None


def test_days_follow_the_zone() -> None:
    starts_at = datetime(2026, 3, 7, 18, tzinfo=UTC)
    assert due_at(clock(days=1), starts_at, PHOENIX) == datetime(2026, 3, 8, 18, tzinfo=UTC)


@given(st.timedeltas(timedelta(0), timedelta(days=20_000)), st.integers(1, 90))
def test_more_time_is_never_due_sooner(since_2000: timedelta, number: int) -> None:
    starts_at = datetime(2000, 1, 1, tzinfo=UTC) + since_2000
    for shorter, longer in (
        (clock(hours=number), clock(hours=number + 1)),
        (clock(days=number), clock(days=number + 1)),
        (clock(months=number), clock(months=number + 1)),
        (clock(business_days=number), clock(business_days=number + 1)),
    ):
        early, late = due_at(shorter, starts_at, CHICAGO), due_at(longer, starts_at, CHICAGO)
        assert early is not None and late is not None and starts_at <= early < late  # noqa: PT018


def test_holidays_of_2026() -> None:
    observed = "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25"
    assert sorted(f"{day:%m-%d}" for day in federal_holidays(2026)) == observed.split()


def test_new_year_on_saturday_is_observed_the_year_before() -> None:
    assert not is_working_day(date(2021, 12, 31))


def test_juneteenth_is_no_holiday_before_2021() -> None:
    assert is_working_day(date(2019, 6, 19))


def test_due_words_carry_start_zone_and_warning() -> None:
    due = datetime(2026, 11, 25, 1, tzinfo=UTC)
    words = due_words(limit_words(clock(hours=24)), due, CHICAGO, policy=False, never_a_wait=True)
    assert words.en.startswith("Within a time. Counted from: It is told. Due 2026-11-24 19:00 CST.")
    assert "never a time to wait" in words.en
    assert "Vence 2026-11-24 19:00 CST." in words.es

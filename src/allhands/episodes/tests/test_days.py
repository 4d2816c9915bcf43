"""Days and times as people say them: read when there is one meaning, asked back when there are two."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.episodes.intake import days
from allhands.episodes.intake.days import UnreadableError

TODAY = date(2026, 11, 24)  # a Tuesday
CENTRAL = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("text", "lang", "day"),
    [
        ("today", "en", date(2026, 11, 24)),
        ("Hoy", "es", date(2026, 11, 24)),
        ("yesterday", "en", date(2026, 11, 23)),
        ("AYER", "es", date(2026, 11, 23)),
        ("anteayer", "es", date(2026, 11, 22)),
        ("Monday", "en", date(2026, 11, 23)),
        ("wed", "en", date(2026, 11, 18)),
        ("miércoles", "es", date(2026, 11, 18)),
        ("sáb", "es", date(2026, 11, 21)),
        ("Tuesday", "en", date(2026, 11, 24)),
        ("11/23", "en", date(2026, 11, 23)),
        ("11-23-26", "en", date(2026, 11, 23)),
        ("11/23/2026", "en", date(2026, 11, 23)),
        ("11/30", "en", date(2025, 11, 30)),
        ("23/11", "es", date(2026, 11, 23)),
        ("5/5", "es", date(2026, 5, 5)),
        ("Nov 23", "en", date(2026, 11, 23)),
        ("nov. 23, 2026", "en", date(2026, 11, 23)),
        ("23 Nov", "en", date(2026, 11, 23)),
        ("November 3rd", "en", date(2026, 11, 3)),
        ("23 de noviembre de 2026", "es", date(2026, 11, 23)),
        ("3 ene", "es", date(2026, 1, 3)),
        ("2026-11-23", "en", date(2026, 11, 23)),
        ("Feb 29", "en", date(2024, 2, 29)),
        ("12/31/2026", "en", date(2026, 12, 31)),
    ],
)
def test_days_are_read_as_people_say_them(text: str, lang: str, day: date) -> None:
    assert days.read_day(text, today=TODAY, lang=lang) == day


@pytest.mark.parametrize(
    ("text", "lang", "code"),
    [
        ("5/3", "es", "answer.which-month"),
        ("31/2", "en", "answer.no-such-day"),
        ("2/31/2026", "en", "answer.no-such-day"),
        ("2026-13-01", "en", "answer.no-such-day"),
        ("Feb 29 2026", "en", "answer.no-such-day"),
        ("0001-00-00", "en", "answer.no-such-day"),
        ("soon", "en", "answer.day"),
        ("Monkey", "en", "answer.day"),
        ("12", "en", "answer.day"),
        ("", "en", "answer.day"),
        ("1" * 5000, "en", "answer.day"),
        ("11/23 \x07", "en", "answer.day"),
        ("مايا", "en", "answer.day"),
    ],
)
def test_days_nobody_can_read_are_asked_back(text: str, lang: str, code: str) -> None:
    with pytest.raises(UnreadableError) as wrong:
        days.read_day(text, today=TODAY, lang=lang)
    assert wrong.value.code == code


@pytest.mark.parametrize(
    ("text", "lang", "day"),
    [
        ("3/14/2011", "en", date(2011, 3, 14)),
        ("3/14/11", "en", date(2011, 3, 14)),
        ("3/14/62", "en", date(1962, 3, 14)),
        ("14 mar 2011", "es", date(2011, 3, 14)),
        ("14/3/2011", "es", date(2011, 3, 14)),
        ("2011-03-14", "en", date(2011, 3, 14)),
        ("Feb 29 2012", "en", date(2012, 2, 29)),
        ("yesterday", "en", date(2026, 11, 23)),
        ("11/25/2026", "en", date(2026, 11, 25)),
    ],
)
def test_a_birthday_has_its_year(text: str, lang: str, day: date) -> None:
    assert days.read_birthday(text, today=TODAY, lang=lang) == day


@pytest.mark.parametrize("text", ["3/14", "Mar 14", "14 de marzo"])
def test_a_birthday_without_its_year_is_asked_back(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"answer\.year"):
        days.read_birthday(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:05", time(14, 5)), ("1405", time(14, 5)), ("7", time(7)), ("7:30", time(7, 30)), ("14.05", time(14, 5)),
        ("14h05", time(14, 5)), ("14:05:59", time(14, 5)), ("2:05 pm", time(14, 5)), ("2:05 p. m.", time(14, 5)),
        ("2pm", time(14)), ("12 am", time(0)), ("12 PM", time(12)), ("noon", time(12)), ("Mediodía", time(12)),
        ("midnight", time(0)), ("00:00", time(0)), ("11 p.m.", time(23)),
    ],
)  # fmt: skip
def test_times_are_read_as_people_say_them(text: str, clock: time) -> None:
    assert days.read_clock(text) == clock


@pytest.mark.parametrize("text", ["25:00", "14:60", "13 pm", "0 am", "late", "14:5x", "", "-3", "1" * 3000, "٣:٠٠ x"])
def test_times_nobody_can_read_are_asked_back(text: str) -> None:
    with pytest.raises(UnreadableError, match=r"answer\.time"):
        days.read_clock(text)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "now", "means"),
    [
        pytest.param("", "14:05", "2026-11-24T21:00", "2026-11-24T20:05", id="no day is today"),
        pytest.param("", "23:30", "2026-11-24T08:00", "2026-11-24T05:30", id="still to come, so last night"),
        pytest.param("", "02:00", "2026-11-24T08:00", "2026-11-24T08:00", id="this very minute is today"),
        pytest.param("", "02:01", "2026-11-24T08:00", "2026-11-23T08:01", id="a minute ahead is yesterday"),
        pytest.param("yesterday", "23:30", "2026-11-24T08:00", "2026-11-24T05:30", id="yesterday said"),
        pytest.param("today", "23:30", "2026-11-24T08:00", "2026-11-25T05:30", id="today said: for the law to refuse"),
        pytest.param("", "now", "2026-11-24T08:00", "2026-11-24T08:00", id="now"),
        pytest.param("", "ahora", "2026-11-01T07:10", "2026-11-01T07:10", id="now, inside the hour that came twice"),
        pytest.param("11/1", "00:30", "2026-11-24T08:00", "2026-11-01T05:30", id="before clocks went back"),
        pytest.param("11/1", "01:30", "2026-11-24T08:00", "2026-11-01T06:30", id="happened twice: the earlier"),
        pytest.param("11/1", "02:30", "2026-11-24T08:00", "2026-11-01T08:30", id="after clocks went back"),
        pytest.param("", "01:30", "2026-11-01T07:10", "2026-11-01T06:30", id="asked inside the hour that came twice"),
        pytest.param("3/8", "01:59", "2026-11-24T08:00", "2026-03-08T07:59", id="before clocks went forward"),
        pytest.param("3/8", "03:00", "2026-11-24T08:00", "2026-03-08T08:00", id="after clocks went forward"),
        pytest.param("", "23:00", "2027-01-01T08:00", "2027-01-01T05:00", id="across the year"),
    ],
)
def test_moments(day: str, clock: str, now: str, means: str) -> None:
    found = days.read_moment(day, clock, now=utc(now), zone=CENTRAL)
    assert found.astimezone(UTC) == utc(means)  # in one zone: Python calls an hour that came twice unequal to any other


def test_a_time_that_did_not_happen_is_asked_back_with_both_that_did() -> None:
    with pytest.raises(UnreadableError) as wrong:
        days.read_moment("3/8", "02:30", now=utc("2026-03-09T12:00"), zone=CENTRAL)
    assert wrong.value.code == "answer.clock-gap"
    assert wrong.value.params == {"time": "02:30", "before": "01:30", "after": "03:30"}


def test_a_day_without_a_time_asks_for_the_time() -> None:
    with pytest.raises(UnreadableError, match="time-missing"):
        days.read_moment("yesterday", "", now=utc("2026-11-24T08:00"), zone=CENTRAL)


@given(st.text(max_size=60))
def test_any_text_is_read_or_asked_back(text: str) -> None:
    for read in (days.read_clock, lambda said: days.read_day(said, today=TODAY, lang="es")):
        with contextlib.suppress(UnreadableError):
            read(text)

"""Times are said the same way everywhere, and round against us."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from allhands.ui import wording
from allhands.ui.wording import Hours, Lang, Rounding

CHICAGO = ZoneInfo("America/Chicago")
NOW = datetime(2026, 11, 24, 19, 22, tzinfo=UTC)  # Tuesday 13:22 in Chicago


@pytest.mark.parametrize(
    ("seconds", "left", "over"),
    [
        (0, "less than 1 min", "less than 1 min"),
        (-90, "less than 1 min", "less than 1 min"),
        (30, "less than 1 min", "1 min"),
        (60, "1 min", "1 min"),
        (48 * 60 + 59, "48 min", "49 min"),
        (59 * 60 + 1, "59 min", "1 h"),
        (3600, "1 h", "1 h"),
        (3600 + 4 * 60 + 1, "1 h 04 min", "1 h 05 min"),
        (19 * 3600, "19 h", "19 h"),
        (47 * 3600 + 59 * 60 + 30, "47 h 59 min", "2 d"),
        (48 * 3600, "2 d", "2 d"),
        (52 * 3600 + 60, "2 d 4 h", "2 d 5 h"),
    ],
)
def test_span_rounds_left_down_and_over_up(seconds: int, left: str, over: str) -> None:
    delta = timedelta(seconds=seconds)
    assert wording.span(delta, "en", rounding=Rounding.DOWN) == left
    assert wording.span(delta, "en", rounding=Rounding.UP) == over


def test_span_under_a_minute_in_spanish() -> None:
    assert wording.span(timedelta(seconds=5), "es", rounding=Rounding.DOWN) == "menos de 1 min"


@pytest.mark.parametrize(
    ("hours", "lang", "staff", "public"),
    [
        (0, "en", "today 13:22 CST", "today 1:22 pm CST"),
        (0, "es", "hoy 13:22 CST", "hoy 1:22 p. m. CST"),
        (-13, "en", "today 00:22 CST", "today 12:22 am CST"),
        (-14, "en", "yesterday 23:22 CST", "yesterday 11:22 pm CST"),
        (20, "es", "mañana 09:22 CST", "mañana 9:22 a. m. CST"),
        (70, "en", "Fri 11:22 CST", "Fri 11:22 am CST"),
        (70, "es", "vie. 11:22 CST", "vie. 11:22 a. m. CST"),
        (-24 * 8, "en", "Mon Nov 16 13:22 CST", "Mon Nov 16 1:22 pm CST"),
        (24 * 60, "en", "Sat Jan 23 2027 13:22 CST", "Sat Jan 23 2027 1:22 pm CST"),
        (24 * 60, "es", "sáb. 23 ene. 2027 13:22 CST", "sáb. 23 ene. 2027 1:22 p. m. CST"),
    ],
)
def test_when_names_day_time_and_zone(hours: int, lang: Lang, staff: str, public: str) -> None:
    instant = NOW + timedelta(hours=hours)
    assert wording.when(instant, now=NOW, zone=CHICAGO, lang=lang) == staff
    assert wording.when(instant, now=NOW, zone=CHICAGO, lang=lang, hours=Hours.PUBLIC) == public


def test_zone_name_follows_daylight_saving() -> None:
    summer = datetime(2026, 7, 1, 12, tzinfo=UTC)
    assert wording.zone_name(summer, CHICAGO) == "CDT"
    assert wording.zone_name(NOW, CHICAGO) == "CST"


def test_today_is_the_day_of_the_zone_not_of_utc() -> None:
    late = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # Tuesday 21:00 in Chicago, already Wednesday in UTC
    assert wording.when(late, now=NOW, zone=CHICAGO, lang="en") == "today 21:00 CST"


def test_full_is_never_relative() -> None:
    assert wording.full(NOW, now=NOW, zone=CHICAGO, lang="en") == "Tue Nov 24 13:22 CST"
    assert wording.full(NOW, now=NOW, zone=CHICAGO, lang="es") == "mar. 24 nov. 13:22 CST"


def test_machine_time_is_utc_to_the_second() -> None:
    assert wording.machine_time(NOW.astimezone(CHICAGO) + timedelta(microseconds=9)) == "2026-11-24T19:22:00Z"


def test_timed_text_reads_as_one_sentence() -> None:
    text = wording.until(NOW + timedelta(minutes=48, seconds=40), now=NOW, lang="en", before="Due (in ", after=")")
    assert str(text) == "Due (in 48 min)"
    assert (text.counts, text.iso) == ("until", "2026-11-24T20:10:40Z")
    passed = wording.since(NOW - timedelta(minutes=4, seconds=1), now=NOW, lang="es", before="Atraso de ")
    assert str(passed) == "Atraso de 5 min"


@pytest.mark.parametrize(("code", "lang"), [("es-mx", "es"), ("ES", "es"), ("en-us", "en"), ("fr", "en"), (None, "en")])
def test_as_lang_speaks_english_when_it_must(code: str | None, lang: Lang) -> None:
    assert wording.as_lang(code) == lang


def test_date_words_say_the_year_when_it_is_another() -> None:
    today = date(2026, 11, 24)
    assert wording.date_words(date(2026, 10, 3), today, "en") == "Oct 3"
    assert wording.date_words(date(2025, 10, 3), today, "es") == "3 oct. 2025"

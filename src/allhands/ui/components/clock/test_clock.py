"""Where a clock stands, and how it says so."""

from __future__ import annotations

from datetime import datetime

import pytest

from allhands.ui.components.clock.presenter import ClockState, ClockTimes, present_clock, read_state, starts_words
from allhands.ui.sample import NOW, ZONE, hours_ago, hours_on
from allhands.ui.wording import Lang


def _times(started: datetime | None, due: datetime | None, *, immediate: bool = False) -> ClockTimes:
    return ClockTimes(starts_when="Police get the report", started_at=started, due_at=due, immediate=immediate)


@pytest.mark.parametrize(
    ("times", "state"),
    [
        (_times(None, None), ClockState.NOT_STARTED),
        (_times(hours_ago(5), hours_on(19)), ClockState.OPEN),
        (_times(hours_ago(20), hours_on(4)), ClockState.SOON),
        (_times(hours_ago(1), hours_on(0.9)), ClockState.SOON),
        (_times(hours_ago(19), hours_on(5)), ClockState.OPEN),
        (_times(hours_ago(1), NOW), ClockState.OVERDUE),
        (_times(hours_ago(3), hours_ago(1)), ClockState.OVERDUE),
        (_times(hours_ago(3), None), ClockState.OPEN),
        (_times(hours_ago(3), hours_ago(3), immediate=True), ClockState.SOON),
        (_times(hours_ago(3), hours_on(21), immediate=True), ClockState.OPEN),
    ],
)
def test_state_follows_the_share_used_and_the_time_left(times: ClockTimes, state: ClockState) -> None:
    assert read_state(times, NOW) is state


@pytest.mark.parametrize(
    ("times", "en", "es"),
    [
        (_times(hours_ago(5), hours_on(19)), "Due tomorrow 08:22 (in 19 h)", "Vence mañana 08:22 (en 19 h)"),
        (
            _times(hours_ago(5), hours_on(0.8)),
            "Due soon · today 14:10 (in 48 min)",
            "Vence pronto · hoy 14:10 (en 48 min)",
        ),
        (_times(hours_ago(5), hours_ago(1.07)), "Overdue by 1 h 05 min", "Atraso de 1 h 05 min"),
        (_times(hours_ago(5), None), "No time limit", "Sin plazo"),
        (
            _times(hours_ago(0.2), None, immediate=True),
            "Due at once · since 13:10 (12 min ago)",
            "De inmediato · desde las 13:10 (hace 12 min)",
        ),
    ],
)
def test_words_carry_time_and_time_left(times: ClockTimes, en: str, es: str) -> None:
    assert str(present_clock(times, now=NOW, zone=ZONE, lang="en").text) == en
    assert str(present_clock(times, now=NOW, zone=ZONE, lang="es").text) == es


@pytest.mark.parametrize(
    ("what", "lang", "words"),
    [
        ("The agency hears of it.", "en", "Starts when the agency hears of it"),
        ("when police get the report", "en", "Starts when police get the report"),
        ("NCMEC gets the report", "en", "Starts when NCMEC gets the report"),
        ("La policía recibe el reporte", "es", "Empieza cuando la policía recibe el reporte"),
        ("", "en", ""),
    ],
)
def test_start_is_said_from_the_words_of_the_rule(what: str, lang: Lang, words: str) -> None:
    assert starts_words(what, lang) == words

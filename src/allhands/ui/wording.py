"""How times are said, in English and Spanish. Pure: `now` and the zone are arguments.

Times round against us: time left rounds down, time over rounds up. Under one hour minutes are said, under 48 hours
hours and minutes, then days and hours.
Source: screens guide 1.2.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

Lang = Literal["en", "es"]


class Rounding(enum.Enum):
    """DOWN for time that is left, UP for time that has passed."""

    DOWN = "down"
    UP = "up"


class Hours(enum.Enum):
    """STAFF reads the 24-hour clock; PUBLIC, families and young people read am and pm."""

    STAFF = "staff"
    PUBLIC = "public"


_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_SAY_DAYS_FROM = timedelta(hours=48)
_NAME_WEEKDAY_WITHIN = 6

_UNDER_A_MINUTE = {"en": "less than 1 min", "es": "menos de 1 min"}
_WEEKDAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun.", "mar.", "mié.", "jue.", "vie.", "sáb.", "dom."),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene.", "feb.", "mar.", "abr.", "may.", "jun.", "jul.", "ago.", "sep.", "oct.", "nov.", "dic."),
}
_NEAR_DAYS = {"en": {-1: "yesterday", 0: "today", 1: "tomorrow"}, "es": {-1: "ayer", 0: "hoy", 1: "mañana"}}
_HALVES = {"en": ("am", "pm"), "es": ("a. m.", "p. m.")}


def as_lang(code: str | None) -> Lang:
    """The language to speak, from a language code such as `es-mx`. English when it is neither of ours."""
    return "es" if (code or "").lower().startswith("es") else "en"


def span(delta: timedelta, lang: Lang, *, rounding: Rounding) -> str:
    """A stretch of time in words.

    Example:
        >>> span(timedelta(hours=1, minutes=4, seconds=1), "en", rounding=Rounding.UP)
        '1 h 05 min'
        >>> span(timedelta(hours=52), "es", rounding=Rounding.DOWN)
        '2 d 4 h'
    """
    delta = max(delta, timedelta())
    minutes = _whole(delta, _MINUTE, rounding)
    if minutes == 0:
        return _UNDER_A_MINUTE[lang]
    if minutes < 60:
        return f"{minutes} min"
    if delta < _SAY_DAYS_FROM and minutes < 48 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest:02d} min" if rest else f"{hours} h"
    days, hours = divmod(_whole(delta, _HOUR, rounding), 24)
    return f"{days} d {hours} h" if hours else f"{days} d"


def clock_time(instant: datetime, zone: ZoneInfo, lang: Lang, *, hours: Hours = Hours.STAFF) -> str:
    """The time of day: 14:10 for staff, 2:10 pm for everyone else."""
    local = instant.astimezone(zone)
    if hours is Hours.STAFF:
        return f"{local:%H:%M}"
    return _halved(local, lang)


def _halved(local: datetime, lang: Lang) -> str:
    return f"{local.hour % 12 or 12}:{local:%M} {_HALVES[lang][local.hour >= 12]}"


def day_name(day: date, today: date, lang: Lang) -> str:
    """The day as people say it: today, tomorrow, Tue, Tue Nov 24, Tue Nov 24 2025."""
    apart = (day - today).days
    if apart in _NEAR_DAYS[lang]:
        return _NEAR_DAYS[lang][apart]
    weekday = _WEEKDAYS[lang][day.weekday()]
    if abs(apart) <= _NAME_WEEKDAY_WITHIN:
        return weekday
    return f"{weekday} {date_words(day, today, lang)}"


def date_words(day: date, today: date, lang: Lang) -> str:
    """The calendar day: Nov 24, or 24 nov.; with the year when it is another one."""
    month = _MONTHS[lang][day.month - 1]
    words = f"{month} {day.day}" if lang == "en" else f"{day.day} {month}"
    return words if day.year == today.year else f"{words} {day.year}"


def when(
    instant: datetime, *, now: datetime, zone: ZoneInfo, lang: Lang, hours: Hours = Hours.STAFF, with_zone: bool = True
) -> str:
    """Day, time and zone of an instant as read from now: "today 21:40 CST", "Tue 14:10 CST"."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    words = f"{day_name(local.date(), today, lang)} {clock_time(instant, zone, lang, hours=hours)}"
    return f"{words} {zone_name(instant, zone)}" if with_zone else words


def full(instant: datetime, *, now: datetime, zone: ZoneInfo, lang: Lang, hours: Hours = Hours.STAFF) -> str:
    """Weekday, date, time and zone, never relative: for prints and proofs. "Tue Nov 24 13:22 CST"."""
    local, today = instant.astimezone(zone), now.astimezone(zone).date()
    weekday = _WEEKDAYS[lang][local.weekday()]
    time = clock_time(instant, zone, lang, hours=hours)
    return f"{weekday} {date_words(local.date(), today, lang)} {time} {zone_name(instant, zone)}"


def on_paper(local: datetime, lang: Lang) -> str:
    """The date with its year, for what hangs on a wall and is read by everyone in its own zone.

    Example:
        >>> on_paper(datetime(2026, 11, 24, 13, 22, tzinfo=ZoneInfo("America/Chicago")), "en")
        'Nov 24 2026, 1:22 pm CST'
    """
    day = date_words(local.date(), local.date(), lang)
    return f"{day} {local.year}, {_halved(local, lang)} {local.tzname()}"


def zone_name(instant: datetime, zone: ZoneInfo) -> str:
    """The zone's short name on that day: CST in November, CDT in July."""
    return instant.astimezone(zone).tzname() or zone.key


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """An instant ready for `<time datetime>`: the machine's form and the words."""

    iso: str
    words: str


def moment(instant: datetime, *, now: datetime, zone: ZoneInfo, lang: Lang, hours: Hours = Hours.STAFF) -> Moment:
    """The instant with day, time and zone in words."""
    return Moment(iso=machine_time(instant), words=when(instant, now=now, zone=zone, lang=lang, hours=hours))


def machine_time(instant: datetime) -> str:
    """The instant for `datetime` attributes: UTC, to the second."""
    return instant.astimezone(UTC).replace(microsecond=0).isoformat().replace("+00:00", "Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedText:
    """A sentence with one stretch of time in it, so that the page can keep the stretch true by the minute.

    Args:
        iso: the instant the stretch counts to or from; empty when the sentence has none.
        counts: "until" (left, rounds down) or "since" (over, rounds up).
    """

    before: str
    span: str = ""
    after: str = ""
    iso: str = ""
    counts: Literal["until", "since", ""] = ""

    def __str__(self) -> str:
        return f"{self.before}{self.span}{self.after}"


def until(due_at: datetime, *, now: datetime, lang: Lang, before: str, after: str = "") -> TimedText:
    """A sentence around the time that is left."""
    left = span(due_at - now, lang, rounding=Rounding.DOWN)
    return TimedText(before=before, span=left, after=after, iso=machine_time(due_at), counts="until")


def since(start_at: datetime, *, now: datetime, lang: Lang, before: str, after: str = "") -> TimedText:
    """A sentence around the time that has passed."""
    passed = span(now - start_at, lang, rounding=Rounding.UP)
    return TimedText(before=before, span=passed, after=after, iso=machine_time(start_at), counts="since")


def _whole(delta: timedelta, unit: timedelta, rounding: Rounding) -> int:
    return delta // unit if rounding is Rounding.DOWN else -(-delta // unit)

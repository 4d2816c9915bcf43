"""Days and times as people say them on the phone, read without guessing. Pure.

A day may be "today", "yesterday", a weekday, "11/24", "Nov 24", "24 nov 2026" or "2026-11-24"; a time "14:05",
"1405", "2:05 pm", "noon". Numbers alone are month/day in English, as in the United States; in Spanish, where both
orders are used, an ambiguous pair is asked back instead of being guessed.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TODAY = frozenset({"today", "hoy"})
YESTERDAY = frozenset({"yesterday", "ayer"})
BEFORE_YESTERDAY = frozenset({"anteayer", "antier"})
WEEKDAYS = (
    ("monday", "lunes"), ("tuesday", "martes"), ("wednesday", "miercoles"), ("thursday", "jueves"),
    ("friday", "viernes"), ("saturday", "sabado"), ("sunday", "domingo"),
)  # fmt: skip
MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre", "setiembre"),
    ("october", "octubre"), ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
_SHORTEST = 3  # letters that name a weekday or a month: "tue", "sept"
_LONGEST = 40  # characters; no day or time is longer, and nothing longer is worth a regular expression
_NUMBERS = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})(?:[/.\-\s](\d{4}|\d{2}))?")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_MONTH_FIRST = re.compile(r"([a-z]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}|\d{2}))?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:de\s+)?([a-z]{3,})\.?(?:,?\s+(?:de\s+|del\s+)?(\d{4}|\d{2}))?")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?(\d{2}))?(?:[:.](\d{2}))?\s*([ap]m?)?")


class UnreadableError(ValueError):
    """An answer that cannot be read. `code` is a key of `faults.WORDS`, `params` fill its holes."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_day(text: str, *, today: date, lang: str = "en") -> date:
    """A day that lies in the past or is today; without a year the latest such day.

    Raises:
        UnreadableError: `answer.day`, `answer.no-such-day`, `answer.which-month`.

    Example:
        >>> read_day("Nov 30", today=date(2026, 11, 24))
        datetime.date(2025, 11, 30)
    """
    words = _plain(text)
    near = _near(words, today)
    if near is not None:
        return near
    year, month, day = _parts(words, lang)
    if year is not None:
        return _date(_full_year(year, today), month, day)
    for candidate in range(today.year, today.year - 9, -1):  # 29 February may be eight years ago, across 2100
        if (month, day) == (2, 29) and not _is_leap(candidate):
            continue
        found = _date(candidate, month, day)
        if found <= today:
            return found
    raise UnreadableError("answer.no-such-day")


def read_birthday(text: str, *, today: date, lang: str = "en") -> date:
    """A day with its year. It may lie in the future: that is for the law room to refuse.

    Raises:
        UnreadableError: as `read_day`, and `answer.year` when the year is left out.
    """
    words = _plain(text)
    near = _near(words, today)
    if near is not None and words in TODAY | YESTERDAY | BEFORE_YESTERDAY:
        return near
    year, month, day = _parts(words, lang)
    if year is None:
        raise UnreadableError("answer.year")
    return _date(_full_year(year, today), month, day)


def read_clock(text: str) -> time:
    """A time of day.

    Raises:
        UnreadableError: `answer.time`.

    Example:
        >>> read_clock("2:05 p. m."), read_clock("noon"), read_clock("1405")
        (datetime.time(14, 5), datetime.time(12, 0), datetime.time(14, 5))
    """
    words = _plain(text).replace(". ", "").replace(".m", "m").rstrip(".")
    if words in {"noon", "mediodia"}:
        return time(12)
    if words in {"midnight", "medianoche"}:
        return time(0)
    found = _CLOCK.fullmatch(words)
    if not found:
        raise UnreadableError("answer.time")
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[4] or "")[:1]
    if half:
        if not 1 <= hour <= 12:
            raise UnreadableError("answer.time")
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour > 23 or minute > 59:
        raise UnreadableError("answer.time")
    return time(hour, minute)


def read_moment(day_text: str, time_text: str, *, now: datetime, zone: ZoneInfo, lang: str = "en") -> datetime:
    """The instant meant, in the zone of the person who types.

    No day means today, or yesterday when that time of today is still to come: at 02:00 "23:30" was last night. A time
    that happened twice, when clocks went back, is the earlier one: longer missing is the safer way to be wrong.

    Raises:
        UnreadableError: as `read_day` and `read_clock`; `answer.time-missing`; `answer.clock-gap`.
    """
    if not time_text:
        raise UnreadableError("answer.time-missing")
    local = now.astimezone(zone).replace(second=0, microsecond=0)
    if _is_now(time_text) and not day_text:
        return local
    today = local.date()
    clock = local.time() if _is_now(time_text) else read_clock(time_text)
    if day_text:
        return _local(read_day(day_text, today=today, lang=lang), clock, zone)
    moment = _local(today, clock, zone)
    return moment if moment.astimezone(UTC) <= now.astimezone(UTC) else _local(today - timedelta(days=1), clock, zone)


def _is_now(text: str) -> bool:
    return _plain(text) in {"now", "ahora"}


def _local(day: date, clock: time, zone: ZoneInfo) -> datetime:
    moment = datetime.combine(day, clock, zone)
    if moment.astimezone(UTC).astimezone(zone).time() != clock:
        gap = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
        jump = abs((gap[0] or timedelta()) - (gap[1] or timedelta()))
        wall = datetime.combine(day, clock)
        params = {"time": f"{clock:%H:%M}", "before": f"{wall - jump:%H:%M}", "after": f"{wall + jump:%H:%M}"}
        raise UnreadableError("answer.clock-gap", **params)
    return moment


def _plain(text: str) -> str:
    """Small letters without accents, single spaces; nothing when it is far too long to be a day or a time."""
    if len(text) > _LONGEST:
        return ""
    bare = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(letter for letter in bare if not unicodedata.combining(letter)).split())


def _near(words: str, today: date) -> date | None:
    if words in TODAY:
        return today
    if words in YESTERDAY:
        return today - timedelta(days=1)
    if words in BEFORE_YESTERDAY:
        return today - timedelta(days=2)
    number = _place_of(words, WEEKDAYS)
    return None if number is None else today - timedelta(days=(today.weekday() - number) % 7)


def _place_of(word: str, names: tuple[tuple[str, ...], ...]) -> int | None:
    """Where a name, or its beginning, stands in a row of names."""
    if len(word) < _SHORTEST:
        return None
    return next((at for at, ways in enumerate(names) if any(way.startswith(word) for way in ways)), None)


def _parts(words: str, lang: str) -> tuple[str | None, int, int]:
    """Year as written, month, day."""
    if _ISO.fullmatch(words):
        year, month, day = words.split("-")
        return year, int(month), int(day)
    if found := _MONTH_FIRST.fullmatch(words):
        return found[3], _month(found[1]), int(found[2])
    if found := _DAY_FIRST.fullmatch(words):
        return found[3], _month(found[2]), int(found[1])
    if found := _NUMBERS.fullmatch(words):
        return found[3], *_order(int(found[1]), int(found[2]), lang)
    raise UnreadableError("answer.day")


def _order(first: int, second: int, lang: str) -> tuple[int, int]:
    """Month and day of two numbers."""
    if first > 12 >= second:
        return second, first
    if lang == "es" and first != second and second <= 12:
        raise UnreadableError("answer.which-month")
    return first, second


def _month(word: str) -> int:
    found = _place_of(word, MONTHS)
    if found is None:
        raise UnreadableError("answer.day")
    return found + 1


def _full_year(digits: str, today: date) -> int:
    """Two digits mean the latest such year that has begun."""
    year = int(digits)
    if len(digits) > 2:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableError("answer.no-such-day") from None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)

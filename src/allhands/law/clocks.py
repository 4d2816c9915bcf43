"""When a duty is due. Elapsed hours run through clock changes; days and months keep the local time of day."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, time, timedelta, tzinfo

from allhands.law.holidays import is_working_day
from allhands.law.rules import Clock
from allhands.law.values import Text

_DAY = timedelta(days=1)
# A working day's limit ends with the day itself (as under Fed. R. Civ. P. 6(a)(4)); its last second is what people read
# as "by Friday", whereas midnight would be shown with the next day's date.
_END_OF_DAY = time(23, 59, 59)


def due_at(clock: Clock, starts_at: datetime, zone: tzinfo) -> datetime | None:
    """The UTC instant by which the duty must be done; None when the text sets no limit.

    Args:
        zone: where days begin and end.
    Example:
        >>> from zoneinfo import ZoneInfo
        >>> no = Text("", "")
        >>> two_days = Clock(starts_fact="", starts_when=no, limit_words=no, immediate=False, policy=False, days=2)
        >>> due_at(two_days, datetime(2026, 3, 7, 18, tzinfo=UTC), ZoneInfo("America/Chicago")).isoformat()
        '2026-03-09T17:00:00+00:00'
    """
    if clock.hours is not None:
        return starts_at + timedelta(hours=clock.hours)
    local = starts_at.astimezone(zone)
    if clock.days is not None:
        return _in_zone(local.replace(tzinfo=None) + timedelta(days=clock.days), zone)
    if clock.months is not None:
        return _in_zone(_add_months(local.replace(tzinfo=None), clock.months), zone)
    if clock.business_days is not None:
        return _in_zone(_end_of_working_day(local, clock.business_days), zone)
    if clock.immediate:
        return starts_at
    if clock.repeat_every_days is not None:
        return _in_zone(local.replace(tzinfo=None) + timedelta(days=clock.repeat_every_days), zone)
    return None


def _in_zone(local: datetime, zone: tzinfo) -> datetime:
    return local.replace(tzinfo=zone).astimezone(UTC)


def _add_months(local: datetime, months: int) -> datetime:
    """The same day of a later month, or that month's last day when it is shorter."""
    year, month = divmod(local.month - 1 + months, 12)
    year, month = local.year + year, month + 1
    return local.replace(year=year, month=month, day=min(local.day, calendar.monthrange(year, month)[1]))


def _end_of_working_day(local: datetime, number: int) -> datetime:
    day = local.date()
    while number:
        day += _DAY
        number -= is_working_day(day)
    return datetime.combine(day, _END_OF_DAY)


def limit_length(clock: Clock) -> timedelta:
    """How long a clock leaves, roughly; for comparing clocks that have not started."""
    if clock.hours is not None:
        return timedelta(hours=clock.hours)
    days = (clock.days, (clock.months or 0) * 30 or None, clock.business_days)
    for number in days:
        if number is not None:
            return timedelta(days=number)
    return timedelta() if clock.immediate else timedelta.max


_POLICY = Text(" This number is policy, not law.", " Este plazo es una política, no la ley.")
_NO_WAIT = Text(
    " It is where punishment begins, never a time to wait: report now.",
    " Es donde empieza el castigo, nunca un plazo de espera: avise ahora.",
)


def limit_words(clock: Clock) -> Text:
    """The limit and from what it is counted."""
    return Text(
        f"{_sentence(clock.limit_words.en)} Counted from: {_sentence(clock.starts_when.en)}",
        f"{_sentence(clock.limit_words.es)} Se cuenta desde: {_sentence(clock.starts_when.es)}",
    )


def due_words(limit: Text, due: datetime | None, zone: tzinfo, *, policy: bool, never_a_wait: bool) -> Text:
    """The limit, the local time by which the duty is due, and how to read it.

    Args:
        limit: from `limit_words`.
    """
    en, es = limit.en, limit.es
    if due is not None:
        local = f"{due.astimezone(zone):%Y-%m-%d %H:%M %Z}"
        en, es = f"{en} Due {local}.", f"{es} Vence {local}."
    for wanted, words in ((policy, _POLICY), (never_a_wait, _NO_WAIT)):
        if wanted:
            en, es = en + words.en, es + words.es
    return Text(en, es)


def _sentence(words: str) -> str:
    words = words.strip()
    ending = "" if words.endswith((".", "!", "?")) else "."
    return words[:1].upper() + words[1:] + ending

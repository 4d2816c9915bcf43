"""Working days: Monday to Friday without the legal public holidays of the United States.

Source: 5 USC 6103(a) for the days; 6103(b) for a holiday that falls on a Saturday (the Friday before) or, by Executive
Order 11582, on a Sunday (the Monday after). Juneteenth since Pub. L. 117-17 (17 June 2021).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_DAY = timedelta(days=1)
_FIXED = ((1, 1), (7, 4), (11, 11), (12, 25))
_JUNETEENTH, _JUNETEENTH_SINCE = (6, 19), 2021
_NTH_MONDAYS = ((1, 3), (2, 3), (9, 1), (10, 2))


def _nth(year: int, month: int, weekday: int, number: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _observed(day: date) -> date:
    return day - _DAY if day.weekday() == 5 else day + _DAY if day.weekday() == 6 else day


@lru_cache(maxsize=64)
def federal_holidays(year: int) -> frozenset[date]:
    """The days on which the holidays of a year are observed; New Year's Day may fall into the year before."""
    fixed = [date(year, month, day) for month, day in _FIXED]
    if year >= _JUNETEENTH_SINCE:
        fixed.append(date(year, *_JUNETEENTH))
    last_of_may = date(year, 5, 31)
    moving = [_nth(year, month, 0, number) for month, number in _NTH_MONDAYS]
    moving += [last_of_may - timedelta(days=last_of_may.weekday()), _nth(year, 11, 3, 4)]
    return frozenset([_observed(day) for day in fixed] + moving)


def is_working_day(day: date) -> bool:
    """Whether offices are open.

    Example:
        >>> is_working_day(date(2026, 7, 3))  # Independence Day 2026 is a Saturday
        False
    """
    holiday = day in federal_holidays(day.year) or day in federal_holidays(day.year + 1)
    return day.weekday() < 5 and not holiday

"""The age that follows from a date of birth, and the one day whose law judges an episode."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta

from allhands.kernel.findings import Finding, Level
from allhands.law.facts.known import Certainty, Disagreement, Facts, FactsError, Stated
from allhands.law.values import FactValue

BIRTH, AGE, LAST_SEEN = "child.date_of_birth", "child.age_years", "time.last_seen_at"
RETURNED = "time.returned_at"

# American Samoa keeps the latest clock of the United States. Until the birthday has begun there too, the younger age
# counts: being a few hours too protective is the safe way to be wrong.
_LATEST_CLOCK = timedelta(hours=-11)


def age_on(born_on: date, at: datetime) -> int:
    """Completed years at an instant; a child of 29 February has its birthday on 1 March of common years.

    Example:
        >>> age_on(date(2008, 2, 29), datetime(2026, 2, 28, 20, tzinfo=UTC))
        17
    """
    today = (at + _LATEST_CLOCK).date()
    years = today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))
    return max(years, 0)


def birthday_after(born_on: date, at: datetime) -> datetime:
    """The instant of the next birthday, as `age_on` counts.

    Example:
        >>> birthday_after(date(2010, 5, 4), datetime(2026, 5, 4, 10, tzinfo=UTC)).isoformat()
        '2026-05-04T11:00:00+00:00'
    """
    today = (at + _LATEST_CLOCK).date()
    passed = (today.month, today.day) >= (born_on.month, born_on.day)
    year = today.year + passed
    leaps = born_on.month == 2 and born_on.day == 29 and not calendar.isleap(year)
    day = date(year, 3, 1) if leaps else born_on.replace(year=year)
    return datetime.combine(day, time(), UTC) - _LATEST_CLOCK


def with_age(values: Mapping[str, FactValue], disagreements: tuple[Disagreement, ...], *, as_of: datetime) -> Facts:
    """The facts with `child.age_years` when it follows; a stated age that differs is a disagreement, the lower governs.

    Raises:
        FactsError: the child was last seen before it was born, or came back before it was last seen.
    """
    _check_order(values)
    born_on, last_seen_at = values.get(BIRTH), values.get(LAST_SEEN)
    if not isinstance(born_on, date):
        return Facts.of(values, disagreements)
    at = last_seen_at if isinstance(last_seen_at, datetime) else as_of
    derived, stated = age_on(born_on, at), values.get(AGE)
    if not isinstance(stated, int) or stated == derived:
        return Facts.of({**values, AGE: derived}, disagreements)
    governs = min(stated, derived)
    both = (
        Stated(value=derived, informant=BIRTH, certainty=Certainty.TOLD, at=None),
        Stated(value=stated, informant=AGE, certainty=Certainty.TOLD, at=None),
    )
    disagreement = Disagreement(fact=AGE, stated=both, governs=governs)
    return Facts.of({**values, AGE: governs}, (*disagreements, disagreement))


def _check_order(values: Mapping[str, FactValue]) -> None:
    born_on, last_seen_at, returned_at = (values.get(fact) for fact in (BIRTH, LAST_SEEN, RETURNED))
    findings = []
    if isinstance(last_seen_at, datetime):
        if isinstance(born_on, date) and last_seen_at.date() < born_on:
            message = f"the child cannot be last seen ({last_seen_at.date()}) before the day of birth ({born_on})"
            findings.append(_impossible(LAST_SEEN, message))
        if isinstance(returned_at, datetime) and returned_at < last_seen_at:
            message = f"the child cannot return before it was last seen ({last_seen_at:%Y-%m-%d %H:%M} UTC)"
            findings.append(_impossible(RETURNED, message))
    if findings:
        raise FactsError(tuple(findings))


def _impossible(fact: str, message: str) -> Finding:
    return Finding(path=f"facts.{fact}", code="facts.impossible-order", level=Level.ERROR, message=message)


_DAY_FACTS = ("time.agency_informed_at", "time.police_report_received_at", LAST_SEEN)


def has_day(values: Mapping[str, FactValue]) -> bool:
    """Whether a fact says on which day's law the episode is judged."""
    return any(isinstance(values.get(fact), datetime) for fact in _DAY_FACTS)


def episode_day(values: Mapping[str, FactValue], as_of: datetime) -> date:
    """The day whose law judges the episode: when the agency, then the police heard; when last seen; else `as_of`."""
    for fact in _DAY_FACTS:
        value = values.get(fact)
        if isinstance(value, datetime):
            return value.date()
    return as_of.date()

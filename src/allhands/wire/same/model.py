"""A SAME header as a value. Source: 47 CFR 11.31(c)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

MAX_LOCATIONS: Final = 31
SENDER_LENGTH: Final = 8
_LONGEST: Final = timedelta(hours=99, minutes=30)
_HALF_HOUR: Final = timedelta(minutes=30)
_QUARTER: Final = timedelta(minutes=15)
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """PSSCCC: part of the county, state, county; six digits."""

    code: str

    @property
    def part(self) -> int:
        """0 for the whole county, 1 to 9 for a ninth of it."""
        return int(self.code[0])

    @property
    def fips(self) -> str:
        """State and county, five digits; county 000 is the whole state."""
        return self.code[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueTime:
    """JJJHHMM: day of the year, hour and minute in UTC. The year is not sent."""

    day: int
    hour: int
    minute: int

    @classmethod
    def from_instant(cls, instant: datetime) -> IssueTime:
        """The header's time for an aware instant; seconds are cut off.

        Example:
            >>> IssueTime.from_instant(datetime(2028, 12, 31, 23, 59, tzinfo=UTC))
            IssueTime(day=366, hour=23, minute=59)
        """
        utc = instant.astimezone(UTC)
        return cls(day=utc.timetuple().tm_yday, hour=utc.hour, minute=utc.minute)

    def near(self, instant: datetime) -> datetime | None:
        """The UTC instant with this day and time that lies nearest to an aware one.

        None when day 366 is meant and neither the year, the one before nor the one after is a leap year.
        """
        year = instant.astimezone(UTC).year
        candidates = [made for number in (year - 1, year, year + 1) if (made := self._in_year(number)) is not None]
        return min(candidates, key=lambda made: abs(made - instant), default=None)

    def _in_year(self, year: int) -> datetime | None:
        if not 1 <= year <= 9998:
            return None
        made = datetime(year, 1, 1, self.hour, self.minute, tzinfo=UTC) + timedelta(days=self.day - 1)
        return made if made.year == year else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SameHeader:
    """Who warns of what, where, for how long, since when.

    Args:
        valid_for: TTTT, from the time of issue; see `valid_periods`.
        sender: LLLLLLLL without the blanks that fill it up; `/` stands for `-`.
    """

    originator: str
    event: str
    locations: tuple[Location, ...]
    valid_for: timedelta
    issued: IssueTime
    sender: str

    def expires_at(self, *, near: datetime) -> datetime | None:
        """When the message ends, taking the year that lies nearest to an aware instant."""
        issued_at = self.issued.near(near)
        return None if issued_at is None else issued_at + self.valid_for


def is_valid_period(period: timedelta) -> bool:
    """Whether TTTT can say it: steps of 15 minutes up to one hour, then of 30 minutes, 99:30 at most."""
    if not _QUARTER <= period <= _LONGEST:
        return False
    return not (period % _QUARTER if period <= _HOUR else period % _HALF_HOUR)


def valid_periods() -> tuple[timedelta, ...]:
    """Every period TTTT can say, shortest first.

    Example:
        >>> [str(period) for period in valid_periods()[:6]]
        ['0:15:00', '0:30:00', '0:45:00', '1:00:00', '1:30:00', '2:00:00']
    """
    quarters = int(_LONGEST / _QUARTER)
    return tuple(_QUARTER * step for step in range(1, quarters + 1) if is_valid_period(_QUARTER * step))

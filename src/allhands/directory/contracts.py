"""What the directory tells others: questions asked, numbers to call, duties in words. Frozen, no ORM."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from allhands.law import Text


class Who(enum.Enum):
    """Who asks whom to call."""

    FAMILY = "family"
    CARER = "carer"
    CASEWORKER = "caseworker"
    SCHOOL = "school"
    POLICE = "police"
    OTHER = "other"


class Urgent(enum.Enum):
    """What may be urgent. NONE is "nothing that I know of", said and not left out."""

    HARM = "harm"
    TAKEN = "taken"
    HEALTH = "health"
    SUICIDE = "suicide"
    WEATHER = "weather"
    ONLINE = "online"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """One place that may be meant. Only coarse codes, each empty when not known.

    Args:
        indian_country: None when not known, which is not the same as no.
        why: in words, why this place is a candidate, when there are several.
    """

    state: str = ""
    county_fips: str = ""
    nation: str = ""
    indian_country: bool | None = None
    why: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What came in, as it came.

    Args:
        one: the value of a field, empty when it was left out.
        urgent: every ticked code.
    """

    one: Callable[[str], str]
    urgent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """An answer that could not be read; the rest is answered all the same.

    Args:
        field: who, age, where, state, county, nation or urgent.
    """

    field: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody answered. Every part may be left out.

    Args:
        places: every place that may be meant; never a guess of one.
        typed: what stands in the form, as typed, so that nothing is lost.
    """

    who: Who | None = None
    age: int | None = None
    places: tuple[Where, ...] = ()
    urgent: frozenset[Urgent] = frozenset()
    troubles: tuple[Trouble, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()

    @property
    def is_blank(self) -> bool:
        return not (self.who or self.age is not None or self.places or self.urgent or self.troubles)


class LineState(enum.Enum):
    """VERIFIED lately; OLD: too long ago (staff only); UNVERIFIED: nobody has compared the number with its source."""

    VERIFIED = "verified"
    OLD = "old"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Somebody to call, from the directory or an agency's own record.

    Args:
        code: `911`, `police`, `care`, or the id of a help line.
        shown: the number as people read it; tel: digits with country code.
        hours: when they answer, in words; said to be unknown when nobody has told us.
        is_open: None when nobody has told us the hours.
        what: who they are and what they do; empty for 911.
        tells: what they do with what one tells them; None when nobody has told us.
        origin: where the number comes from.
        place: which of several places this is for.
    """

    code: str
    name: Text
    shown: str
    tel: str
    hours: Text
    is_open: bool | None
    what: Text | None
    tells: Text | None
    state: LineState
    verified_on: date | None
    origin: Text
    is_fictional: bool = False
    place: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """Where a rule stands and how well it was read."""

    citation: str
    pin: str
    address: str
    level: str
    read_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyLine:
    """Who must do what by when.

    Args:
        who: code of whoever owes it, such as `law_enforcement`.
        within: the limit and what starts it; never a time to wait.
        due_if_now: when it would be due if its clock started at this moment; None without a number or for others.
        applies: False while not known; `missing` names the facts that would settle it.
        covered: another duty asks for the same act earlier.
    """

    rule_id: str
    pack_id: str
    who: str
    recipient: str
    action: str
    title: Text
    plain: Text
    within: Text
    source: tuple[Cited, ...]
    applies: bool
    missing: tuple[str, ...]
    covered: bool
    stale: bool
    due_if_now: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LawNote:
    """What must be said about the law of a place: not read, in part, stale, a warning of its pack.

    Args:
        code: not-read, nation-not-read, no-place, stale or status.
    """

    code: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whom to call this minute and what to say, for anyone.

    Args:
        danger: 911 stands first; `because` says why.
        no_wait: the law that forbids to make anyone wait, None when none we read covers this age.
        calls: in order.
        others: help lines that fit, after the calls.
        say: sentences to read out, in order.
        have: what to have ready.
        duties: of the first hours, whoever owes them; `open_duties` more hang on what is not known.
    """

    asked: Asked
    danger: bool
    because: tuple[Text, ...]
    calls: tuple[Call, ...]
    others: tuple[Call, ...]
    say: tuple[Text, ...]
    no_wait: DutyLine | None
    have: tuple[Text, ...]
    duties: tuple[DutyLine, ...]
    open_duties: int
    notes: tuple[LawNote, ...]
    packs: tuple[Text, ...]
    made_at: datetime

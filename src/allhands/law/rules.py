"""Rules, packs and what they are made of, as values. Nothing here reads or judges."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from allhands.law.expressions.scene import Expression
from allhands.law.later import Later
from allhands.law.values import Confidence, Number, Text


def is_old(read_on: date, today: date) -> bool:
    """Whether a reading is older than twelve months: laws change with every session.

    Example:
        >>> is_old(date(2025, 11, 29), date(2026, 11, 29)), is_old(date(2025, 11, 28), date(2026, 11, 29))
        (False, True)
    """
    is_leap_day = (today.month, today.day) == (2, 29)
    year_before = date(today.year - 1, 3, 1) if is_leap_day else today.replace(year=today.year - 1)
    return read_on < year_before


class RuleKind(enum.Enum):
    """What a rule decides; its folder has the plural of the same word."""

    DEFINITION = "definition"
    DUTY = "duty"
    CRITERION = "criterion"
    PERMISSION = "permission"
    THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that rules rest on. `read` says what was read of it; `address` is None when no page is known."""

    id: str
    citation: str
    title: str
    address: str | None
    read: str
    confidence: Confidence
    retrieved_on: date | None
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where in a source a rule stands, with at most a sentence of it."""

    source_id: str
    pin: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days on which a rule speaks: from the first day, up to but without the last. None is open."""

    start: date | None
    end: date | None

    def covers(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Who last compared something with its source, and when."""

    on: date
    by: str

    def is_stale(self, as_of: date) -> bool:
        return is_old(self.on, as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When a duty must be done.

    Args:
        starts_fact: the instant from which time runs.
        starts_when: that event in words.
        limit_words: the limit in words.
        immediate: the text says "immediately"; a number beside it is the outer limit.
        policy: the number is the platform's or an agency's, not the law's.
        hours: elapsed time. At most one of hours, days, months and business_days is set.
        days: calendar days at the same local time.
        months: calendar months at the same local time, clamped to the month's last day.
        business_days: the end of that many working days, the first day not counted.
        repeat_every_days: the duty comes back so many days after each time it is done.
    """

    starts_fact: str
    starts_when: Text
    limit_words: Text
    immediate: bool
    policy: bool
    hours: Number | None = None
    days: int | None = None
    months: int | None = None
    business_days: int | None = None
    repeat_every_days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyTerms:
    """Who must do what, towards whom, by when, and what proves it.

    Args:
        only_after: the clock stands still until this holds.
        never_a_wait: the limit is where punishment begins; it must never be shown as time to wait.
    """

    actor: str
    recipient: str
    action: str
    clock: Clock
    evidence: tuple[str, ...]
    only_after: Expression | None
    never_a_wait: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One thing an alert asks for."""

    id: str
    title: Text
    when: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionTerms:
    """What an alert needs and who may switch it on."""

    alert: str
    activator: str
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing under which information may flow; `when` is None where only people can tell."""

    id: str
    text: Text
    when: Expression | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exempt:
    """What a permission rule says nothing about, although its words would take it in."""

    recipients: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    data_classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionTerms:
    """Who may tell whom what, for which purpose. The codes are those of `sharing_words`.

    Args:
        outcome: permit, conditions or deny.
        restricts: other rules may not go round the conditions of this one.
        wall: a hard legal wall, which no setting or agreement lifts; always restricts.
        minimum: all that the text lets flow; empty where it names no list, and then only what the purpose needs.
    """

    holders: tuple[str, ...]
    data_classes: tuple[str, ...]
    recipients: tuple[str, ...]
    purposes: tuple[str, ...]
    exempt: Exempt
    outcome: str
    restricts: bool
    wall: bool
    conditions: tuple[Condition, ...]
    minimum: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThresholdTerms:
    """The tier a threshold raises an episode to."""

    tier: str


Terms: TypeAlias = DutyTerms | CriterionTerms | PermissionTerms | ThresholdTerms | None
"""What follows when a rule holds; None for a definition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule, one file."""

    id: str
    pack_id: str
    kind: RuleKind
    title: Text
    tests_missing: bool
    when: Expression
    terms: Terms
    periods: tuple[Period, ...]
    citations: tuple[Citation, ...]
    confidence: Confidence
    reviewed: Review | None
    notes: str
    plain: Text
    path: str

    def speaks_on(self, day: date) -> bool:
        return any(period.covers(day) for period in self.periods)

    def is_stale(self, as_of: date) -> bool:
        """Never compared with its source, or not for twelve months."""
        return self.reviewed is None or self.reviewed.is_stale(as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Applies:
    """One way in which a pack comes to speak: always, by a state, or by a nation."""

    always: bool = False
    state: str | None = None
    nation: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackBody:
    """What stands in a pack's folder beside its header."""

    sources: Mapping[str, Source]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A folder of rules for one jurisdiction or practice. Its header is at hand, its body opens when first asked for.

    Args:
        applies: any one of them makes the pack speak; empty for a pack of facts only.
        zone: IANA zone for calendar and business days; None counts days of 24 hours.
        settings: numbers that expressions may name; None where the value is not known.
        status: a warning to show with everything the pack says.
        sha256: over the sorted names and bytes of its files.
    """

    id: str
    title: Text
    kind: str
    jurisdiction: str
    version: str
    applies: tuple[Applies, ...]
    worlds: frozenset[str]
    zone: str | None
    steward: str
    licence: str
    depends_on: tuple[str, ...]
    confidence: Confidence
    status: Text | None
    reviewed: Review | None
    settings: Mapping[str, Number | None]
    sha256: str
    body: Later[PackBody]

    @property
    def sources(self) -> Mapping[str, Source]:
        return self.body.get().sources

    @property
    def rules(self) -> tuple[Rule, ...]:
        return self.body.get().rules

    def is_stale(self, as_of: date) -> bool:
        """Never compared with its sources, or not for twelve months."""
        return self.reviewed is None or self.reviewed.is_stale(as_of)

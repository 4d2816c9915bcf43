"""What an assessment says, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from allhands.law.expressions.scene import Trace
from allhands.law.facts.known import Stated
from allhands.law.json_form import assessment_json
from allhands.law.rules import Clock
from allhands.law.values import JSON, Confidence, FactValue, Text, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRef:
    """A pack that spoke, fixed by its hash.

    Args:
        status: a warning to show with what it says.
        stale: not compared with its sources for more than twelve months.
    """

    id: str
    title: Text
    version: str
    sha256: str
    status: Text | None
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Where a rule stands written, and how well that was read."""

    citation: str
    pin: str
    quote: str
    address: str | None
    confidence: Confidence
    read_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DefinitionResult:
    """Whether one definition fits; `missing` names the facts that would settle it, most decisive first."""

    id: str
    pack_id: str
    title: Text
    tests_missing: bool
    verdict: Verdict
    because: Trace
    missing: tuple[str, ...]
    source: tuple[SourceRef, ...]
    plain: Text
    confidence: Confidence
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyResult:
    """Who must do what by when.

    Args:
        applies: TRUE, or UNKNOWN while facts that would settle it are missing; duties that are FALSE are left out.
        assumed: definitions counted as true although they are not settled.
        clock_starts_at: None while the clock has not started; `clock.starts_when` says what starts it.
        governs: no other duty of the same actor, recipient and action is due earlier.
        covered_by: the duty that governs this one.
    """

    rule_id: str
    pack_id: str
    title: Text
    applies: Verdict
    assumed: tuple[str, ...]
    actor: str
    recipient: str
    action: str
    clock: Clock
    clock_starts_at: datetime | None
    due_at: datetime | None
    due_words: Text
    governs: bool
    covered_by: str | None
    evidence: tuple[str, ...]
    never_a_wait: bool
    because: Trace
    missing: tuple[str, ...]
    source: tuple[SourceRef, ...]
    plain: Text
    confidence: Confidence
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedResult:
    """One need of an alert: met, not met, or not known."""

    id: str
    title: Text
    verdict: Verdict
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """An alert that exists here, and how far its needs are met; `verdict` is TRUE when all are."""

    id: str
    pack_id: str
    title: Text
    alert: str
    activator: str
    verdict: Verdict
    needs: tuple[NeedResult, ...]
    because: Trace
    missing: tuple[str, ...]
    source: tuple[SourceRef, ...]
    plain: Text
    confidence: Confidence
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that does not agree, shown and never smoothed over.

    Args:
        kind: `definitions`, `ages` or `informants`.
        rules: the rules concerned.
        fact: the fact people disagree about, with all that was `stated` and the value that `governs`.
    """

    kind: str
    text: Text
    rules: tuple[str, ...] = ()
    fact: str | None = None
    stated: tuple[Stated, ...] = ()
    governs: FactValue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that raised the tier."""

    rule_id: str
    tier: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """How urgent: T1 now, T2 within the hour, T3 this shift. Nothing lowers it."""

    level: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A fact worth asking for, and how many rules one answer could settle."""

    fact: str
    question: Text
    settles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything the law says about one episode at one instant. The same input always gives the same assessment.

    Args:
        holds_until: up to this instant time alone changes nothing of it; None: it never does.
    """

    as_of: datetime
    world: str
    packs: tuple[PackRef, ...]
    definitions: tuple[DefinitionResult, ...]
    duties: tuple[DutyResult, ...]
    criteria: tuple[CriterionResult, ...]
    conflicts: tuple[Conflict, ...]
    tier: Tier
    ask_next: tuple[Question, ...]
    facts_used: tuple[str, ...]
    holds_until: datetime | None

    def to_json(self, lang: str = "en") -> dict[str, JSON]:
        """The assessment as plain data, in one language."""
        return assessment_json(self, lang)

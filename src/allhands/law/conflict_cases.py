"""The same child under several laws, side by side: what each law says, what was expected, and what nobody has read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from allhands.law.assess import assess
from allhands.law.assessment import Assessment, CriterionResult, DefinitionResult, DutyResult, SourceRef
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.library import Library
from allhands.law.places import Place
from allhands.law.rules import Pack, RuleKind
from allhands.law.speaking import PLACE_FACTS
from allhands.law.values import Confidence, FactValue, Text, Verdict

_HERE = ("place.residence", "place.last_seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the dossier says that one rule answers.

    Args:
        verdict: for a duty TRUE is owed and FALSE not owed; for an alert TRUE is all needs met.
        due_at: the deadline; None with `due_stated` demands that no deadline runs.
    """

    rule_id: str
    verdict: Verdict | None
    due_at: datetime | None
    due_stated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One jurisdiction of a case.

    Args:
        facts: what is different here; the place follows from the pack.
        says: the answer in words, as the dossier gives it.
        gaps: what the dossier does not answer here, or what no rule can hold.
    """

    pack_id: str
    facts: Facts
    says: Text
    expected: tuple[Expected, ...]
    gaps: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictCase:
    """One question that laws answer differently.

    Args:
        situation: the facts in plain words.
        lesson: what follows for people who must act.
        source: where the case comes from.
    """

    id: str
    title: Text
    question: Text
    situation: Text
    lesson: Text
    source: str
    as_of: datetime
    rows: tuple[CaseRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictAnswer:
    """What one rule says, beside what was expected of it.

    Args:
        kind: definition, duty, criterion or permission.
        limit: a duty's limit in words.
        holds: what was found is what was expected.
    """

    rule_id: str
    kind: str
    title: Text
    plain: Text
    verdict: Verdict
    due_at: datetime | None
    limit: Text | None
    expected: Expected
    holds: bool
    source: tuple[SourceRef, ...]
    confidence: Confidence
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictRow:
    """One jurisdiction's line of the table."""

    pack_id: str
    jurisdiction: str
    title: Text
    says: Text
    answers: tuple[ConflictAnswer, ...]
    gaps: tuple[Text, ...]
    status: Text | None
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictTable:
    """A case with every jurisdiction's answer; `holds` when all came out as expected."""

    case: ConflictCase
    rows: tuple[ConflictRow, ...]
    holds: bool


def conflict_table(case: ConflictCase, library: Library) -> ConflictTable:
    """The case, judged anew by each jurisdiction's rules."""
    rows = tuple(_row(row, case, library) for row in case.rows)
    return ConflictTable(case=case, rows=rows, holds=all(answer.holds for row in rows for answer in row.answers))


def facts_at(pack: Pack, values: Mapping[str, FactValue]) -> dict[str, FactValue]:
    """The facts of a row: those stated, and the place that makes its pack speak when no place is stated."""
    if any(fact in values for fact in PLACE_FACTS) or all(applies.always for applies in pack.applies):
        return dict(values)
    applies = pack.applies[0]
    place = Place(state=applies.state, nation=applies.nation, indian_country=True if applies.nation else None)
    return {**dict.fromkeys(_HERE, place), **values}


def _row(row: CaseRow, case: ConflictCase, library: Library) -> ConflictRow:
    pack = library.pack(row.pack_id)
    facts = Facts.of(facts_at(pack, row.facts.values))
    made = assess(facts, library, as_of=case.as_of)
    stale = any(used.stale for used in made.packs if used.id == pack.id)
    return ConflictRow(
        pack_id=pack.id,
        jurisdiction=pack.jurisdiction,
        title=pack.title,
        says=row.says,
        answers=tuple(_answer(expected, made, facts, library) for expected in row.expected),
        gaps=row.gaps,
        status=pack.status,
        stale=stale,
    )


def _results(made: Assessment) -> Iterator[tuple[str, DefinitionResult | DutyResult | CriterionResult]]:
    yield from ((found.id, found) for found in made.definitions)
    yield from ((found.rule_id, found) for found in made.duties)
    yield from ((found.id, found) for found in made.criteria)


def _answer(expected: Expected, made: Assessment, facts: Facts, library: Library) -> ConflictAnswer:
    """A duty that is not owed and an alert that is shut are left out of an assessment: that is their FALSE.

    A permission is no part of an assessment; its verdict is whether it applies.
    """
    rule = library.rule(expected.rule_id)
    found = dict(_results(made)).get(rule.id)
    verdict, due = Verdict.FALSE, None
    if rule.kind is RuleKind.PERMISSION:
        verdict = Verdict.of(Judge(library, facts, as_of=made.as_of, world=made.world).verdict(rule.id))
    if isinstance(found, DutyResult):
        verdict, due = found.applies, found.due_at
    elif found is not None:
        verdict = found.verdict
    is_wanted = expected.verdict in (None, verdict) and (not expected.due_stated or expected.due_at == due)
    card = library.cards[rule.id]
    return ConflictAnswer(
        rule_id=rule.id,
        kind=rule.kind.value,
        title=rule.title,
        plain=rule.plain,
        verdict=verdict,
        due_at=due,
        limit=card.limit,
        expected=expected,
        holds=is_wanted,
        source=card.sources,
        confidence=rule.confidence,
        stale=found.stale if found is not None else False,
    )

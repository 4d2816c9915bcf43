"""From facts to everything the law says about them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

from allhands.kernel.instants import require_aware
from allhands.law.asking import Asked
from allhands.law.assessment import (
    Assessment,
    DefinitionResult,
    PackRef,
    Reason,
    Tier,
)
from allhands.law.collecting import uncollected
from allhands.law.conflicts import find_conflicts
from allhands.law.criteria import criterion_result
from allhands.law.duties import duty_results
from allhands.law.expressions.scene import missing_of
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.library import Library
from allhands.law.rules import Pack, Rule, RuleKind, ThresholdTerms
from allhands.law.turning import holds_until
from allhands.law.values import Verdict


def assess(facts: Facts, library: Library, *, as_of: datetime, world: str = "live") -> Assessment:
    """Every definition, duty, criterion, conflict and open question for one episode.

    Args:
        facts: what is known so far; an absent fact is UNKNOWN, never FALSE.
        as_of: aware instant of the assessment.
        world: live, demo or drill; packs may speak in some worlds only.
    Raises:
        ValueError: `as_of` names no offset from UTC.
    """
    judge = Judge(library, facts, as_of=require_aware(as_of).astimezone(UTC), world=world)
    with uncollected(), closing(judge):
        return _assess(judge)


def _assess(judge: Judge) -> Assessment:
    asked = Asked(judge)
    definitions = tuple(_definition(rule, pack, judge, asked) for pack, rule in judge.speaking(RuleKind.DEFINITION))
    duties = duty_results(judge.speaking(RuleKind.DUTY), judge, asked)
    criteria = [criterion_result(rule, pack, judge, asked) for pack, rule in judge.speaking(RuleKind.CRITERION)]
    used = {fact for index in judge.applying for fact in index.facts}
    return Assessment(
        as_of=judge.as_of,
        world=judge.world,
        packs=pack_refs(judge),
        definitions=definitions,
        duties=duties,
        criteria=tuple(criterion for criterion in criteria if criterion is not None),
        conflicts=find_conflicts(definitions, judge),
        tier=_tier(judge, asked),
        ask_next=asked.questions(),
        facts_used=tuple(sorted(used & judge.facts.values.keys())),
        holds_until=holds_until(judge),
    )


def pack_refs(judge: Judge) -> tuple[PackRef, ...]:
    """The packs that speak, in order."""
    return tuple(_pack_ref(index.pack, judge) for index in judge.applying)


def _pack_ref(pack: Pack, judge: Judge) -> PackRef:
    return PackRef(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        sha256=pack.sha256,
        status=pack.status,
        stale=judge.is_stale(pack.reviewed),
    )


def _definition(rule: Rule, pack: Pack, judge: Judge, asked: Asked) -> DefinitionResult:
    verdict = judge.verdict(rule.id)
    levers = judge.open_facts(rule)
    asked.note(levers)
    return DefinitionResult(
        id=rule.id,
        pack_id=pack.id,
        title=rule.title,
        tests_missing=rule.tests_missing,
        verdict=Verdict.of(verdict),
        because=rule.when.trace(judge.scene),
        missing=missing_of(levers),
        source=judge.library.cards[rule.id].sources,
        plain=rule.plain,
        confidence=rule.confidence,
        stale=judge.is_stale(rule.reviewed),
    )


def _tier(judge: Judge, asked: Asked) -> Tier:
    """The highest tier any threshold asks for, every reason named; T3 when none does."""
    reasons = []
    for _, rule in judge.speaking(RuleKind.THRESHOLD):
        verdict = judge.verdict(rule.id)
        if verdict and isinstance(rule.terms, ThresholdTerms):
            reasons.append(Reason(rule_id=rule.id, tier=rule.terms.tier, text=rule.plain))
        elif verdict is None:
            asked.note(judge.open_facts(rule))
    reasons.sort(key=lambda reason: reason.tier)
    return Tier(level=reasons[0].tier if reasons else "T3", reasons=tuple(reasons))

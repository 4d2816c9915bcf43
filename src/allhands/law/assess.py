"""From facts to everything the law says about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from allhands.kernel.instants import require_aware
from allhands.law.asking import Asked
from allhands.law.assessment import (
    Assessment,
    CriterionResult,
    DefinitionResult,
    DutyResult,
    NeedResult,
    PackRef,
    Reason,
    SourceRef,
    Tier,
)
from allhands.law.clocks import due_at, due_words
from allhands.law.conflicts import find_conflicts
from allhands.law.deadlines import mark_governing
from allhands.law.expressions.scene import Levers, missing_of
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.library import Library
from allhands.law.rules import CriterionTerms, DutyTerms, Need, Pack, Rule, RuleKind, ThresholdTerms
from allhands.law.values import Kleene, Verdict


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
    asked = Asked(judge)
    definitions = tuple(_definition(rule, pack, judge, asked) for pack, rule in _speaking(judge, RuleKind.DEFINITION))
    duties = [_duty(rule, pack, judge, asked) for pack, rule in _speaking(judge, RuleKind.DUTY)]
    criteria = [_criterion(rule, pack, judge, asked) for pack, rule in _speaking(judge, RuleKind.CRITERION)]
    used = {fact for index in judge.applying for fact in index.facts}
    return Assessment(
        as_of=judge.as_of,
        world=world,
        packs=tuple(_pack_ref(index.pack, judge) for index in judge.applying),
        definitions=definitions,
        duties=mark_governing([duty for duty in duties if duty is not None]),
        criteria=tuple(criterion for criterion in criteria if criterion is not None),
        conflicts=find_conflicts(definitions, judge),
        tier=_tier(judge, asked),
        ask_next=asked.questions(),
        facts_used=tuple(sorted(used & facts.values.keys())),
    )


def _speaking(judge: Judge, kind: RuleKind) -> Iterator[tuple[Pack, Rule]]:
    for index in judge.applying:
        for rule in index.rules[kind]:
            if rule.speaks_on(judge.day):
                yield index.pack, rule


def _pack_ref(pack: Pack, judge: Judge) -> PackRef:
    return PackRef(
        id=pack.id,
        title=pack.title,
        version=pack.version,
        sha256=pack.sha256,
        status=pack.status,
        stale=judge.is_stale(pack.reviewed),
    )


def _sources(rule: Rule, pack: Pack) -> tuple[SourceRef, ...]:
    refs = []
    for citation in rule.citations:
        source = pack.sources[citation.source_id]
        refs.append(
            SourceRef(
                citation=source.citation,
                pin=citation.pin,
                quote=citation.quote,
                address=source.address,
                confidence=source.confidence,
                read_on=source.retrieved_on,
            )
        )
    return tuple(refs)


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
        source=_sources(rule, pack),
        plain=rule.plain,
        confidence=rule.confidence,
        stale=judge.is_stale(rule.reviewed),
    )


def _duty(rule: Rule, pack: Pack, judge: Judge, asked: Asked) -> DutyResult | None:
    verdict, assumed = judge.duty_verdict(rule)
    if verdict is False or not isinstance(rule.terms, DutyTerms):
        return None
    levers = judge.open_facts(rule)
    asked.note(levers)
    starts_at = _clock_start(rule.terms, verdict, judge)
    clock, zone = rule.terms.clock, judge.zone_of(pack)
    due = None if starts_at is None else due_at(clock, starts_at, zone)
    judge.scene.assuming = bool(assumed)
    because = rule.when.trace(judge.scene)
    judge.scene.assuming = False
    return DutyResult(
        rule_id=rule.id,
        pack_id=pack.id,
        title=rule.title,
        applies=Verdict.of(verdict),
        assumed=assumed,
        actor=rule.terms.actor,
        recipient=rule.terms.recipient,
        action=rule.terms.action,
        clock=clock,
        clock_starts_at=starts_at,
        due_at=due,
        due_words=due_words(clock, due, zone, never_a_wait=rule.terms.never_a_wait),
        governs=False,
        covered_by=None,
        evidence=rule.terms.evidence,
        never_a_wait=rule.terms.never_a_wait,
        because=because,
        missing=missing_of(levers),
        source=_sources(rule, pack),
        plain=rule.plain,
        confidence=rule.confidence,
        stale=judge.is_stale(rule.reviewed),
    )


def _clock_start(terms: DutyTerms, verdict: Kleene, judge: Judge) -> datetime | None:
    starts_at = judge.facts.values.get(terms.clock.starts_fact)
    waiting = terms.only_after is not None and not terms.only_after.judge(judge.scene)
    if verdict is None or waiting or not isinstance(starts_at, datetime):
        return None
    return starts_at


def _criterion(rule: Rule, pack: Pack, judge: Judge, asked: Asked) -> CriterionResult | None:
    exists = rule.when.judge(judge.scene)
    if exists is False or not isinstance(rule.terms, CriterionTerms):
        return None
    levers = judge.open_facts(rule)
    asked.note(levers)
    return CriterionResult(
        id=rule.id,
        pack_id=pack.id,
        title=rule.title,
        alert=rule.terms.alert,
        activator=rule.terms.activator,
        verdict=Verdict.of(judge.verdict(rule.id)),
        needs=tuple(_need(need, judge) for need in rule.terms.needs),
        because=rule.when.trace(judge.scene),
        missing=missing_of(levers),
        source=_sources(rule, pack),
        plain=rule.plain,
        confidence=rule.confidence,
        stale=judge.is_stale(rule.reviewed),
    )


def _need(need: Need, judge: Judge) -> NeedResult:
    met = need.when.judge(judge.scene)
    levers: Levers = need.when.levers(judge.scene) if met is None else {}
    return NeedResult(id=need.id, title=need.title, verdict=Verdict.of(met), missing=missing_of(levers))


def _tier(judge: Judge, asked: Asked) -> Tier:
    """The highest tier any threshold asks for, every reason named; T3 when none does."""
    reasons = []
    for _, rule in _speaking(judge, RuleKind.THRESHOLD):
        verdict = judge.verdict(rule.id)
        if verdict and isinstance(rule.terms, ThresholdTerms):
            reasons.append(Reason(rule_id=rule.id, tier=rule.terms.tier, text=rule.plain))
        elif verdict is None:
            asked.note(judge.open_facts(rule))
    reasons.sort(key=lambda reason: reason.tier)
    return Tier(level=reasons[0].tier if reasons else "T3", reasons=tuple(reasons))

"""Alerts that exist here, and how far the needs of each are met."""

from __future__ import annotations

from datetime import UTC, datetime

from allhands.kernel.instants import require_aware
from allhands.law.asking import Asked
from allhands.law.assessment import CriterionResult, NeedResult
from allhands.law.codes import ALERTS
from allhands.law.expressions.scene import Levers, missing_of
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.library import Library
from allhands.law.rules import CriterionTerms, Need, Pack, Rule, RuleKind
from allhands.law.values import Verdict, nearest_word


def alert_criteria(
    library: Library, *, facts: Facts, as_of: datetime, alert: str | None = None, world: str = "live"
) -> tuple[CriterionResult, ...]:
    """The criteria of every alert that exists for this child at these places, each need met, not met or not known.

    The same values as `Assessment.criteria`, without the rest of an assessment.

    Args:
        alert: only alerts of this kind, a code of `codes.ALERTS`.
    Raises:
        ValueError: no such kind; or `as_of` names no offset from UTC.
    """
    if alert is not None and alert not in ALERTS:
        near = nearest_word(alert, ALERTS)
        hint = f'; did you mean "{near}"?' if near else ""
        raise ValueError(f"{alert!r} is no kind of alert{hint}; allowed: {', '.join(sorted(ALERTS))}")
    judge = Judge(library, facts, as_of=require_aware(as_of).astimezone(UTC), world=world)
    asked = Asked(judge)
    found = [criterion_result(rule, pack, judge, asked) for pack, rule in judge.speaking(RuleKind.CRITERION)]
    return tuple(one for one in found if one is not None and alert in (None, one.alert))


def criterion_result(rule: Rule, pack: Pack, judge: Judge, asked: Asked) -> CriterionResult | None:
    """How far one alert's needs are met; None when the alert does not exist for this child here."""
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
        source=judge.library.cards[rule.id].sources,
        plain=rule.plain,
        confidence=rule.confidence,
        stale=judge.is_stale(rule.reviewed),
    )


def _need(need: Need, judge: Judge) -> NeedResult:
    met = need.when.judge(judge.scene)
    levers: Levers = need.when.levers(judge.scene) if met is None else {}
    return NeedResult(id=need.id, title=need.title, verdict=Verdict.of(met), missing=missing_of(levers))

"""Duties with their clocks, and which deadline governs when several ask for the same act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from allhands.law.asking import Asked
from allhands.law.assessment import DutyResult
from allhands.law.clocks import due_at, due_words, limit_length
from allhands.law.expressions.scene import Trace, missing_of
from allhands.law.judge import Judge
from allhands.law.rules import DutyTerms, Pack, Rule
from allhands.law.values import Kleene, Verdict

_NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """A duty that is not FALSE, before it is known which of its group governs."""

    rule: Rule
    terms: DutyTerms
    verdict: Kleene
    assumed: tuple[str, ...]
    starts_at: datetime | None
    due: datetime | None
    zone: ZoneInfo

    def group(self) -> tuple[str, str, str]:
        return self.terms.actor, self.terms.recipient, self.terms.action

    def order(self) -> tuple[datetime, timedelta, bool, str, str]:
        """Earliest first; of equal ones the law before policy, then the better read text."""
        clock = self.terms.clock
        return self.due or _NEVER, limit_length(clock), clock.policy, self.rule.confidence.value, self.rule.id


def duty_results(rules: Iterable[tuple[Pack, Rule]], judge: Judge, asked: Asked) -> tuple[DutyResult, ...]:
    """Every duty that is TRUE or UNKNOWN, each marked as governing or as covered by the one that does.

    The earliest deadline governs. While no clock of a group runs, the shortest limit does. A duty that is still UNKNOWN
    neither governs nor is covered: nobody may rest on it, and nothing may hide it.
    """
    drafts = [draft for pack, rule in rules if (draft := _draft(rule, pack, judge)) is not None]
    governing: dict[tuple[str, str, str], _Draft] = {}
    for draft in drafts:
        if draft.verdict:
            best = governing.setdefault(draft.group(), draft)
            if best is not draft and draft.order() < best.order():
                governing[draft.group()] = draft
    return tuple([_result(draft, governing.get(draft.group()), judge, asked) for draft in drafts])


def _draft(rule: Rule, pack: Pack, judge: Judge) -> _Draft | None:
    verdict, assumed = judge.duty_verdict(rule)
    if verdict is False or not isinstance(rule.terms, DutyTerms):
        return None
    starts_at = _clock_start(rule.terms, verdict, judge)
    zone = judge.zone_of(pack)
    return _Draft(
        rule=rule,
        terms=rule.terms,
        verdict=verdict,
        assumed=assumed,
        starts_at=starts_at,
        due=None if starts_at is None else due_at(rule.terms.clock, starts_at, zone),
        zone=zone,
    )


def _clock_start(terms: DutyTerms, verdict: Kleene, judge: Judge) -> datetime | None:
    starts_at = judge.facts.values.get(terms.clock.starts_fact)
    waiting = terms.only_after is not None and not terms.only_after.judge(judge.scene)
    if verdict is None or waiting or not isinstance(starts_at, datetime):
        return None
    return starts_at


def _because(draft: _Draft, judge: Judge) -> Trace:
    judge.scene.assuming = bool(draft.assumed)
    because = draft.rule.when.trace(judge.scene)
    judge.scene.assuming = False
    return because


def _result(draft: _Draft, governing: _Draft | None, judge: Judge, asked: Asked) -> DutyResult:
    rule, terms = draft.rule, draft.terms
    card = judge.library.cards[rule.id]
    assert card.limit is not None
    levers = judge.open_facts_of_duty(rule, draft.verdict, draft.assumed)
    asked.note(levers)
    is_covered = bool(draft.verdict) and governing is not None and governing is not draft
    return DutyResult(
        rule_id=rule.id,
        pack_id=rule.pack_id,
        title=rule.title,
        applies=Verdict.of(draft.verdict),
        assumed=draft.assumed,
        actor=terms.actor,
        recipient=terms.recipient,
        action=terms.action,
        clock=terms.clock,
        clock_starts_at=draft.starts_at,
        due_at=draft.due,
        due_words=due_words(
            card.limit, draft.due, draft.zone, policy=terms.clock.policy, never_a_wait=terms.never_a_wait
        ),
        governs=governing is draft,
        covered_by=governing.rule.id if is_covered and governing is not None else None,
        evidence=terms.evidence,
        never_a_wait=terms.never_a_wait,
        because=_because(draft, judge),
        missing=missing_of(levers),
        source=card.sources,
        plain=rule.plain,
        confidence=rule.confidence,
        stale=judge.is_stale(rule.reviewed),
    )

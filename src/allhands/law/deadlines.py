"""Of several duties to do the same act towards the same recipient, which deadline governs."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

from allhands.law.assessment import DutyResult
from allhands.law.clocks import limit_length
from allhands.law.values import Verdict

_NEVER = datetime.max.replace(tzinfo=UTC)


def mark_governing(duties: list[DutyResult]) -> tuple[DutyResult, ...]:
    """The duties in their order, each marked as governing or as covered by the one that does.

    The earliest deadline governs. While no clock of a group runs, the shortest limit does. A duty that is still UNKNOWN
    neither governs nor is covered: nobody may rest on it, and nothing may hide it.
    """
    governing: dict[tuple[str, str, str], DutyResult] = {}
    for duty in duties:
        key = _key(duty)
        if duty.applies is Verdict.TRUE and (key not in governing or _order(duty) < _order(governing[key])):
            governing[key] = duty
    return tuple(_marked(duty, governing.get(_key(duty))) for duty in duties)


def _key(duty: DutyResult) -> tuple[str, str, str]:
    return duty.actor, duty.recipient, duty.action


def _order(duty: DutyResult) -> tuple[datetime, timedelta, bool, str, str]:
    """Earliest first; of equal ones the law before policy, then the better read text."""
    due = duty.due_at or _NEVER
    return due, limit_length(duty.clock), duty.clock.policy, duty.confidence.value, duty.rule_id


def _marked(duty: DutyResult, governing: DutyResult | None) -> DutyResult:
    if duty.applies is not Verdict.TRUE or governing is None:
        return duty
    if governing is duty:
        return dataclasses.replace(duty, governs=True)
    return dataclasses.replace(duty, covered_by=governing.rule_id)

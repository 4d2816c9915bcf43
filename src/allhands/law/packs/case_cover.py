"""Whether the cases cover the rules: one that holds, one that does not, and both sides of every number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allhands.law.expressions.leaves import Compare, Setting
from allhands.law.expressions.walk import expressions_of, nodes
from allhands.law.packs.cases import Case
from allhands.law.rules import PermissionTerms, Rule
from allhands.law.values import Number, Verdict

Remark = tuple[str, str, str]
"""Path, finding code, message."""


def uncovered(rules: Iterable[Rule], cases: Iterable[Case]) -> Iterator[Remark]:
    """A remark for everything no case tests. A permission needs cases that ask: where it decides, and each way
    in which one of its conditions fails."""
    by_rule: dict[str, list[Case]] = {}
    for case in cases:
        if case.rule is not None:
            by_rule.setdefault(case.rule.id, []).append(case)
    for rule in rules:
        if isinstance(rule.terms, PermissionTerms):
            yield from _sharing_remarks(rule, rule.terms, by_rule.get(rule.id, []))
        else:
            yield from _rule_remarks(rule, by_rule.get(rule.id, []))


def _sharing_remarks(rule: Rule, terms: PermissionTerms, cases: list[Case]) -> Iterator[Remark]:
    answers = {case.expect.sharing for case in cases}
    if terms.outcome not in answers and not (terms.outcome == "conditions" and "permit" in answers):
        message = f"no case asks what {rule.id} answers; add one with share: and sharing: {terms.outcome}"
        yield rule.path, "pack.no-true-case", message
    if any(condition.when is not None for condition in terms.conditions) and "deny" not in answers:
        message = f"no case shows that {rule.id} denies when a condition fails; add one with sharing: deny"
        yield rule.path, "pack.no-false-case", message


def _rule_remarks(rule: Rule, cases: list[Case]) -> Iterator[Remark]:
    if not any(_expects_true(case) for case in cases):
        yield rule.path, "pack.no-true-case", f"no case shows when {rule.id} holds; add one with verdict: true"
    if not any(case.expect.verdict is Verdict.FALSE for case in cases) and not _is_always(rule):
        yield (
            rule.path,
            "pack.no-false-case",
            f"no case shows when {rule.id} fails; add one with verdict: false",
        )
    for compare in _numbers(rule):
        if isinstance(compare.bound, Setting):
            yield from _setting_remarks(rule, compare, compare.bound, cases)
        else:
            yield from _threshold_remarks(rule, compare, compare.bound, cases)


def _is_always(rule: Rule) -> bool:
    return not any(node.parts() or hasattr(node, "fact") or hasattr(node, "rule") for node in nodes(rule.when))


def _expects_true(case: Case) -> bool:
    return case.expect.verdict is Verdict.TRUE or case.expect.due_at is not None


def _numbers(rule: Rule) -> Iterator[Compare]:
    for _, expression in expressions_of(rule):
        for node in nodes(expression):
            if isinstance(node, Compare):
                yield node


def _threshold_remarks(rule: Rule, compare: Compare, bound: Number, cases: list[Case]) -> Iterator[Remark]:
    tried = {case.facts.values.get(compare.fact) for case in cases}
    for value in edges(compare.side, bound):
        if value not in tried:
            message = f"{compare.fact} {compare.side} {bound} is not tested at {value}; add a case with that value"
            yield rule.path, "pack.threshold-untested", message


def _setting_remarks(rule: Rule, compare: Compare, setting: Setting, cases: list[Case]) -> Iterator[Remark]:
    """A number that a pack sets is tested at both sides of one number that it has, by itself or in the cases."""
    by_number: dict[Number, list[Case]] = {}
    for case in cases:
        number = number_in(case, setting)
        if number is not None:
            by_number.setdefault(number, []).append(case)
    remarks = [list(_threshold_remarks(rule, compare, number, by_number[number])) for number in sorted(by_number)]
    if not remarks:
        name = setting.name
        message = f"no case says what {name} is, and no pack sets it; add cases with settings: {{{name}: a number}}"
        yield rule.path, "pack.threshold-untested", message
    elif all(remarks):
        yield from min(remarks, key=len)


def number_in(case: Case, setting: Setting) -> Number | None:
    """The setting's number in a case: the case's own, or else that of its pack; None where nobody chose one (0 too)."""
    return case.settings.get(setting.name, case.pack.settings.get(setting.name)) or None


def edges(side: str, bound: Number) -> tuple[Number, Number]:
    """The last value on each side of a bound, in whole steps."""
    if side in ("at_least", "below"):
        return bound - 1, bound
    return bound, bound + 1

"""What a tree mentions: every node, the facts it reads, the rules it refers to."""

from __future__ import annotations

from collections.abc import Iterator

from allhands.law.expressions import leaves
from allhands.law.expressions.branches import Not, RuleHolds
from allhands.law.expressions.scene import Expression
from allhands.law.rules import CriterionTerms, DutyTerms, PermissionTerms, Rule


def nodes(expression: Expression) -> Iterator[Expression]:
    """The node itself and everything below it, in reading order."""
    yield expression
    for part in expression.parts():
        yield from nodes(part)


def facts_read(expression: Expression) -> Iterator[str]:
    """Fact ids, in reading order, with repeats."""
    for node in nodes(expression):
        if isinstance(node, leaves.Leaf):
            yield node.fact
        if isinstance(node, leaves.Within) and node.of != leaves.AS_OF:
            yield node.of
        if isinstance(node, leaves.Order) and isinstance(node.bound, str) and node.bound != leaves.AS_OF:
            yield node.bound


def settings_read(expression: Expression) -> Iterator[str]:
    """Settings that packs must have, in reading order."""
    for node in nodes(expression):
        if isinstance(node, leaves.SettingIs):
            yield node.name
        elif isinstance(node, leaves.Compare) and isinstance(node.bound, leaves.Setting):
            yield node.bound.name


def rules_named(expression: Expression) -> Iterator[str]:
    return (node.rule for node in nodes(expression) if isinstance(node, RuleHolds))


def rules_affirmed(expression: Expression) -> Iterator[str]:
    """The rules named outside every `not`."""
    if isinstance(expression, RuleHolds):
        yield expression.rule
    if not isinstance(expression, Not):
        for part in expression.parts():
            yield from rules_affirmed(part)


def expressions_of(rule: Rule) -> Iterator[tuple[str, Expression]]:
    """Each expression of a rule with the key under which it stands."""
    yield "applies_when", rule.when
    if isinstance(rule.terms, DutyTerms) and rule.terms.only_after is not None:
        yield "then.only_after", rule.terms.only_after
    if isinstance(rule.terms, CriterionTerms):
        for number, need in enumerate(rule.terms.needs):
            yield f"then.needs[{number}].when", need.when
    if isinstance(rule.terms, PermissionTerms):
        for number, condition in enumerate(rule.terms.conditions):
            if condition.when is not None:
                yield f"then.conditions[{number}].when", condition.when


def facts_of_rule(rule: Rule) -> set[str]:
    """Every fact a rule reads, its clock's start included."""
    facts = {fact for _, expression in expressions_of(rule) for fact in facts_read(expression)}
    if isinstance(rule.terms, DutyTerms):
        facts.add(rule.terms.clock.starts_fact)
    return facts

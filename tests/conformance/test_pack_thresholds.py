"""Every number in every rule, just below, at and just above: made from the rules, so a new rule cannot be forgotten.

The scene comes from the rule's own cases. One of them must be such that the number alone decides: then the verdicts on
its two sides differ, and the verdict at the number is that of the side it belongs to. A number may also be a pack's
setting: then a case says what a State or place chose, unless its pack does. A setting that is a switch must decide too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from allhands.law import Facts, Library, Rule, RuleKind, Verdict
from allhands.law.expressions.leaves import AS_OF, Compare, Setting, SettingIs, Within
from allhands.law.expressions.scene import Expression
from allhands.law.expressions.walk import expressions_of, nodes
from allhands.law.judge import Judge
from allhands.law.library import build_library, with_settings
from allhands.law.packs.case_cover import number_in
from allhands.law.packs.cases import Case, read_cases, world_of
from allhands.law.packs.directory import read_directory
from allhands.law.values import FactValue, Kleene, Number

PACKS = Path(__file__).parents[2] / "packs"
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Edge:
    """A number in a rule: the expression it stands in and the leaf that reads it."""

    rule: Rule
    key: str
    expression: Expression
    leaf: Compare | Within


@pytest.fixture(scope="module")
def house() -> tuple[Library, dict[str, list[Case]]]:
    found = read_directory(PACKS, with_cases=True)
    library = build_library(found)
    by_rule: dict[str, list[Case]] = defaultdict(list)
    for case in read_cases(found, library):
        if case.rule is not None:
            by_rule[case.rule.id].append(case)
    return library, by_rule


def edges_of(library: Library) -> Iterator[Edge]:
    for rule in library.rules.values():
        for key, expression in expressions_of(rule):
            for leaf in nodes(expression):
                if isinstance(leaf, Within | Compare):
                    yield Edge(rule, key, expression, leaf)


def switches_of(library: Library) -> Iterator[tuple[Rule, Expression, SettingIs]]:
    for rule in library.rules.values():
        for _, expression in expressions_of(rule):
            yield from ((rule, expression, leaf) for leaf in nodes(expression) if isinstance(leaf, SettingIs))


def around(leaf: Compare | Within, case: Case) -> list[FactValue] | None:
    """The fact's values just below, at and just above the number; None when the case does not say what it reads."""
    if isinstance(leaf, Compare):
        bound = number_in(case, leaf.bound) if isinstance(leaf.bound, Setting) else leaf.bound
        return None if bound is None else [bound - 1, bound, bound + 1]
    other = case.as_of if leaf.of == AS_OF else case.facts.values.get(leaf.of)
    if not isinstance(other, datetime):
        return None
    limit = timedelta(hours=leaf.hours)
    back = [other - limit + MINUTE, other - limit, other - limit - MINUTE]
    return list(back)


def wanted(leaf: Compare | Within) -> list[bool]:
    """What the leaf by itself says just below, at and just above."""
    if isinstance(leaf, Within):
        return [True, not leaf.open_end, False]
    return {
        "below": [True, False, False],
        "at_most": [True, True, False],
        "at_least": [False, True, True],
        "above": [False, False, True],
    }[leaf.side]


def verdicts(edge: Edge, case: Case, values: list[FactValue], library: Library) -> list[Kleene]:
    found: list[Kleene] = []
    chosen = with_settings(library, case.settings)
    for value in values:
        known = {key: kept for key, kept in case.facts.values.items() if key != "child.date_of_birth"}
        found.append(judged(edge.expression, case, Facts.of({**known, edge.leaf.fact: value}), chosen))
    return found


def judged(expression: Expression, case: Case, facts: Facts, library: Library) -> Kleene:
    return expression.judge(Judge(library, facts, as_of=case.as_of, world=world_of(case)).scene)


def switched(expression: Expression, leaf: SettingIs, case: Case, library: Library) -> bool:
    """Whether the switch alone decides in this case."""
    ways: list[Number] = [leaf.value, 1 - leaf.value]
    found = [
        judged(expression, case, case.facts, with_settings(library, {**case.settings, leaf.name: number}))
        for number in ways
    ]
    return found[0] is not found[1]


def decides(edge: Edge, case: Case, library: Library) -> bool:
    """Whether the number alone decides in this case, on the right side (or on the other one below a `not`)."""
    values = around(edge.leaf, case)
    if values is None:
        return False
    found = verdicts(edge, case, values, library)
    leaf = wanted(edge.leaf)
    return found in (_unsettled(leaf, found), _unsettled([not one for one in leaf], found)) and len(set(found)) == 2


def _unsettled(leaf: list[bool], found: list[Kleene]) -> list[Kleene]:
    """The same pattern, where one side may stay open: a bar may lift only into UNKNOWN."""
    return [None if got is None and want in (True, False) else want for want, got in zip(leaf, found, strict=True)]


def test_every_number_decides_in_some_case_of_its_rule(house: tuple[Library, dict[str, list[Case]]]) -> None:
    library, by_rule = house
    untested = [
        f"{edge.rule.id} {edge.key} {edge.leaf}"
        for edge in edges_of(library)
        if not any(decides(edge, case, library) for case in by_rule[edge.rule.id])
    ]
    assert not untested, "\n".join(untested)


def test_every_switch_decides_in_some_case_of_its_rule(house: tuple[Library, dict[str, list[Case]]]) -> None:
    library, by_rule = house
    switches = list(switches_of(library))
    assert {leaf.name for _, _, leaf in switches} == {
        "ive_scope_broad",
        "unverified_place_counts_as_missing",
        "namus_rules_in_force",
    }
    untested = [
        f"{rule.id} {leaf}"
        for rule, expression, leaf in switches
        if not any(switched(expression, leaf, case, library) for case in by_rule[rule.id])
    ]
    assert not untested, "\n".join(untested)


def test_numbers_that_packs_set_are_among_them(house: tuple[Library, dict[str, list[Case]]]) -> None:
    """Every setting that is no switch is a number of some rule, so that none escapes the test above."""
    library, _ = house
    numbers = {
        edge.leaf.bound.name
        for edge in edges_of(library)
        if isinstance(edge.leaf, Compare) and isinstance(edge.leaf.bound, Setting)
    }
    assert numbers | {leaf.name for _, _, leaf in switches_of(library)} == set(library.settings)


def test_a_number_without_a_case_would_be_found(house: tuple[Library, dict[str, list[Case]]]) -> None:
    """The test above is not empty: without its cases every one of these rules is found."""
    library, by_rule = house
    edges = list(edges_of(library))
    assert len(edges) > 200
    some = edges[0]
    case = replace(by_rule[some.rule.id][0], facts=Facts.of({}))
    assert decides(some, case, library) is (len(list(nodes(some.expression))) == 1)


def test_every_definition_has_a_true_a_false_and_an_unknown_case(
    house: tuple[Library, dict[str, list[Case]]],
) -> None:
    library, by_rule = house
    lacking = []
    for rule in library.rules.values():
        if rule.kind is RuleKind.DEFINITION:
            said = {case.expect.verdict for case in by_rule[rule.id]}
            lacking += [f"{rule.id}: {one.value}" for one in Verdict if one not in said]
    assert not lacking, "\n".join(lacking)

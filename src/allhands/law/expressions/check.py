"""Whether each test of a tree fits the fact it reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from allhands.law.expressions import leaves
from allhands.law.expressions.scene import Expression
from allhands.law.expressions.walk import nodes
from allhands.law.facts.declarations import FactDeclaration, FactType
from allhands.law.values import FactValue

Problem = tuple[str, str]
"""Finding code and message."""

_NUMERIC = (FactType.INTEGER, FactType.QUANTITY)
_TIMED = (FactType.INSTANT, FactType.DATE)
_ALLOWED: Mapping[type, tuple[FactType, ...]] = {
    leaves.Contains: (FactType.CODE,),
    leaves.Compare: _NUMERIC,
    leaves.Order: _TIMED,
    leaves.Within: (FactType.INSTANT,),
    leaves.PlaceIs: (FactType.PLACE,),
}


def problems(expression: Expression, facts: Mapping[str, FactDeclaration]) -> Iterator[Problem]:
    """What does not fit; facts that nobody declares are left to the caller."""
    for node in nodes(expression):
        if isinstance(node, leaves.Leaf) and node.fact in facts:
            yield from _leaf_problems(node, facts[node.fact])


def _leaf_problems(leaf: leaves.Leaf, fact: FactDeclaration) -> Iterator[Problem]:
    allowed = _ALLOWED.get(type(leaf))
    if allowed is not None and fact.type not in allowed:
        words = " or ".join(kind.value for kind in allowed)
        yield "pack.wrong-operator", f"{fact.id} is a {fact.type.value}, but this operator needs a {words}"
    elif isinstance(leaf, leaves.Contains):
        yield from _contains_problems(leaf, fact)
    elif isinstance(leaf, leaves.Equals):
        yield from _value_problems(leaf.value, fact)
    elif isinstance(leaf, leaves.IsIn):
        for value in leaf.values:
            yield from _value_problems(value, fact)
    elif isinstance(leaf, leaves.Order):
        yield from _order_problems(leaf, fact)


def _contains_problems(leaf: leaves.Contains, fact: FactDeclaration) -> Iterator[Problem]:
    if not fact.many:
        yield "pack.wrong-operator", f"{fact.id} has one code; contains needs a fact with many: true, use equals"
    if fact.choices and leaf.value not in fact.codes():
        yield "pack.unknown-choice", f"{leaf.value!r} is no choice of {fact.id}; allowed: {', '.join(fact.codes())}"


_FITS: Mapping[FactType, Callable[[FactValue], bool]] = {
    FactType.BOOLEAN: lambda value: isinstance(value, bool),
    FactType.INTEGER: lambda value: isinstance(value, int) and not isinstance(value, bool),
    FactType.QUANTITY: lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    FactType.DATE: lambda value: isinstance(value, date) and not isinstance(value, datetime),
    FactType.CODE: lambda value: isinstance(value, str),
    FactType.TEXT: lambda value: isinstance(value, str),
}


def _value_problems(value: FactValue, fact: FactDeclaration) -> Iterator[Problem]:
    fits = _FITS.get(fact.type)
    if fact.many:
        yield "pack.wrong-operator", f"{fact.id} is a list of codes; use contains"
    elif fits is None:
        yield "pack.wrong-operator", f"{fact.id} is a {fact.type.value}; use place, before, after or within for it"
    elif not fits(value):
        yield "pack.wrong-value", f"{value!r} cannot be a value of {fact.id}, which is a {fact.type.value}"
    elif fact.choices and value not in fact.codes():
        yield "pack.unknown-choice", f"{value!r} is no choice of {fact.id}; allowed: {', '.join(fact.codes())}"


def _order_problems(leaf: leaves.Order, fact: FactDeclaration) -> Iterator[Problem]:
    if isinstance(leaf.bound, str):
        return
    if isinstance(leaf.bound, datetime) is not (fact.type is FactType.INSTANT):
        yield "pack.wrong-value", f"{fact.id} is a {fact.type.value}; compare it with another {fact.type.value}"

"""What an expression sees while one episode is judged, and what it answers with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol, TypeAlias

from allhands.law.facts.declarations import FactDeclaration
from allhands.law.values import FactValue, Kleene, Number, Text, Verdict

# What one more answer could do to an UNKNOWN expression, as bits. 0: nothing alone; 3: whatever the answer, it settles.
CAN_DENY = 1
CAN_CONFIRM = 2
SETTLES = CAN_DENY | CAN_CONFIRM
Levers: TypeAlias = dict[str, int]
"""Fact id to bits, in the order in which the rule asks. Shared between expressions: never change one you were given."""


_STRENGTHS = (0, 1, 1, 2)


def strength(bits: int) -> int:
    """2: settles whatever the answer; 1: settles if the answer goes one way; 0: only together with others."""
    return _STRENGTHS[bits]


def missing_of(levers: Levers) -> tuple[str, ...]:
    """The unknown facts, most decisive first, otherwise in the order in which the rule asks.

    Example:
        >>> missing_of({"a": 0, "b": 3, "c": 1})
        ('b', 'c', 'a')
    """
    if len(levers) < 2:
        return tuple(levers)
    return tuple(sorted(levers, key=lambda fact: -_STRENGTHS[levers[fact]]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """Why an expression came out as it did.

    Args:
        fact: the fact a leaf read; None for branches and references.
        parts: the traces of what an `all`, `any` or `not` holds.
    """

    text: Text
    verdict: Verdict
    fact: str | None = None
    parts: tuple[Trace, ...] = ()


Plain: TypeAlias = "dict[tuple[int, bool | None], tuple[Expression, Trace]]"


class Rulebook(Protocol):
    """What expressions may ask about other rules."""

    def verdict(self, rule_id: str) -> Kleene: ...
    def levers(self, rule_id: str) -> Levers: ...
    def title(self, rule_id: str) -> Text: ...
    def tests_missing(self, rule_id: str) -> bool: ...


@dataclass(slots=True, kw_only=True)
class Scene:
    """The facts of one episode at one instant; lives for one assessment.

    Args:
        settings: parameters set by the packs that apply; None where a pack names one without a value.
        assuming: whether an unresolved test of "missing" counts as missing just now.
        judged: verdicts of branches met before, by node and `assuming`: verdicts, levers and traces all ask for them.
        stated: what is known of a fact, in words.
        plain: traces of leaves whose fact is unknown, yes or no, with their leaf. Scenes of one library share them.
        levers: levers of branches, likewise.
        traces: traces made before, likewise; a leaf's does not depend on `assuming`.
    """

    values: Mapping[str, FactValue]
    as_of: datetime
    declarations: Mapping[str, FactDeclaration]
    settings: Mapping[str, Number | None]
    rules: Rulebook
    assuming: bool = False
    judged: dict[tuple[int, bool], Kleene] = field(default_factory=dict)
    levers: dict[tuple[int, bool], Levers] = field(default_factory=dict)
    traces: dict[tuple[int, bool], Trace] = field(default_factory=dict)
    met: list[Expression] = field(default_factory=list)
    stated: dict[str, Text] = field(default_factory=dict)
    plain: Plain = field(default_factory=dict)

    def keep_trace(self, node: Expression, key: tuple[int, bool], trace: Trace) -> Trace:
        self.met.append(node)
        self.traces[key] = trace
        return trace


class Expression(Protocol):
    """One node of a rule's tree."""

    def judge(self, scene: Scene) -> Kleene:
        """True, False, or None when the facts do not settle it."""
        ...

    def levers(self, scene: Scene) -> Levers:
        """The unknown facts of an UNKNOWN expression and what each could do alone."""
        ...

    def trace(self, scene: Scene) -> Trace: ...

    def parts(self) -> tuple[Expression, ...]: ...

"""Kleene's `all`, `any` and `not`, the constant, and the reference to another rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from allhands.law.expressions.scene import CAN_CONFIRM, CAN_DENY, Expression, Levers, Scene, Trace
from allhands.law.values import Kleene, Text, Verdict


def _shared(children: list[Levers], *, alone: int, together: int) -> Levers:
    """Levers of a branch: `alone` settles if one child gives way, `together` only if every child does."""
    if len(children) == 1:
        return children[0]
    merged: Levers = {}
    agreeing: dict[str, int] = {}
    for levers in children:
        for fact, bits in levers.items():
            merged[fact] = merged.get(fact, 0) | (bits & alone)
            if bits & together:
                agreeing[fact] = agreeing.get(fact, 0) + 1
    for fact, count in agreeing.items():
        if count == len(children):
            merged[fact] |= together
    return merged


def _branch_levers(branch: All | AnyOf, scene: Scene, *, alone: int, together: int) -> Levers:
    key = (id(branch), scene.assuming)
    known = scene.levers.get(key)
    if known is None:
        children = [child.levers(scene) for child in branch.children if child.judge(scene) is None]
        known = scene.levers[key] = _shared(children, alone=alone, together=together)
        scene.met.append(branch)
    return known


@dataclass(frozen=True, slots=True)
class All:
    """TRUE when every part is; FALSE as soon as one part is; otherwise UNKNOWN."""

    children: tuple[Expression, ...]

    decisive: ClassVar[Verdict] = Verdict.FALSE
    otherwise: ClassVar[Verdict] = Verdict.TRUE
    words: ClassVar[Text] = Text("All of these are needed", "Se necesita todo esto")

    def judge(self, scene: Scene) -> Kleene:
        key = (id(self), scene.assuming)
        if key not in scene.judged:
            scene.met.append(self)
            scene.judged[key] = self._judge(scene)
        return scene.judged[key]

    def _judge(self, scene: Scene) -> Kleene:
        verdict: Kleene = True
        for child in self.children:
            part = child.judge(scene)
            if part is False:
                return False
            if part is None:
                verdict = None
        return verdict

    def levers(self, scene: Scene) -> Levers:
        return _branch_levers(self, scene, alone=CAN_DENY, together=CAN_CONFIRM)

    def trace(self, scene: Scene) -> Trace:
        return _branch_trace(self, scene)

    def parts(self) -> tuple[Expression, ...]:
        return self.children


@dataclass(frozen=True, slots=True)
class AnyOf:
    """TRUE as soon as one part is; FALSE when every part is; otherwise UNKNOWN."""

    children: tuple[Expression, ...]

    decisive: ClassVar[Verdict] = Verdict.TRUE
    otherwise: ClassVar[Verdict] = Verdict.FALSE
    words: ClassVar[Text] = Text("One of these is enough", "Basta con uno de estos")

    def judge(self, scene: Scene) -> Kleene:
        key = (id(self), scene.assuming)
        if key not in scene.judged:
            scene.met.append(self)
            scene.judged[key] = self._judge(scene)
        return scene.judged[key]

    def _judge(self, scene: Scene) -> Kleene:
        verdict: Kleene = False
        for child in self.children:
            part = child.judge(scene)
            if part:
                return True
            if part is None:
                verdict = None
        return verdict

    def levers(self, scene: Scene) -> Levers:
        return _branch_levers(self, scene, alone=CAN_CONFIRM, together=CAN_DENY)

    def trace(self, scene: Scene) -> Trace:
        return _branch_trace(self, scene)

    def parts(self) -> tuple[Expression, ...]:
        return self.children


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; UNKNOWN stays UNKNOWN.

    Nothing is assumed below a `not`: an assumption that starts a clock must never be what ends a duty.
    """

    child: Expression

    words: ClassVar[Text] = Text("This must not be so", "Esto no debe cumplirse")

    def judge(self, scene: Scene) -> Kleene:
        assuming, scene.assuming = scene.assuming, False
        part = self.child.judge(scene)
        scene.assuming = assuming
        return None if part is None else not part

    def levers(self, scene: Scene) -> Levers:
        assuming, scene.assuming = scene.assuming, False
        levers = self.child.levers(scene)
        scene.assuming = assuming
        return {fact: (bits >> 1) | ((bits & CAN_DENY) << 1) for fact, bits in levers.items()}

    def trace(self, scene: Scene) -> Trace:
        assuming, scene.assuming = scene.assuming, False
        below = self.child.trace(scene)
        scene.assuming = assuming
        return Trace(text=self.words, verdict=_OPPOSITE[below.verdict], parts=(below,))

    def parts(self) -> tuple[Expression, ...]:
        return (self.child,)


def _branch_trace(branch: All | AnyOf, scene: Scene) -> Trace:
    """Takes the verdict from the parts' traces, so that no part is judged once for every level above it."""
    key = (id(branch), scene.assuming)
    known = scene.traces.get(key)
    if known is not None:
        return known
    traces = tuple([child.trace(scene) for child in branch.children])
    verdict = branch.otherwise
    for trace in traces:
        if trace.verdict is branch.decisive:
            verdict = trace.verdict
            break
        if trace.verdict is Verdict.UNKNOWN:
            verdict = trace.verdict
    return scene.keep_trace(branch, key, Trace(text=branch.words, verdict=verdict, parts=traces))


_OPPOSITE = {Verdict.TRUE: Verdict.FALSE, Verdict.FALSE: Verdict.TRUE, Verdict.UNKNOWN: Verdict.UNKNOWN}


@dataclass(frozen=True, slots=True)
class Always:
    """TRUE whatever is known."""

    def judge(self, scene: Scene) -> Kleene:
        return True

    def levers(self, scene: Scene) -> Levers:
        return {}

    def trace(self, scene: Scene) -> Trace:
        return Trace(text=Text("Always", "Siempre"), verdict=Verdict.TRUE)

    def parts(self) -> tuple[Expression, ...]:
        return ()


@dataclass(frozen=True, slots=True)
class RuleHolds:
    """Another rule's own verdict; while a duty is judged, an unresolved test of "missing" counts as TRUE."""

    rule: str

    def judge(self, scene: Scene) -> Kleene:
        verdict = scene.rules.verdict(self.rule)
        if verdict is None and self._is_assumed(scene):
            return True
        return verdict

    def _is_assumed(self, scene: Scene) -> bool:
        return scene.assuming and scene.rules.tests_missing(self.rule)

    def levers(self, scene: Scene) -> Levers:
        return scene.rules.levers(self.rule)

    def trace(self, scene: Scene) -> Trace:
        key = (id(self), scene.assuming)
        known = scene.traces.get(key)
        return known or scene.keep_trace(self, key, self._new_trace(scene))

    def _new_trace(self, scene: Scene) -> Trace:
        title, verdict = scene.rules.title(self.rule), scene.rules.verdict(self.rule)
        if verdict is None and self._is_assumed(scene):
            text = Text(
                f"{title.en}: not settled yet, so it counts as missing until a named person says otherwise",
                f"{title.es}: aún sin resolver; cuenta como desaparición hasta que alguien identificado lo niegue",
            )
            return Trace(text=text, verdict=Verdict.TRUE)
        return Trace(text=title, verdict=Verdict.of(verdict))

    def parts(self) -> tuple[Expression, ...]:
        return ()

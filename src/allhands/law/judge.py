"""Judges the rules of one library for one episode; every rule at most once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from allhands.law.expressions.scene import Expression, Levers, Scene
from allhands.law.facts.age import episode_day
from allhands.law.facts.known import Facts
from allhands.law.library import Library, PackIndex
from allhands.law.places import Place
from allhands.law.rules import CriterionTerms, DutyTerms, Pack, Review, Rule, RuleKind
from allhands.law.speaking import Whereabouts
from allhands.law.values import FactValue, Kleene, Number, Text


class Judge:
    """The verdicts for one episode as of one instant. Answers what expressions ask about other rules.

    Args:
        applying: the packs that speak, in order.
        undecided: the packs of which no place or nation known so far says whether they do.
    """

    def __init__(self, library: Library, facts: Facts, *, as_of: datetime, world: str) -> None:
        self.library = library
        self.facts = facts
        self.as_of = as_of
        self.world = world
        self.day: date = episode_day(facts.values, as_of)
        self.applying: list[PackIndex] = []
        self.undecided: list[Pack] = []
        whereabouts = Whereabouts(facts.values, world)
        for index in library.indexes:
            speaking = whereabouts.bring(index.pack)
            if speaking:
                self.applying.append(index)
            elif speaking is None:
                self.undecided.append(index.pack)
        self.scene = Scene(
            values=facts.values,
            as_of=as_of,
            declarations=library.facts,
            settings=_settings(library, self.applying),
            rules=self,
            plain=library.plain,
        )
        self._verdicts: dict[str, Kleene] = {}
        self._speak: set[str] = set()
        self._levers: dict[str, Levers] = {}
        self._today = as_of.date()
        self._zone = _zone_of(self.applying, facts.values)

    def close(self) -> None:
        """Let go of the scene, which holds this judge: the two are then freed at once, not when the collector comes."""
        del self.scene

    def speaking(self, kind: RuleKind) -> list[tuple[Pack, Rule]]:
        """The rules of one kind that speak here on this day, in the order of the packs."""
        found = [(index.pack, rule) for index in self.applying for rule in index.rules[kind]]
        found = [(pack, rule) for pack, rule in found if rule.speaks_on(self.day)]
        self._speak.update(rule.id for _, rule in found)
        return found

    def verdict(self, rule_id: str) -> Kleene:
        """A rule's own verdict, nothing assumed; FALSE on days on which it does not speak."""
        if rule_id not in self._verdicts:
            assuming, self.scene.assuming = self.scene.assuming, False
            self._verdicts[rule_id] = self._judge(self.library.rules[rule_id])
            self.scene.assuming = assuming
        return self._verdicts[rule_id]

    def _judge(self, rule: Rule) -> Kleene:
        if rule.id not in self._speak and not rule.speaks_on(self.day):
            return False
        verdict = rule.when.judge(self.scene)
        if isinstance(rule.terms, CriterionTerms):
            parts = [verdict, *(need.when.judge(self.scene) for need in rule.terms.needs)]
            return False if False in parts else None if None in parts else True
        return verdict

    def levers(self, rule_id: str) -> Levers:
        if rule_id not in self._levers:
            assuming, self.scene.assuming = self.scene.assuming, False
            self._levers[rule_id] = self.library.rules[rule_id].when.levers(self.scene)
            self.scene.assuming = assuming
        return self._levers[rule_id]

    def open_facts(self, rule: Rule) -> Levers:
        """What would settle a rule that is no duty; empty when it is settled."""
        if self.verdict(rule.id) is not None:
            return {}
        expressions = [rule.when]
        if isinstance(rule.terms, CriterionTerms):
            expressions += [need.when for need in rule.terms.needs]
        return self._levers_of(expressions)

    def open_facts_of_duty(self, rule: Rule, verdict: Kleene, assumed: tuple[str, ...]) -> Levers:
        """What would settle a duty: its own unknown facts, those of what was assumed, and what its clock waits for."""
        levers: Levers = {}
        if verdict is None:
            levers.update(self.levers(rule.id))
            for fact, bits in self._levers_assuming(rule.when).items():
                levers[fact] = levers.get(fact, 0) | bits
        for definition in assumed:
            levers.update(self.levers(definition))
        if isinstance(rule.terms, DutyTerms) and rule.terms.only_after is not None:
            levers.update(self._levers_of([rule.terms.only_after]))
        return levers

    def _levers_assuming(self, expression: Expression) -> Levers:
        """What settles a duty once its tests of "missing" are assumed: those facts decide it before all others."""
        self.scene.assuming = True
        levers = self._levers_of([expression])
        self.scene.assuming = False
        return levers

    def _levers_of(self, expressions: list[Expression]) -> Levers:
        levers: Levers = {}
        for expression in expressions:
            if expression.judge(self.scene) is None:
                levers.update(expression.levers(self.scene))
        return levers

    def title(self, rule_id: str) -> Text:
        return self.library.rules[rule_id].title

    def tests_missing(self, rule_id: str) -> bool:
        return self.library.rules[rule_id].tests_missing

    def duty_verdict(self, rule: Rule) -> tuple[Kleene, tuple[str, ...]]:
        """A duty's verdict, and the tests of "missing" that had to be assumed for it."""
        verdict = self.verdict(rule.id)
        if verdict is not None:
            return verdict, ()
        tests = self.library.cards[rule.id].tests
        assumable = tuple(name for name in tests if self.verdict(name) is None)
        if not assumable:
            return None, ()
        self.scene.assuming = True
        verdict = rule.when.judge(self.scene)
        self.scene.assuming = False
        return verdict, assumable if verdict else ()

    def zone_of(self, pack: Pack) -> ZoneInfo:
        """Where a pack's days begin: in its own zone, or where the child is or was (see `_zone_of`)."""
        return ZoneInfo(pack.zone or self._zone)

    def is_stale(self, reviewed: Review | None) -> bool:
        return reviewed is None or reviewed.is_stale(self._today)


# Where days are counted for law that names no zone of its own: first where the child was last seen.
_HERE = ("place.last_seen", "place.custody", "place.placement", "place.residence")


def _zone_of(applying: list[PackIndex], values: Mapping[str, FactValue]) -> str:
    """The zone of the nation on whose land, else of the State in which, the child is or was; else the first, or UTC.

    Navajo land in Arizona changes its clocks; Arizona around it, and Hopi land within it, do not.
    """
    packs = [index.pack for index in applying if index.pack.zone is not None]
    zones = {way.nation or way.state or "": pack.zone for pack in packs for way in pack.applies}
    for fact in _HERE:
        place = values.get(fact)
        for name in (place.nation, place.known_state()) if isinstance(place, Place) else ():
            if name and (zone := zones.get(name)):
                return zone
    return next(filter(None, zones.values()), "UTC")


def _settings(library: Library, applying: list[PackIndex]) -> Mapping[str, Number | None]:
    """Settings of the packs that speak: a State's or nation's before the federal one; of two of those, the larger."""
    settings = dict(library.settings)
    local: dict[str, Number] = {}
    for index in applying:
        for name, value in index.pack.settings.items():
            if value is None:
                continue
            if index.pack.kind in ("state", "tribe"):
                local[name] = max(value, local.get(name, value))
            else:
                settings[name] = value
    return MappingProxyType({**settings, **local})

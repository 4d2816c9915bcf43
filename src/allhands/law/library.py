"""The packs of a folder as one library: found by id, chosen by place, fixed by their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from allhands.kernel.findings import Finding
from allhands.law.assessment import SourceRef
from allhands.law.clocks import limit_words
from allhands.law.expressions.walk import expressions_of, facts_of_rule, rules_affirmed, rules_named
from allhands.law.facts.declarations import FactDeclaration
from allhands.law.facts.known import Facts
from allhands.law.packs.directory import PackSet
from allhands.law.places import Place
from allhands.law.rules import Applies, Citation, DutyTerms, Pack, Rule, RuleKind, Source
from allhands.law.values import FactValue, Kleene, Text

PLACE_FACTS = ("place.residence", "place.last_seen", "place.custody", "place.placement")
AFFILIATION = "child.tribal_affiliation"
_KIND_ORDER = ("core", "federal", "state", "tribe", "practice")


class PackError(Exception):
    """Packs that must not be used; `findings` say why."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(f"{finding.path}: {finding.message} [{finding.code}]" for finding in findings))
        self.findings = findings


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCard:
    """What every assessment needs of a rule, worked out once.

    Args:
        sources: its citations with what is known of their sources.
        tests: the tests of "missing" that it names outside every `not`.
        limit: a duty's limit and start in words; None for other kinds.
    """

    sources: tuple[SourceRef, ...]
    tests: tuple[str, ...]
    limit: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PackIndex:
    """A pack with what assessments need of it, worked out once.

    Args:
        rules: the pack's rules by kind, in file order.
        facts: every fact its rules read.
    """

    pack: Pack
    rules: Mapping[RuleKind, tuple[Rule, ...]]
    facts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Library:
    """All packs of a folder. Open with `loading.load_library`.

    Args:
        sha256: over the hashes of all packs; equal libraries decide equally.
    """

    packs: tuple[Pack, ...]
    facts: Mapping[str, FactDeclaration]
    rules: Mapping[str, Rule]
    cards: Mapping[str, RuleCard]
    indexes: tuple[PackIndex, ...]
    sha256: str

    def pack(self, pack_id: str) -> Pack:
        """The pack.

        Raises:
            KeyError: no such pack.
        """
        for pack in self.packs:
            if pack.id == pack_id:
                return pack
        raise KeyError(pack_id)

    def rule(self, rule_id: str) -> Rule:
        """The rule.

        Raises:
            KeyError: no such rule.
        """
        return self.rules[rule_id]

    def facts_behind(self, rule_id: str) -> frozenset[str]:
        """Every fact the rule rests on, those of the rules it refers to included; none for a rule no pack has."""
        facts: set[str] = set()
        seen: set[str] = set()
        waiting = [rule_id]
        while waiting:
            name = waiting.pop()
            if name in seen or name not in self.rules:
                continue
            seen.add(name)
            rule = self.rules[name]
            facts |= facts_of_rule(rule)
            for _, expression in expressions_of(rule):
                waiting.extend(rules_named(expression))
        return frozenset(facts)

    def applying(self, facts: Facts, *, world: str = "live") -> tuple[Pack, ...]:
        """The packs that speak for these facts, the federal floor before States and nations."""
        return tuple(index.pack for index in self.indexes if speaks(index.pack, facts.values, world))


def build_library(found: PackSet) -> Library:
    """A library of packs that were read and found in order."""
    packs = tuple(sorted(found.packs, key=lambda pack: (_KIND_ORDER.index(pack.kind), pack.id)))
    digest = hashlib.sha256("\n".join(f"{pack.id} {pack.sha256}" for pack in packs).encode())
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    return Library(
        packs=packs,
        facts=MappingProxyType({fact.id: fact for fact in found.facts}),
        rules=MappingProxyType(rules),
        cards=MappingProxyType({rule.id: _card(rule, pack, rules) for pack in packs for rule in pack.rules}),
        indexes=tuple(_index(pack) for pack in packs),
        sha256=digest.hexdigest(),
    )


def _card(rule: Rule, pack: Pack, rules: Mapping[str, Rule]) -> RuleCard:
    named = dict.fromkeys(rules_affirmed(rule.when))
    return RuleCard(
        sources=tuple(_source_ref(citation, pack.sources[citation.source_id]) for citation in rule.citations),
        tests=tuple(name for name in named if rules[name].tests_missing),
        limit=limit_words(rule.terms.clock) if isinstance(rule.terms, DutyTerms) else None,
    )


def _source_ref(citation: Citation, source: Source) -> SourceRef:
    return SourceRef(
        citation=source.citation,
        pin=citation.pin,
        quote=citation.quote,
        address=source.address,
        confidence=source.confidence,
        read_on=source.retrieved_on,
    )


def _index(pack: Pack) -> PackIndex:
    rules = {kind: tuple(rule for rule in pack.rules if rule.kind is kind) for kind in RuleKind}
    facts = frozenset(fact for rule in pack.rules for fact in facts_of_rule(rule))
    return PackIndex(pack=pack, rules=MappingProxyType(rules), facts=facts)


def speaks(pack: Pack, values: Mapping[str, FactValue], world: str) -> Kleene:
    """Whether a pack speaks for an episode; None when no known place or nation settles it."""
    if world not in pack.worlds:
        return False
    if not pack.applies:
        return pack.kind == "core"
    verdict: Kleene = False
    for applies in pack.applies:
        part = _applies(applies, values)
        if part:
            return True
        if part is None:
            verdict = None
    return verdict


def _applies(applies: Applies, values: Mapping[str, FactValue]) -> Kleene:
    if applies.always:
        return True
    tests = tuple(_place_tests(applies, values))
    if any(tests):
        return True
    return None if None in tests else False


def _place_tests(applies: Applies, values: Mapping[str, FactValue]) -> Iterator[Kleene]:
    for fact in PLACE_FACTS:
        place = values.get(fact)
        if not isinstance(place, Place):
            yield None
        elif applies.state is not None:
            yield place.is_in_state(applies.state)
        elif applies.nation is not None:
            yield place.is_with_nation(applies.nation)
    if applies.nation is not None:
        nations = values.get(AFFILIATION)
        yield applies.nation in nations if isinstance(nations, tuple) else None

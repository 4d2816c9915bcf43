"""The packs of a folder as one library: found by id, chosen by place, fixed by their hashes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeVar

from allhands.kernel.findings import Finding
from allhands.law.assessment import SourceRef
from allhands.law.clocks import limit_words
from allhands.law.expressions.scene import Plain
from allhands.law.expressions.walk import expressions_of, facts_of_rule, rules_affirmed, rules_named
from allhands.law.facts.declarations import FactDeclaration
from allhands.law.facts.known import Facts
from allhands.law.later import Later
from allhands.law.packs.directory import PackSet
from allhands.law.rules import Citation, DutyTerms, Pack, PackBody, Rule, RuleKind, Source
from allhands.law.speaking import Whereabouts
from allhands.law.values import Number, Text

T = TypeVar("T")
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
class Chapter:
    """A pack's body with what assessments need of it, worked out once.

    Args:
        kinds: the pack's rules by kind, in file order.
        cards: a card for each rule.
        facts: every fact the rules read.
    """

    body: PackBody
    kinds: Mapping[RuleKind, tuple[Rule, ...]]
    cards: Mapping[str, RuleCard]
    facts: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackIndex:
    """A pack and its chapter, which opens when first asked for: most packs speak for no episode of a node.

    Args:
        rule_ids: the pack's rules by name, in file order.
    """

    pack: Pack
    rule_ids: tuple[str, ...]
    chapter: Later[Chapter]

    @property
    def rules(self) -> Mapping[RuleKind, tuple[Rule, ...]]:
        return self.chapter.get().kinds

    @property
    def facts(self) -> frozenset[str]:
        return self.chapter.get().facts


class _Volume(Mapping[str, T]):
    """Something of every rule by the rule's id; opens the chapters it must."""

    def __init__(self, indexes: tuple[PackIndex, ...], read: Callable[[Chapter], Mapping[str, T]]) -> None:
        self._homes = {rule_id: index for index in indexes for rule_id in index.rule_ids}
        self._read = read
        self._open: dict[str, T] = {}

    def __getitem__(self, rule_id: str) -> T:
        found = self._open.get(rule_id)
        if found is None:
            self._open.update(self._read(self._homes[rule_id].chapter.get()))
            found = self._open[rule_id]
        return found

    def __contains__(self, rule_id: object) -> bool:
        return rule_id in self._homes

    def __iter__(self) -> Iterator[str]:
        return iter(self._homes)

    def __len__(self) -> int:
        return len(self._homes)


class Library:
    """All packs of a folder. Open with `loading.load_library`.

    Args:
        facts: every declared fact by id.
        indexes: every pack, the federal floor before States and nations.
        sha256: over the hashes of all packs; equal libraries decide equally.
    """

    def __init__(self, *, facts: Mapping[str, FactDeclaration], indexes: tuple[PackIndex, ...], sha256: str) -> None:
        self.facts, self.indexes, self.sha256 = facts, indexes, sha256
        self.packs = tuple(index.pack for index in indexes)
        self.rules: Mapping[str, Rule] = _Volume(indexes, _rules_of)
        self.cards: Mapping[str, RuleCard] = _Volume(indexes, lambda chapter: chapter.cards)
        self.settings: Mapping[str, Number | None] = MappingProxyType(
            {name: None for pack in self.packs for name in pack.settings}
        )
        self.plain: Plain = {}
        self.turns: dict[str, tuple[tuple[str, Number], ...]] = {}  # by pack; `turning` works them out

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
        whereabouts = Whereabouts(facts.values, world)
        return tuple(pack for pack in self.packs if whereabouts.bring(pack))


def _rules_of(chapter: Chapter) -> Mapping[str, Rule]:
    return {rule.id: rule for rule in chapter.body.rules}


def build_library(found: PackSet) -> Library:
    """A library of packs that were read and found in order."""
    packs = tuple(sorted(found.packs, key=lambda pack: (_KIND_ORDER.index(pack.kind), pack.id)))
    digest = hashlib.sha256("\n".join(f"{pack.id} {pack.sha256}" for pack in packs).encode())
    rules = {rule.id: rule for pack in packs for rule in pack.rules}
    return Library(
        facts=MappingProxyType({fact.id: fact for fact in found.facts}),
        indexes=tuple(_index(pack, rules) for pack in packs),
        sha256=digest.hexdigest(),
    )


def with_settings(library: Library, chosen: Mapping[str, Number]) -> Library:
    """The same packs, where each that has one of these settings has this number: what a State or place may choose."""
    if not chosen:
        return library
    return Library(
        facts=library.facts,
        indexes=tuple(replace(index, pack=_choosing(index.pack, chosen)) for index in library.indexes),
        sha256=library.sha256,
    )


def _choosing(pack: Pack, chosen: Mapping[str, Number]) -> Pack:
    return replace(pack, settings={name: chosen.get(name, value) for name, value in pack.settings.items()})


def _card(rule: Rule, pack: Pack, rules: Mapping[str, Rule]) -> RuleCard:
    named = dict.fromkeys(rules_affirmed(rule.when))
    return RuleCard(
        sources=tuple(_source_ref(citation, pack.sources[citation.source_id], rule) for citation in rule.citations),
        tests=tuple(name for name in named if rules[name].tests_missing),
        limit=limit_words(rule.terms.clock) if isinstance(rule.terms, DutyTerms) else None,
    )


def _source_ref(citation: Citation, source: Source, rule: Rule) -> SourceRef:
    # A source without a day of its own was read at the latest when the rule was compared with it.
    compared_on = rule.reviewed.on if rule.reviewed else None
    return SourceRef(
        citation=source.citation,
        pin=citation.pin,
        quote=citation.quote,
        address=source.address,
        confidence=source.confidence,
        read_on=source.retrieved_on or compared_on,
    )


def _index(pack: Pack, rules: Mapping[str, Rule]) -> PackIndex:
    chapter = Chapter(
        body=pack.body.get(),
        kinds=MappingProxyType({kind: tuple(rule for rule in pack.rules if rule.kind is kind) for kind in RuleKind}),
        cards=MappingProxyType({rule.id: _card(rule, pack, rules) for rule in pack.rules}),
        facts=frozenset(fact for rule in pack.rules for fact in facts_of_rule(rule)),
    )
    return PackIndex(pack=pack, rule_ids=tuple(rule.id for rule in pack.rules), chapter=Later.of(chapter))

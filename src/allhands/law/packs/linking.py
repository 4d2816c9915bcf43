"""Whether packs fit together: every id that is named exists, once, and is used as what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from allhands.law.expressions.check import problems
from allhands.law.expressions.walk import expressions_of, facts_of_rule, rules_named, settings_read
from allhands.law.facts.declarations import FactDeclaration, FactType
from allhands.law.packs.directory import PackSet, iter_rules
from allhands.law.packs.fields import nearest
from allhands.law.rules import DutyTerms, Pack, Rule, RuleKind


def check_links(found: PackSet) -> None:
    """Adds a finding for everything that does not fit."""
    _check_doubles(found)
    facts = {fact.id: fact for fact in found.facts}
    rules = {rule.id: rule for rule in iter_rules(found.packs)}
    settings = {name for pack in found.packs for name in pack.settings}
    pack_ids = {pack.id for pack in found.packs}
    for pack in found.packs:
        for other in sorted(set(pack.depends_on) - pack_ids):
            message = f"the pack {other!r} is not here{nearest(other, pack_ids)}"
            found.error(f"{pack.id.replace('.', '/')}/pack.yaml:depends_on", "pack.unknown-pack", message)
        for rule in pack.rules:
            _check_sources(rule, pack, found)
            _check_facts(rule, facts, found)
            _check_references(rule, rules, found)
            _check_settings(rule, settings, found)
    _check_cycles(rules, found)


def _check_doubles(found: PackSet) -> None:
    fact_count = Counter(fact.id for fact in found.facts)
    for fact in {fact.id: fact for fact in found.facts}.values():
        if fact_count[fact.id] > 1:
            packs = ", ".join(sorted({other.pack_id for other in found.facts if other.id == fact.id}))
            message = f"the fact {fact.id} is declared {fact_count[fact.id]} times (packs: {packs}); keep one"
            found.error(f"{fact.pack_id.replace('.', '/')}", "pack.duplicate-fact", message)
    seen: set[str] = set()
    for rule in iter_rules(found.packs):
        if rule.id in seen:
            found.error(
                rule.path, "pack.duplicate-rule", f"another file already has the rule {rule.id}; ids are used once"
            )
        seen.add(rule.id)


def _check_sources(rule: Rule, pack: Pack, found: PackSet) -> None:
    for number, citation in enumerate(rule.citations):
        if citation.source_id and citation.source_id not in pack.sources:
            hint = nearest(citation.source_id, pack.sources)
            message = f"the source {citation.source_id!r} is not in this pack's sources.yaml{hint}"
            found.error(f"{rule.path}:source[{number}].id", "pack.unknown-source", message)


def _check_facts(rule: Rule, facts: Mapping[str, FactDeclaration], found: PackSet) -> None:
    for fact in sorted(facts_of_rule(rule) - set(facts) - {""}):
        message = f"the fact {fact!r} is declared in no pack{nearest(fact, facts)}"
        found.error(rule.path, "pack.unknown-fact", message)
    for key, expression in expressions_of(rule):
        for code, message in problems(expression, facts):
            found.error(f"{rule.path}:{key}", code, message)
    if isinstance(rule.terms, DutyTerms):
        start = facts.get(rule.terms.clock.starts_fact)
        if start is not None and start.type is not FactType.INSTANT:
            message = f"a clock starts at an instant, but {start.id} is a {start.type.value}"
            found.error(f"{rule.path}:then.clock.starts", "pack.wrong-operator", message)


def _check_references(rule: Rule, rules: Mapping[str, Rule], found: PackSet) -> None:
    for key, expression in expressions_of(rule):
        for name in rules_named(expression):
            if name not in rules:
                message = f"the rule {name!r} is in no pack{nearest(name, rules)}"
                found.error(f"{rule.path}:{key}", "pack.unknown-rule", message)
            elif rules[name].kind is RuleKind.PERMISSION:
                found.error(
                    f"{rule.path}:{key}",
                    "pack.wrong-operator",
                    f"{name} is a permission; only other kinds may be named",
                )


def _check_settings(rule: Rule, settings: set[str], found: PackSet) -> None:
    for key, expression in expressions_of(rule):
        for name in settings_read(expression):
            if name not in settings:
                message = f"no pack has the setting {name!r}{nearest(name, settings)}; add it (null is fine)"
                found.error(f"{rule.path}:{key}", "pack.unknown-setting", message)


def _check_cycles(rules: Mapping[str, Rule], found: PackSet) -> None:
    """A rule must not rest on itself. Depth first, with the way back shown."""
    done: set[str] = set()
    for start in rules:
        _follow(start, (), rules, done, found)


def _follow(name: str, way: tuple[str, ...], rules: Mapping[str, Rule], done: set[str], found: PackSet) -> None:
    if name in way:
        circle = " → ".join((*way[way.index(name) :], name))
        found.error(rules[name].path, "pack.rule-cycle", f"these rules rest on each other: {circle}; break the circle")
        return
    if name in done or name not in rules:
        return
    for _, expression in expressions_of(rules[name]):
        for other in rules_named(expression):
            _follow(other, (*way, name), rules, done, found)
    done.add(name)

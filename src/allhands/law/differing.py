"""What lies between two libraries: whether an episode that was judged by one may be judged otherwise by the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from allhands.law.expressions.walk import expressions_of, rules_named
from allhands.law.library import Library
from allhands.law.rules import DutyTerms, Pack, Rule, RuleKind

# What no assessment reads: the authors' own notes, and where the file lies.
_UNREAD = frozenset({"notes", "path"})
_READ = tuple(name for name in Rule.__slots__ if name not in _UNREAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Which packs hold a rule that may decide otherwise.

    Args:
        is_total: facts, settings or the reach of a pack differ, so that any rule may.
        rules: the rules that differ, came or went, and those that rest on them.
        packs: the packs that hold one of these rules.
        duties: those of these rules that are duties, and every duty that asks the same act of the same actor for the
            same recipient as one of them, then or now: which of them governs may be decided otherwise.
        moves_tiers: whether one of the rules says how urgent a response is.
    """

    is_total: bool
    rules: frozenset[str]
    packs: frozenset[str]
    duties: frozenset[str]
    moves_tiers: bool

    @property
    def is_of_duties(self) -> bool:
        """Whether judging its `duties` again is all that an earlier assessment needs to say what a new one would."""
        return not self.is_total and not self.moves_tiers

    def touches(self, speaking: Collection[str]) -> bool:
        """Whether an episode for which these packs speak, before and after, may be judged otherwise.

        Args:
            speaking: ids of packs.
        """
        return self.is_total or not self.packs.isdisjoint(speaking)


def difference(before: Library, after: Library) -> Difference:
    """What differs, compared rule by rule; packs with equal hashes are not opened."""
    old = {pack.id: pack for pack in before.packs}
    new = {pack.id: pack for pack in after.packs}
    changed = {name for name in old.keys() | new.keys() if _hash(old.get(name)) != _hash(new.get(name))}
    own = {rule for name in changed for rule in _differing(old.get(name), new.get(name), before, after)}
    rules = _resting_on(own, after) if own else own
    homes = {rule: index.pack.id for library in (before, after) for index in library.indexes for rule in index.rule_ids}
    return Difference(
        is_total=before.facts != after.facts or any(_reaches_otherwise(old.get(one), new.get(one)) for one in changed),
        rules=frozenset(rules),
        packs=frozenset(homes[rule] for rule in rules),
        duties=_rivals(rules, before, after) if rules else frozenset(),
        moves_tiers=any(_any_is(RuleKind.THRESHOLD, rules, library) for library in (before, after)),
    )


def _any_is(kind: RuleKind, rules: Collection[str], library: Library) -> bool:
    return any(library.rules[rule].kind is kind for rule in rules if rule in library.rules)


def _rivals(rules: Collection[str], before: Library, after: Library) -> frozenset[str]:
    """The duties among these, and all that compete with them for who governs."""
    asked = {_act(library.rules[rule]) for library in (before, after) for rule in rules if rule in library.rules}
    asked.discard(None)
    own = {rule for rule in rules if rule in before.rules and _act(before.rules[rule]) is not None}
    return frozenset(own | {rule.id for pack in after.packs for rule in pack.rules if _act(rule) in asked})


def _act(rule: Rule) -> tuple[str, str, str] | None:
    """What it asks of whom for whom; None when it is no duty."""
    terms = rule.terms
    return (terms.actor, terms.recipient, terms.action) if isinstance(terms, DutyTerms) else None


def _hash(pack: Pack | None) -> str:
    return pack.sha256 if pack is not None else ""


def _reaches_otherwise(old: Pack | None, new: Pack | None) -> bool:
    """Whether the pack came, went, speaks elsewhere, sets other numbers or counts days in another zone."""
    if old is None or new is None:
        return True
    names = ("kind", "applies", "worlds", "zone", "settings")
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _differing(old: Pack | None, new: Pack | None, before: Library, after: Library) -> Iterator[str]:
    was = _by_id(old, before)
    now = _by_id(new, after)
    return (rule_id for rule_id in was.keys() | now.keys() if was.get(rule_id) != now.get(rule_id))


def _by_id(pack: Pack | None, library: Library) -> dict[str, tuple[object, ...]]:
    """Each rule as far as it is read, with its sources."""
    rules = pack.rules if pack is not None else ()
    return {rule.id: (library.cards[rule.id], *(getattr(rule, name) for name in _READ)) for rule in rules}


def _resting_on(rules: set[str], library: Library) -> set[str]:
    """These rules and every rule that refers to one of them, however far."""
    named = {
        rule.id: {name for _, expression in expressions_of(rule) for name in rules_named(expression)}
        for pack in library.packs
        for rule in pack.rules
    }
    found: set[str] = set()
    waiting = set(rules)
    while waiting:
        found |= waiting
        waiting = {rule for rule, names in named.items() if not names.isdisjoint(waiting)} - found
    return found

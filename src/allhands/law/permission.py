"""Who may tell whom what, for which purpose: answered from the permission rules of the packs that speak.

Denial wins. Silence is `not_read`, never a permit. A condition or a test that is not known never counts as met.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from allhands.kernel.instants import require_aware
from allhands.law.assessment import SourceRef
from allhands.law.codes import SENSITIVITIES
from allhands.law.expressions.scene import Levers, Trace, missing_of
from allhands.law.facts.known import Facts
from allhands.law.judge import Judge
from allhands.law.library import Library
from allhands.law.rules import Condition as ConditionTerms
from allhands.law.rules import PermissionTerms, Rule, RuleKind
from allhands.law.sharing_words import ANY, DATA_CLASSES, EVERYONE, PARTIES, PURPOSES, takes_in
from allhands.law.values import Confidence, Kleene, Text, Verdict, nearest_word


class Sharing(enum.StrEnum):
    """What the rules say to one question; equal to its word."""

    PERMIT = "permit"
    CONDITIONS = "conditions"
    DENY = "deny"
    NOT_READ = "not_read"


class SharingError(ValueError):
    """A question in words that no rule knows; the message names the nearest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One thing under which information may flow.

    Args:
        met: UNKNOWN also where only people can tell, and then `missing` is empty.
        missing: the facts that would settle it.
    """

    rule_id: str
    id: str
    text: Text
    met: Verdict
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionReason:
    """A rule that took part in the answer, and how.

    Args:
        effect: permit, conditions or deny: what this rule says by itself.
        wall: no setting and no agreement lifts it.
        trace: the test of whether the rule applies.
    """

    rule_id: str
    pack_id: str
    title: Text
    plain: Text
    effect: Sharing
    wall: bool
    trace: Trace
    confidence: Confidence
    stale: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionResult:
    """The answer to one question, with everything a ledger keeps of it.

    Args:
        conditions: all that must be met, of every rule that restricts and of the one that permits.
        minimum: all that may flow at most; empty where no text names a list, and then only what the purpose needs.
        basis: the sources of the rules that decided.
        missing: facts that would settle what is open, most decisive first.
    """

    holder: str
    data_classes: tuple[str, ...]
    recipient: str
    purpose: str
    verdict: Sharing
    conditions: tuple[Condition, ...]
    minimum: tuple[str, ...]
    basis: tuple[SourceRef, ...]
    rule_ids: tuple[str, ...]
    because: tuple[PermissionReason, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Standing:
    """What one rule says by itself."""

    rule: Rule
    terms: PermissionTerms
    effect: Sharing
    conditions: tuple[Condition, ...] = ()
    levers: Levers

    def order(self) -> tuple[int, str, str]:
        """The easiest to fulfil first, then the better read."""
        open_conditions = sum(condition.met is not Verdict.TRUE for condition in self.conditions)
        return open_conditions, self.rule.confidence.value, self.rule.id


class Permissions:
    """The permission rules that speak for one episode as of one instant; may be asked many times.

    Args:
        facts: what is known, consents among it; an absent fact is UNKNOWN.
        as_of: the instant of the sharing; the rules of that day speak.
    """

    def __init__(self, library: Library, *, facts: Facts, as_of: datetime, world: str = "live") -> None:
        self._judge = Judge(library, facts, as_of=require_aware(as_of).astimezone(UTC), world=world)
        day = self._judge.as_of.date()
        rules = (rule for index in self._judge.applying for rule in index.rules[RuleKind.PERMISSION])
        self._rules = [
            (rule, rule.terms) for rule in rules if rule.speaks_on(day) and isinstance(rule.terms, PermissionTerms)
        ]

    def ask(self, *, holder: str, data_class: str | Collection[str], recipient: str, purpose: str) -> PermissionResult:
        """The answer to one question. Several classes are asked at once when a field has several.

        Raises:
            SharingError: a word that no rule may use.
        """
        classes = (data_class,) if isinstance(data_class, str) else tuple(data_class)
        _check_words(holder, classes, recipient, purpose)
        standing = [
            found
            for rule, terms in self._rules
            if _is_about(terms, holder, classes, recipient, purpose)
            and (found := self._standing(rule, terms)) is not None
        ]
        verdict, deciding = _combine(standing)
        conditions = () if verdict is Sharing.DENY else tuple(c for found in deciding for c in found.conditions)
        return PermissionResult(
            holder=holder,
            data_classes=classes,
            recipient=recipient,
            purpose=purpose,
            verdict=verdict,
            conditions=conditions,
            minimum=() if verdict is Sharing.DENY else _minimum(deciding),
            basis=self._basis(deciding),
            rule_ids=tuple(found.rule.id for found in deciding),
            because=tuple(self._reason(found) for found in deciding),
            missing=missing_of({fact: bits for found in deciding for fact, bits in found.levers.items()}),
        )

    def _standing(self, rule: Rule, terms: PermissionTerms) -> _Standing | None:
        """None when the rule does not apply. A restriction whose test is open applies until it is settled."""
        applies = rule.when.judge(self._judge.scene)
        if applies is False:
            return None
        levers: Levers = dict(rule.when.levers(self._judge.scene)) if applies is None else {}
        if terms.outcome == "deny":
            return _Standing(rule=rule, terms=terms, effect=Sharing.DENY, levers=levers)
        conditions = [self._condition(rule, condition) for condition in terms.conditions]
        if applies is None and not terms.restricts:
            conditions.append(self._to_find_out(rule, levers))
        for condition in conditions:
            levers.update({fact: levers.get(fact, 3) for fact in condition.missing})
        return _Standing(
            rule=rule, terms=terms, effect=_effect(conditions), conditions=tuple(conditions), levers=levers
        )

    def _condition(self, rule: Rule, terms: ConditionTerms) -> Condition:
        met: Kleene = None if terms.when is None else terms.when.judge(self._judge.scene)
        levers = terms.when.levers(self._judge.scene) if terms.when is not None and met is None else {}
        return Condition(rule_id=rule.id, id=terms.id, text=terms.text, met=Verdict.of(met), missing=missing_of(levers))

    def _to_find_out(self, rule: Rule, levers: Levers) -> Condition:
        labels = [self._judge.library.facts[fact].label for fact in levers]
        text = Text(
            f"It must first be known: {', '.join(label.en for label in labels)}",
            f"Primero hay que saber: {', '.join(label.es for label in labels)}",
        )
        return Condition(rule_id=rule.id, id="applies", text=text, met=Verdict.UNKNOWN, missing=missing_of(levers))

    def _basis(self, deciding: Iterable[_Standing]) -> tuple[SourceRef, ...]:
        cards = self._judge.library.cards
        return tuple(dict.fromkeys(source for found in deciding for source in cards[found.rule.id].sources))

    def _reason(self, found: _Standing) -> PermissionReason:
        rule = found.rule
        return PermissionReason(
            rule_id=rule.id,
            pack_id=rule.pack_id,
            title=rule.title,
            plain=rule.plain,
            effect=found.effect,
            wall=found.terms.wall,
            trace=rule.when.trace(self._judge.scene),
            confidence=rule.confidence,
            stale=self._judge.is_stale(rule.reviewed),
        )


def permission(
    library: Library,
    *,
    holder: str,
    data_class: str | Collection[str],
    recipient: str,
    purpose: str,
    facts: Facts,
    as_of: datetime,
) -> PermissionResult:
    """Whether this holder may tell this recipient this kind of information for this purpose, and on what basis.

    Ask `Permissions` instead when there is more than one question about the same episode, or in another world.

    Raises:
        SharingError: a word that no rule may use.
        ValueError: `as_of` names no offset from UTC.
    """
    asked = Permissions(library, facts=facts, as_of=as_of)
    return asked.ask(holder=holder, data_class=data_class, recipient=recipient, purpose=purpose)


def _check_words(holder: str, classes: tuple[str, ...], recipient: str, purpose: str) -> None:
    """A question names one holder, recipient and purpose: words that mean all of them could hide a denial."""
    asked = [("holder", holder, PARTIES), ("recipient", recipient, PARTIES), ("purpose", purpose, PURPOSES)]
    asked += [("data class", word, DATA_CLASSES) for word in classes or ("",)]
    for kind, word, known in asked:
        if word in (ANY, EVERYONE) or word not in known:
            near = nearest_word(word, set(known) - {ANY, EVERYONE})
            hint = f'; did you mean "{near}"?' if near and near != word else ""
            allowed = ", ".join(sorted(set(known) - {ANY, EVERYONE}))
            raise SharingError(f"{word!r} is not known as {kind}{hint}; allowed: {allowed}")


def _is_about(terms: PermissionTerms, holder: str, classes: tuple[str, ...], recipient: str, purpose: str) -> bool:
    exempt = terms.exempt
    if purpose in exempt.purposes or (exempt.recipients and takes_in(exempt.recipients, recipient)):
        return False
    return (
        takes_in(terms.holders, holder)
        and takes_in(terms.recipients, recipient)
        and takes_in(terms.purposes, purpose)
        and _covers(terms, [word for word in classes if word not in exempt.data_classes])
    )


def _covers(terms: PermissionTerms, classes: list[str]) -> bool:
    """A restriction binds when it names any of a field's classes; a permit must name every kind of record among them.

    P0 to P4 say how carefully a house keeps a field, not what the law calls it: beside a kind of record they only bind.
    """
    named = [takes_in(terms.data_classes, word) for word in classes]
    if terms.restricts:
        return any(named)
    kinds = [found for word, found in zip(classes, named, strict=True) if word not in SENSITIVITIES]
    return bool(named) and all(kinds or named)


def _effect(conditions: Iterable[Condition]) -> Sharing:
    met = {condition.met for condition in conditions}
    if Verdict.FALSE in met:
        return Sharing.DENY
    return Sharing.CONDITIONS if Verdict.UNKNOWN in met else Sharing.PERMIT


def _combine(standing: list[_Standing]) -> tuple[Sharing, list[_Standing]]:
    """The verdict and the rules that decided it.

    Every restriction counts. Of the rules that only permit, one basis is enough: the one that is easiest to fulfil.
    """
    walls = [found for found in standing if found.terms.restricts]
    denials = [found for found in walls if found.effect is Sharing.DENY]
    if denials:
        return Sharing.DENY, denials
    grants = sorted((found for found in standing if not found.terms.restricts), key=_Standing.order)
    usable = [found for found in grants if found.effect is not Sharing.DENY]
    deciding = [*walls, *usable[:1]]
    if not deciding:
        return (Sharing.DENY, grants) if grants else (Sharing.NOT_READ, [])
    is_open = any(found.effect is Sharing.CONDITIONS for found in deciding)
    return Sharing.CONDITIONS if is_open else Sharing.PERMIT, deciding


def _minimum(deciding: Iterable[_Standing]) -> tuple[str, ...]:
    """What every list of the deciding rules has, in the order of the first list."""
    lists = [found.terms.minimum for found in deciding if found.terms.minimum]
    return tuple(word for word in lists[0] if all(word in other for other in lists[1:])) if lists else ()

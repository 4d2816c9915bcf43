"""Where a local rule gives less than the federal floor. Not a mistake of the pack: laws do that, and both are shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from allhands.kernel.findings import Finding, Level
from allhands.law.clocks import limit_length
from allhands.law.expressions.branches import All
from allhands.law.expressions.leaves import Compare, Setting
from allhands.law.expressions.scene import Expression
from allhands.law.rules import DutyTerms, Pack, PermissionTerms, Rule
from allhands.law.sharing_words import ANY, DATA_CLASSES, EVERYONE, PARTIES, PURPOSES, takes_in
from allhands.law.values import Number

_LOCAL = ("state", "tribe")
_AGE = "child.age_years"
_Group = tuple[str, str, str]
_Codes = tuple[str, ...]


def below_the_floor(packs: Iterable[Pack]) -> Iterator[Finding]:
    """Local duties slower, tests of "missing" narrower in age, permissions wider than the federal rule beside them."""
    every = list(packs)
    floor = [rule for pack in every if pack.kind == "federal" for rule in pack.rules]
    limits = _fastest(floor)
    test = _widest_age(floor)
    bars = [(rule, rule.terms) for rule in floor if isinstance(rule.terms, PermissionTerms) and rule.terms.restricts]
    for pack in every:
        if pack.kind in _LOCAL:
            for rule in pack.rules:
                yield from _slower(rule, limits)
                yield from _narrower(rule, test)
                yield from _looser(rule, bars)


def _fastest(rules: Iterable[Rule]) -> dict[_Group, tuple[timedelta, Rule]]:
    found: dict[_Group, tuple[timedelta, Rule]] = {}
    for rule in rules:
        if isinstance(rule.terms, DutyTerms) and not rule.terms.clock.policy:
            limit = limit_length(rule.terms.clock)
            kept = found.get(_group(rule.terms))
            if limit != timedelta.max and (kept is None or limit < kept[0]):
                found[_group(rule.terms)] = (limit, rule)
    return found


def _group(terms: DutyTerms) -> _Group:
    return terms.actor, terms.recipient, terms.action


def _slower(rule: Rule, limits: dict[_Group, tuple[timedelta, Rule]]) -> Iterator[Finding]:
    if not isinstance(rule.terms, DutyTerms) or _group(rule.terms) not in limits:
        return
    limit, federal = limits[_group(rule.terms)]
    ours = limit_length(rule.terms.clock)
    if ours != timedelta.max and ours > limit:
        assert isinstance(federal.terms, DutyTerms)
        message = (
            f"{rule.id} leaves more time ({rule.terms.clock.limit_words.en}) than {federal.id} "
            f"({federal.terms.clock.limit_words.en}); both are shown, and the earlier deadline governs"
        )
        yield Finding(path=rule.path, code="pack.slower-than-floor", level=Level.INFO, message=message)


def _widest_age(rules: Iterable[Rule]) -> tuple[Number, Rule] | None:
    """The federal test of "missing" for children, and the age at which it ends."""
    ages = [(age, rule) for rule in rules if rule.tests_missing and (age := _ends_at(rule)) is not None]
    children = [(age, rule) for age, rule in ages if age == 18]
    return children[0] if children else None


def _needed(expression: Expression) -> Iterator[Expression]:
    """The tests without which the expression cannot hold."""
    yield expression
    if isinstance(expression, All):
        for part in expression.parts():
            yield from _needed(part)


def _ends_at(rule: Rule) -> Number | None:
    bounds = [
        node.bound
        for node in _needed(rule.when)
        if isinstance(node, Compare)
        and node.fact == _AGE
        and node.side == "below"
        and not isinstance(node.bound, Setting)
    ]
    return max(bounds) if bounds else None


def _narrower(rule: Rule, test: tuple[Number, Rule] | None) -> Iterator[Finding]:
    age = _ends_at(rule) if rule.tests_missing else None
    if test is not None and age is not None and age < test[0]:
        message = (
            f"{rule.id} ends at {age}, the federal test {test[1].id} at {test[0]}; both are shown, and the wider one "
            "starts the clocks"
        )
        yield Finding(path=rule.path, code="pack.narrower-than-floor", level=Level.INFO, message=message)


def _looser(rule: Rule, bars: Iterable[tuple[Rule, PermissionTerms]]) -> Iterator[Finding]:
    """A local permission for what a federal rule bars or binds: the federal rule decides all the same."""
    if not isinstance(rule.terms, PermissionTerms) or rule.terms.restricts:
        return
    for federal, terms in bars:
        asked = _both_speak_of(rule.terms, terms)
        if asked is not None:
            holder, data_class, recipient, purpose = asked
            message = (
                f"{rule.id} lets {holder} tell {recipient} ({data_class}, {purpose}), which {federal.id} restricts; "
                "both are shown, and the federal restriction holds"
            )
            yield Finding(path=rule.path, code="pack.looser-than-floor", level=Level.INFO, message=message)


def _both_speak_of(ours: PermissionTerms, theirs: PermissionTerms) -> tuple[str, str, str, str] | None:
    """A question that both rules answer: holder, kind of information, recipient, purpose; None when there is none."""
    silent = (ours.exempt, theirs.exempt)
    holder = _shared(PARTIES, ours.holders, theirs.holders)
    data_class = _shared(
        DATA_CLASSES, ours.data_classes, theirs.data_classes, *(exempt.data_classes for exempt in silent)
    )
    recipient = _shared(PARTIES, ours.recipients, theirs.recipients, *(exempt.recipients for exempt in silent))
    purpose = _shared(PURPOSES, ours.purposes, theirs.purposes, *(exempt.purposes for exempt in silent))
    if holder is None or data_class is None or recipient is None or purpose is None:
        return None
    return holder, data_class, recipient, purpose


def _shared(words: Iterable[str], ours: _Codes, theirs: _Codes, *exempt: _Codes) -> str | None:
    """A word that both take in and neither leaves out."""
    for word in words:
        left_out = word in (ANY, EVERYONE) or any(codes and takes_in(codes, word) for codes in exempt)
        if not left_out and takes_in(ours, word) and takes_in(theirs, word):
            return word
    return None

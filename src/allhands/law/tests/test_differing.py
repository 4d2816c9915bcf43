"""What lies between two libraries: an episode that is not touched is judged alike by both, whatever was edited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.law import Assessment, Facts, Library, RuleKind, amend, assess, difference
from allhands.law.expressions.branches import Always, Not
from allhands.law.later import Later
from allhands.law.library import build_library
from allhands.law.packs.directory import PackSet
from allhands.law.rules import Clock, DutyTerms, Pack, PackBody, Rule
from allhands.law.tests.conftest import NOON
from allhands.law.tests.test_speaking import places
from allhands.law.values import FactValue, Text

WORDS = Text("Read anew.", "Leído de nuevo.")
values = st.fixed_dictionaries(
    {},
    optional={
        "child.age_years": st.integers(0, 22),
        "child.whereabouts_known": st.booleans(),
        "child.in_foster_care": st.booleans(),
        "time.agency_informed_at": st.just(NOON),
        **dict.fromkeys(("place.residence", "place.last_seen"), places),
    },
)


def longer(terms: DutyTerms) -> DutyTerms:
    clock: Clock = replace(terms.clock, immediate=False, days=None, months=None, business_days=None, hours=77)
    return replace(terms, clock=clock)


EDITS: Mapping[str, Any] = {
    "notes": lambda rule: replace(rule, notes="Somebody read it again."),
    "words": lambda rule: replace(rule, plain=WORDS),
    "always": lambda rule: replace(rule, when=Always()),
    "opposite": lambda rule: replace(rule, when=Not(rule.when)),
    "hours": lambda rule: replace(rule, terms=longer(rule.terms)) if isinstance(rule.terms, DutyTerms) else rule,
    "gone": lambda rule: None,
}


def edited(library: Library, rule_id: str, edit: str) -> Library:
    """The same packs with one rule edited, and another hash for its pack."""

    def pack_after(pack: Pack) -> Pack:
        if pack.id != library.rule(rule_id).pack_id:
            return pack
        rules = (rule if rule.id != rule_id else EDITS[edit](rule) for rule in pack.rules)
        body = PackBody(sources=pack.sources, rules=tuple(rule for rule in rules if rule is not None))
        return replace(pack, sha256="e" * 64, body=Later.of(body))

    return build_library(
        PackSet(packs=[pack_after(pack) for pack in library.packs], facts=list(library.facts.values()))
    )


def said(made: Assessment) -> dict[str, Any]:
    """Everything but the hashes of the packs."""
    return {**made.to_json(), "packs": [pack.id for pack in made.packs]}


def is_named(library: Library, rule: Rule) -> bool:
    return any(
        rule.id in library.facts_behind(other) or f"rule='{rule.id}'" in repr(library.rule(other).when)
        for other in library.rules
        if other != rule.id
    )


@given(data=st.data(), known=values)
def test_an_episode_that_is_not_touched_is_judged_alike(
    library: Library, data: st.DataObject, known: Mapping[str, FactValue]
) -> None:
    edit = data.draw(st.sampled_from(sorted(EDITS)))
    free = [rule for rule in sorted(library.rules) if edit != "gone" or not is_named(library, library.rule(rule))]
    after = edited(library, data.draw(st.sampled_from(free)), edit)
    facts, between = Facts.of(known), difference(library, after)
    before, then = (assess(facts, one, as_of=NOON) for one in (library, after))
    if not between.touches({pack.id for pack in then.packs}):
        assert said(then) == said(before)
    changed = {duty.rule_id for one, other in ((before, then), (then, before)) for duty in one.duties
               if duty.rule_id not in {known.rule_id for known in other.duties}}  # fmt: skip
    assert between.is_total or changed <= between.rules


@given(data=st.data(), known=values)
def test_an_amended_assessment_is_the_one_that_the_other_law_would_make(
    library: Library, data: st.DataObject, known: Mapping[str, FactValue]
) -> None:
    edit = data.draw(st.sampled_from(sorted(EDITS)))
    free = [rule for rule in sorted(library.rules) if edit != "gone" or not is_named(library, library.rule(rule))]
    after = edited(library, data.draw(st.sampled_from(free)), edit)
    facts, between = Facts.of(known), difference(library, after)
    before, then = (assess(facts, one, as_of=NOON) for one in (library, after))
    if not between.is_of_duties:
        return
    amended = amend(facts, after, as_of=NOON, rules=between.duties)
    anew = [duty for duty in then.duties if duty.rule_id in between.duties]
    assert list(amended.duties) == anew
    assert amended.packs == then.packs
    assert amended.to_json()["duties"] == [one for one in _duties(then) if one["rule_id"] in between.duties]
    stands = [[one for one in _duties(made) if one["rule_id"] not in between.duties] for made in (before, then)]
    assert stands[0] == stands[1]
    assert before.tier == then.tier


def _duties(made: Assessment) -> list[dict[str, Any]]:
    listed: Any = made.to_json()["duties"]
    return list(listed)


@pytest.mark.parametrize("edit", sorted(EDITS))
def test_notes_are_no_difference_and_everything_else_is(library: Library, edit: str) -> None:
    duty = next(rule for rule in library.rules.values() if rule.kind is RuleKind.DUTY)
    between = difference(library, edited(library, duty.id, edit))
    assert between.rules == (frozenset() if edit == "notes" else {duty.id})
    assert between.packs == (frozenset() if edit == "notes" else {duty.pack_id})
    assert not between.is_total


def test_what_rests_on_a_rule_differs_with_it(library: Library) -> None:
    named = next(rule for rule in library.rules.values() if rule.tests_missing and is_named(library, rule))
    between = difference(library, edited(library, named.id, "always"))
    assert named.id in between.rules
    assert any(library.rule(rule).kind is RuleKind.DUTY for rule in between.rules)


@pytest.mark.parametrize("part", [{"settings": {"age": 3}}, {"zone": "Asia/Tokyo"}, {"worlds": frozenset({"drill"})}])
def test_another_reach_of_a_pack_may_change_anything(library: Library, part: Any) -> None:
    first, *others = library.packs
    packs = [replace(first, sha256="e" * 64, **part), *others]
    after = build_library(PackSet(packs=packs, facts=list(library.facts.values())))
    assert difference(library, after).touches(())
    fewer = build_library(PackSet(packs=list(library.packs[:-1]), facts=list(library.facts.values())))
    assert difference(library, fewer).is_total
    assert not difference(library, library).touches({pack.id for pack in library.packs})

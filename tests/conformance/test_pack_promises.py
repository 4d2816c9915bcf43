"""Promises that the packs of this repository keep, beyond what any pack must be to load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from allhands.kernel.findings import Level
from allhands.law import Library, Rule, RuleKind, load_library
from allhands.law.expressions.walk import facts_of_rule
from allhands.law.packs.lint import lint_packs
from allhands.law.rules import DutyTerms

PACKS = Path(__file__).parents[2] / "packs"
# What measures the system and not the child must never make an episode more or less urgent.
NEVER_URGENT = frozenset(
    {
        "description.race",
        "description.ethnicity",
        "description.skin_tone",
        "description.sex",
        "description.pronouns",
        "child.tribal_affiliation",
        "child.tribal_status",
        "child.tribal_tie_possible",
        "child.tribal_nation_other",
        "child.tribal_member",
    }
)
OLD_WORDS = re.compile(r"\b(runaway|run away|awol|elope[sd]?)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(PACKS)


def rules_of(library: Library, kind: RuleKind) -> list[Rule]:
    return [rule for rule in library.rules.values() if rule.kind is kind]


def test_no_threshold_reads_who_the_child_is(library: Library) -> None:
    for rule in rules_of(library, RuleKind.THRESHOLD):
        assert not facts_of_rule(rule) & NEVER_URGENT, rule.id


def test_a_caretakers_limit_is_never_shown_as_a_wait(library: Library) -> None:
    found = 0
    for rule in rules_of(library, RuleKind.DUTY):
        assert isinstance(rule.terms, DutyTerms)
        if rule.terms.actor != "caretaker_responsible":
            continue
        found += 1
        assert rule.terms.never_a_wait, rule.id
        assert "never a waiting period" in rule.plain.en, rule.id
        assert "Nunca es un plazo de espera" in rule.plain.es, rule.id
    assert found >= 6


def test_the_sample_nation_speaks_only_in_practice_worlds(library: Library) -> None:
    sample = library.pack("tribes.sample")
    assert sample.worlds == {"demo", "drill"}
    assert sample.status is not None
    assert sample.status.en == "Sample, not the law of any nation."
    assert {rule.kind for rule in sample.rules} == set(RuleKind)


def test_a_nations_published_code_says_that_it_is_not_confirmed(library: Library) -> None:
    status = library.pack("tribes.tmbci").status
    assert status is not None
    assert status.en == "Published code, not yet confirmed with the nation."


def test_words_for_people_keep_the_old_labels_out(library: Library) -> None:
    for rule in library.rules.values():
        assert not OLD_WORDS.search(f"{rule.title.en} {rule.plain.en}"), rule.id
    for fact in library.facts.values():
        choices = " ".join(choice.words.en for choice in fact.choices)
        assert not OLD_WORDS.search(f"{fact.question.en} {fact.label.en} {choices}"), fact.id


def test_every_state_and_nation_stands_on_the_coverage_list(library: Library) -> None:
    listed = (PACKS / "index.yaml").read_text(encoding="utf-8")
    for pack in library.packs:
        assert f"pack: {pack.id}\n" in listed, pack.id


def test_nothing_is_left_to_say_about_the_packs_of_states_and_nations() -> None:
    ours = ("core/", "practice/", "tribes/", "us/states/")
    said = [finding for finding in lint_packs(PACKS) if finding.level is not Level.INFO]
    assert not [finding for finding in said if finding.path.startswith(ours)]


def test_no_rule_is_surer_than_the_best_of_its_sources(library: Library) -> None:
    for pack in library.packs:
        for rule in pack.rules:
            best = min(pack.sources[citation.source_id].confidence.value for citation in rule.citations)
            assert rule.confidence.value >= best, rule.id


def test_a_residence_that_is_believed_is_read_alike_everywhere(library: Library) -> None:
    """The same words, "in, or believed to be in, this State", take in a child who was last seen there (C13)."""
    words = re.compile(r"residen.*believed|believed.*residen", re.IGNORECASE)
    asking = [
        rule
        for rule in rules_of(library, RuleKind.DEFINITION)
        if any(words.search(citation.quote) for citation in rule.citations)
    ]
    assert len(asking) >= 10
    assert [rule.id for rule in asking if "place.last_seen" not in facts_of_rule(rule)] == []

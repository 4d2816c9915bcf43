"""The choices the federal text leaves to us: the default is the recommended one; a local pack may choose otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allhands.law import JSON, Library, Verdict, assess, parse_facts
from allhands.law.expressions.walk import expressions_of, facts_of_rule, settings_read
from allhands.law.library import build_library
from allhands.law.packs.directory import read_directory

ROOT = Path(__file__).parents[2]
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
CARE: Mapping[str, JSON] = {
    "child.in_foster_care": True,
    "child.age_years": 15,
    "child.whereabouts_known": False,
    "child.believed_abducted": False,
    "time.police_report_received_at": "2026-11-24T10:00:00+00:00",
}


def house(**settings: int) -> Library:
    found = read_directory(ROOT / "packs", with_cases=False)
    found.packs = [
        replace(pack, settings={**pack.settings, **settings}) if pack.id == "us.federal" else pack
        for pack in found.packs
    ]
    return build_library(found)


def verdict(library: Library, rule: str, **facts: JSON) -> Verdict:
    raw = {**CARE, **{key.replace("__", "."): value for key, value in facts.items()}}
    made = assess(parse_facts(raw, library.facts, as_of=NOON), library, as_of=NOON)
    return {found.id: found.verdict for found in made.definitions}[f"us.federal.{rule}"]


@pytest.fixture(scope="module")
def default() -> Library:
    return house()


@pytest.fixture(scope="module")
def otherwise() -> Library:
    return house(ive_scope_broad=0, unverified_place_counts_as_missing=0, namus_rules_in_force=1)


def test_scope_is_broad_unless_set_otherwise(default: Library, otherwise: Library) -> None:
    assert verdict(default, "ive-scope") is Verdict.TRUE
    assert verdict(otherwise, "ive-scope") is Verdict.UNKNOWN
    assert verdict(otherwise, "ive-scope", child__sex_trafficking_risk=False) is Verdict.FALSE
    assert verdict(default, "ive-scope", child__sex_trafficking_risk=False) is Verdict.TRUE


def test_a_place_nobody_checked_ends_nothing_unless_set_otherwise(default: Library, otherwise: Library) -> None:
    reported: dict[str, JSON] = {"child__whereabouts_known": True, "child__whereabouts_verified": False}
    assert verdict(default, "def-mcaa", **reported) is Verdict.TRUE
    assert verdict(otherwise, "def-mcaa", **reported) is Verdict.FALSE


def test_the_namus_clock_rests_unless_set_otherwise(default: Library, otherwise: Library) -> None:
    for library, runs in ((default, False), (otherwise, True)):
        made = assess(parse_facts(dict(CARE), library.facts, as_of=NOON), library, as_of=NOON)
        (duty,) = (found for found in made.duties if found.rule_id == "us.federal.duty-le-2h-namus")
        assert (duty.due_at is not None) is runs


def test_each_choice_has_its_record() -> None:
    records = sorted((ROOT / "docs/decisions/federal-choices").glob("*.md"))
    assert [record.name[:2] for record in records] == [f"{number:02}" for number in range(1, 16)]
    told = "".join(record.read_text(encoding="utf-8") for record in records)
    for setting in ("ive_scope_broad", "unverified_place_counts_as_missing", "namus_rules_in_force"):
        assert f"`{setting}: " in told


def test_every_rule_that_asks_whether_a_place_was_checked_asks_the_choice(default: Library) -> None:
    """Choice 4 is one choice: an alert or a report that did not know it would contradict the definitions."""
    asking = [rule for rule in default.rules.values() if "child.whereabouts_verified" in facts_of_rule(rule)]
    assert len(asking) >= 15
    for rule in asking:
        chosen = {name for _, expression in expressions_of(rule) for name in settings_read(expression)}
        assert "unverified_place_counts_as_missing" in chosen, rule.id

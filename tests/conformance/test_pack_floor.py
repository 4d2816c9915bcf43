"""A local rule that gives less than federal law: said when packs are checked, shown beside it, and not followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from allhands.law import JSON, Library, assess, load_library, parse_facts
from allhands.law.later import Later
from allhands.law.library import build_library
from allhands.law.packs.directory import read_directory
from allhands.law.packs.floor import below_the_floor
from allhands.law.permission import permission
from allhands.law.rules import DutyTerms, PackBody, PermissionTerms, Rule

PACKS = Path(__file__).parents[2] / "packs"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
FACTS: Mapping[str, JSON] = {
    "child.age_years": 12,
    "child.whereabouts_known": False,
    "place.last_seen": {"state": "ND"},
    "time.report_offered_at": "2026-11-24T10:00:00+00:00",
    "time.police_report_received_at": "2026-11-24T10:00:00+00:00",
}


def with_rule(changed: Rule) -> Library:
    """The house with one rule of North Dakota replaced, or added with a source of the federal pack."""
    found = read_directory(PACKS, with_cases=False)
    bodies = {pack.id: pack.body.get() for pack in found.packs}
    ours = bodies["us.states.nd"]
    body = PackBody(
        sources={**bodies["us.federal"].sources, **ours.sources},
        rules=(*(rule for rule in ours.rules if rule.id != changed.id), changed),
    )
    found.packs = [replace(pack, body=Later.of(body)) if pack.id == "us.states.nd" else pack for pack in found.packs]
    return build_library(found)


@pytest.fixture(scope="module")
def house() -> Library:
    return load_library(PACKS)


def said_of(library: Library, rule_id: str) -> list[str]:
    return [found.message for found in below_the_floor(library.packs) if rule_id in found.message]


def test_a_waiting_time_is_said_and_not_followed(house: Library) -> None:
    """Twenty-four hours before police take a report: both stand on the list, and the federal "at once" governs."""
    rule = house.rule("us.states.nd.accept-report")
    assert isinstance(rule.terms, DutyTerms)
    clock = replace(rule.terms.clock, hours=24, immediate=False)
    waiting = with_rule(replace(rule, terms=replace(rule.terms, clock=clock)))
    (words,) = said_of(waiting, rule.id)
    assert "us.federal.duty-le-no-wait" in words
    assert "both are shown" in words
    assert said_of(house, rule.id) == []

    made = assess(parse_facts(dict(FACTS), waiting.facts, as_of=NOON), waiting, as_of=NOON)
    duties = {duty.rule_id: duty for duty in made.duties}
    assert not duties[rule.id].governs
    assert duties[rule.id].covered_by == "us.federal.duty-le-no-wait"
    assert duties["us.federal.duty-le-no-wait"].governs


def test_a_permission_through_a_federal_wall_is_said_and_not_followed(house: Library) -> None:
    rule = house.rule("us.federal.share-rhya-charges")
    assert isinstance(rule.terms, PermissionTerms)
    terms = replace(rule.terms, recipients=("law_enforcement",), purposes=("locate_child",))
    ours = replace(rule, id="us.states.nd.tell-of-stay", pack_id="us.states.nd", terms=terms)
    opened = with_rule(ours)
    (words,) = [said for said in said_of(opened, ours.id) if "share-rhya-bcp" in said]
    assert "lets shelter tell law_enforcement (shelter_record, locate_child)" in words

    facts = parse_facts(dict(FACTS), opened.facts, as_of=NOON)
    answer = permission(
        opened,
        holder="shelter",
        data_class="shelter_record",
        recipient="law_enforcement",
        purpose="locate_child",
        facts=facts,
        as_of=NOON,
    )
    assert answer.verdict.value == "conditions"
    assert {"us.federal.share-rhya-bcp", ours.id} <= set(answer.rule_ids)

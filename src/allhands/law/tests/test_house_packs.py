"""The packs of this house: in order, complete in their fixed facts, and never sure of what they do not know."""

from __future__ import annotations

from pathlib import Path

import pytest

from allhands.kernel.findings import Level
from allhands.law import Library, Verdict, assess, load_library, parse_facts
from allhands.law.packs.lint import lint_packs
from allhands.law.values import JSON

from .conftest import NOON

PACKS = Path(__file__).parents[4] / "packs"
FIXED_FACTS = """
child.date_of_birth child.age_years child.whereabouts_known child.left_without_permission child.believed_abducted
child.taken_by child.disability child.health_need_within_24h child.suicidal child.pregnant child.in_foster_care
child.placement_kind child.open_case_not_removed child.extended_care child.tribal_affiliation
child.unaccompanied_noncitizen child.suspected_trafficking child.identified_trafficking_victim child.online_enticement
child.prior_episodes_12_months circumstances.imminent_danger circumstances.description_sufficient
circumstances.parent_custody_dispute police.report_made police.ncic_entered place.residence place.last_seen
place.custody place.placement time.last_seen_at time.agency_informed_at time.police_report_received_at
time.report_form_completed_at time.returned_at time.victim_identified_at
"""


@pytest.fixture(scope="module")
def house() -> Library:
    return load_library(PACKS)


def test_packs_are_in_order() -> None:
    findings = lint_packs(PACKS)
    assert [f"{found.path}: {found.message}" for found in findings if found.level is not Level.INFO] == []
    below = {found.path for found in findings if found.code == "pack.narrower-than-floor"}
    assert "us/states/nh/definitions/missing-child.yaml" in below
    assert any(found.code == "pack.slower-than-floor" for found in findings)


def test_fixed_facts_are_declared(house: Library) -> None:
    assert set(FIXED_FACTS.split()) <= set(house.facts)


def test_two_federal_reports_within_a_day(house: Library) -> None:
    raw: dict[str, JSON] = {"child.in_foster_care": True, "time.agency_informed_at": "2026-11-24T08:00:00+00:00"}
    found = assess(parse_facts(raw, house.facts, as_of=NOON), house, as_of=NOON).duties
    due = {duty.rule_id: duty.due_at for duty in found if duty.applies is Verdict.TRUE and duty.due_at}
    for rule in ("us.federal.duty-ive-24h-le", "us.federal.duty-ive-24h-ncmec"):
        assert due[rule].isoformat() == "2026-11-25T08:00:00+00:00"


def test_no_test_of_missing_is_denied_while_nothing_is_known(house: Library) -> None:
    found = assess(parse_facts({}, house.facts, as_of=NOON), house, as_of=NOON).definitions
    assert [test.id for test in found if test.tests_missing and test.verdict is Verdict.FALSE] == []


def test_every_source_of_a_rule_that_was_compared_has_a_day_of_reading(house: Library) -> None:
    for rule_id, rule in house.rules.items():
        days = {source.read_on for source in house.cards[rule_id].sources}
        assert None not in days or rule.reviewed is None, rule_id

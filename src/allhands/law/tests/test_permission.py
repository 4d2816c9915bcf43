"""Who may tell whom what: denial wins, silence is no permit, and nothing unknown counts as met."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.law import (
    JSON,
    Facts,
    Library,
    PermissionResult,
    Permissions,
    Sharing,
    SharingError,
    Verdict,
    load_library,
    parse_facts,
    permission,
    permission_json,
)
from allhands.law.rules import PermissionTerms
from allhands.law.sharing_words import ANY, DATA_CLASSES, EVERYONE, PARTIES, PURPOSES

PACKS = Path(__file__).parents[4] / "packs"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
WORDS = {"party": PARTIES, "class": DATA_CLASSES, "purpose": PURPOSES}
CONCRETE = {kind: sorted(set(words) - {ANY, EVERYONE}) for kind, words in WORDS.items()}


@pytest.fixture(scope="module")
def house() -> Library:
    return load_library(PACKS)


def ask(house: Library, words: str, **facts: JSON) -> PermissionResult:
    """Asks "holder class recipient purpose"; facts with `__` for the dot."""
    holder, data_class, recipient, purpose = words.split()
    raw = {key.replace("__", "."): value for key, value in facts.items()}
    return permission(
        house,
        holder=holder,
        data_class=data_class.split(","),
        recipient=recipient,
        purpose=purpose,
        facts=parse_facts(raw, house.facts, as_of=NOON),
        as_of=NOON,
    )


WALLS = [
    "law_enforcement cybertip_report child_welfare_agency protect_child",
    "victim_service victim_service_record law_enforcement matching",
    "shelter P1 ncmec matching",
    "child_welfare_agency education_record law_enforcement locate_child",
    "child_welfare_agency education_record,P1 ncmec report_missing",
    "child_welfare_agency P3 message report_missing",
    "law_enforcement missing_report,foster_status public public_release",
    "child_welfare_agency pregnancy public public_release",
]


@pytest.mark.parametrize("words", WALLS)
def test_walls_stand_whatever_is_agreed(house: Library, words: str) -> None:
    agreed = {fact: True for fact in house.facts if fact.startswith(("consent.", "sharing."))}
    found = ask(house, words, **{key.replace(".", "__"): value for key, value in agreed.items()})
    assert found.verdict == "deny"
    assert all(reason.wall for reason in found.because)
    assert found.basis
    assert not found.conditions


def test_silence_is_not_read(house: Library) -> None:
    found = ask(house, "caregiver P1 school case_plan")
    assert (found.verdict, found.basis, found.rule_ids) == (Sharing.NOT_READ, (), ())


def test_consents_settle_one_by_one(house: Library) -> None:
    words = "shelter shelter_record law_enforcement locate_child"
    assert ask(house, words).missing == ("consent.youth", "consent.guardian")
    half = ask(house, words, consent__youth=True)
    assert [(condition.id, condition.met) for condition in half.conditions] == [
        ("youth", Verdict.TRUE),
        ("guardian", Verdict.UNKNOWN),
    ]
    assert half.verdict == "conditions"
    assert ask(house, words, consent__youth=True, consent__guardian=True).verdict == "permit"


def test_a_permit_must_name_every_kind_of_record(house: Library) -> None:
    known = "child_welfare_agency missing_report,P1 law_enforcement report_missing"
    assert ask(house, known).verdict == "permit"
    mixed = "child_welfare_agency missing_report,juvenile_record law_enforcement report_missing"
    assert ask(house, mixed).verdict == "not_read"


def test_a_state_adds_its_condition_to_a_federal_permit(house: Library) -> None:
    words = "child_welfare_agency missing_report ncmec report_missing"
    found = ask(house, words, place__last_seen={"state": "GA"}, child__in_foster_care=True)
    assert found.verdict == "conditions"
    assert set(found.rule_ids) == {"us.federal.share-ive-ncmec", "us.states.ga.ncmec-without-care-status"}
    assert found.minimum == ("photo", "physical_features", "endangerment", "recovery")


def test_open_restriction_binds_until_it_is_settled(house: Library) -> None:
    words = "child_welfare_agency missing_report ncmec public_release"
    here: dict[str, JSON] = {"place__last_seen": {"state": "WA"}}
    unknown = ask(house, words, **here)
    assert (unknown.verdict, unknown.missing) == ("deny", ("child.in_foster_care",))
    assert ask(house, words, child__in_foster_care=False, **here).verdict == "not_read"


@pytest.mark.parametrize(
    "words",
    [
        "shelterr shelter_record law_enforcement locate_child",
        "shelter shelter_records law_enforcement locate_child",
        "shelter shelter_record everyone locate_child",
        "shelter shelter_record law_enforcement any",
    ],
)
def test_words_no_rule_knows_are_said(house: Library, words: str) -> None:
    with pytest.raises(SharingError, match="is not known as"):
        ask(house, words)


def test_no_class_at_all_is_said(house: Library) -> None:
    with pytest.raises(SharingError, match="data class"):
        Permissions(house, facts=Facts.of({}), as_of=NOON).ask(
            holder="shelter", data_class=(), recipient="public", purpose="matching"
        )


def test_every_answer_is_told_as_data(house: Library) -> None:
    told = permission_json(ask(house, "victim_service P1 ncmec locate_child"), "es")
    assert told["verdict"] == "conditions"
    assert "conditions" in told
    assert told["basis"]


@given(
    holder=st.sampled_from(CONCRETE["party"]),
    data_class=st.sampled_from(CONCRETE["class"]),
    recipient=st.sampled_from(CONCRETE["party"]),
    purpose=st.sampled_from(CONCRETE["purpose"]),
)
def test_nothing_unknown_is_permitted_that_knowledge_could_forbid(
    house: Library, holder: str, data_class: str, recipient: str, purpose: str
) -> None:
    """With no facts at all, a plain permit rests only on rules that ask for none; every answer but silence is cited."""
    found = Permissions(house, facts=Facts.of({}), as_of=NOON).ask(
        holder=holder, data_class=data_class, recipient=recipient, purpose=purpose
    )
    assert (found.verdict is Sharing.NOT_READ) is not bool(found.basis)
    if found.verdict is Sharing.PERMIT:
        assert not found.missing
        assert all(reason.trace.verdict is Verdict.TRUE for reason in found.because)
    if found.verdict is Sharing.CONDITIONS:
        assert any(condition.met is not Verdict.TRUE for condition in found.conditions)


def test_every_wall_denies_or_asks_for_every_word_it_takes_in(house: Library) -> None:
    """Complete by construction: each wall of the packs, asked with each of its words, never comes out as a permit."""
    permissions = Permissions(house, facts=Facts.of({}), as_of=NOON)
    walls = [rule for rule in house.rules.values() if isinstance(rule.terms, PermissionTerms) and rule.terms.wall]
    assert len(walls) >= 12
    for rule in walls:
        terms = rule.terms
        assert isinstance(terms, PermissionTerms)
        for words in itertools.product(
            _spread(terms.holders, "party", ()),
            _spread(terms.data_classes, "class", terms.exempt.data_classes)[:6],
            _spread(terms.recipients, "party", terms.exempt.recipients)[:12],
            _spread(terms.purposes, "purpose", terms.exempt.purposes)[:8],
        ):
            holder, data_class, recipient, purpose = words
            found = permissions.ask(holder=holder, data_class=data_class, recipient=recipient, purpose=purpose)
            assert found.verdict in ("deny", "conditions"), (rule.id, words)


def _spread(codes: tuple[str, ...], kind: str, exempt: tuple[str, ...]) -> list[str]:
    named = CONCRETE[kind] if set(codes) & {ANY, EVERYONE} else sorted(codes)
    return [word for word in named if word not in exempt]

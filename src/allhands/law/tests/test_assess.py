"""Whole assessments of the small packs: what applies, when it is due, what governs, what to ask."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allhands.law import JSON, Assessment, AssessmentCache, DutyResult, Library, Verdict, assess, parse_facts

from .conftest import NOON, Assess

ND: JSON = {"state": "ND"}
INFORMED = "2026-11-24T08:00:00+00:00"
CARE: dict[str, JSON] = {"child.in_foster_care": True, "place.residence": ND, "time.agency_informed_at": INFORMED}


def duties(assessment: Assessment) -> dict[str, DutyResult]:
    return {duty.rule_id: duty for duty in assessment.duties}


def verdicts(assessment: Assessment) -> dict[str, Verdict]:
    return {definition.id.rpartition(".")[2]: definition.verdict for definition in assessment.definitions}


def test_nothing_known_is_nowhere_no(assess_facts: Assess) -> None:
    assessment = assess_facts({})
    settled = {name for name, verdict in verdicts(assessment).items() if verdict is not Verdict.UNKNOWN}
    assert settled == {"rests-on-repealed"}  # no fact can settle what the law of the day does not say
    assert duties(assessment)["us.floor.tell-police"].applies is Verdict.UNKNOWN
    assert assessment.tier.level == "T3"


def test_unsettled_test_of_missing_starts_the_clock(assess_facts: Assess) -> None:
    duty = duties(assess_facts(CARE))["us.floor.tell-police"]
    assert (duty.applies, duty.assumed) == (Verdict.TRUE, ("us.floor.missing-under-18",))
    assert duty.due_at == datetime(2026, 11, 25, 8, tzinfo=UTC)
    assert duty.missing == ("child.age_years", "child.whereabouts_known")


def test_definition_is_not_changed_by_the_assumption(assess_facts: Assess) -> None:
    assert verdicts(assess_facts(CARE))["missing-under-18"] is Verdict.UNKNOWN


def test_settled_denial_ends_the_duty(assess_facts: Assess) -> None:
    assert "us.floor.tell-police" not in duties(assess_facts({**CARE, "child.whereabouts_known": True}))


def test_nothing_is_assumed_below_a_not(assess_facts: Assess) -> None:
    duty = duties(assess_facts(CARE))["us.floor.close-quietly"]
    assert (duty.applies, duty.assumed, duty.due_at) == (Verdict.UNKNOWN, (), None)


def test_assumption_never_ends_another_duty(assess_facts: Assess) -> None:
    duty = duties(assess_facts({}))["us.floor.young-adult"]
    assert (duty.applies, duty.assumed) == (Verdict.UNKNOWN, ())


def test_rule_out_of_force_holds_for_nobody(assess_facts: Assess) -> None:
    assert verdicts(assess_facts({"child.left_without_permission": True}))["rests-on-repealed"] is Verdict.FALSE


def test_unknown_duty_is_listed_without_deadline(assess_facts: Assess) -> None:
    duty = duties(assess_facts({"time.agency_informed_at": INFORMED}))["us.floor.tell-police"]
    assert (duty.applies, duty.due_at, duty.governs, duty.covered_by) == (Verdict.UNKNOWN, None, False, None)
    assert duty.missing[0] == "child.in_foster_care"


def test_clock_that_has_not_started_says_what_starts_it(assess_facts: Assess) -> None:
    duty = duties(assess_facts({"child.in_foster_care": True}))["us.floor.tell-police"]
    assert (duty.clock_starts_at, duty.due_at, duty.clock.starts_when.en) == (None, None, "it starts")


def test_clock_waits_for_what_must_come_first(assess_facts: Assess) -> None:
    back: dict[str, JSON] = {"time.returned_at": "2026-11-24T09:00:00+00:00", "place.residence": ND}
    waiting = duties(assess_facts(back))["us.floor.find-out-why"]
    running = duties(assess_facts({**back, "police.report_made": True}))["us.floor.find-out-why"]
    assert (waiting.due_at, waiting.missing) == (None, ("police.report_made",))
    assert running.due_at == datetime(2026, 11, 26, 9, tzinfo=UTC)


def test_earliest_deadline_governs_and_the_floor_stays(assess_facts: Assess) -> None:
    found = duties(assess_facts(CARE))
    assert found["us.states.nd.tell-police-sooner"].governs
    assert found["us.floor.tell-police"].covered_by == "us.states.nd.tell-police-sooner"
    assert found["us.states.nd.tell-police-sooner"].due_at == datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_shorter_limit_governs_while_no_clock_runs(assess_facts: Assess) -> None:
    found = duties(assess_facts({"child.in_foster_care": True, "place.residence": ND}))
    assert found["us.floor.tell-police"].covered_by == "us.states.nd.tell-police-sooner"


def test_governing_duty_is_one_a_group(assess_facts: Assess) -> None:
    found = duties(assess_facts({**CARE, "child.age_years": 12, "time.last_seen_at": INFORMED}))
    groups = {(duty.actor, duty.recipient, duty.action) for duty in found.values() if duty.applies is Verdict.TRUE}
    assert len([duty for duty in found.values() if duty.governs]) == len(groups)


def test_working_day_in_the_zone_of_the_pack(assess_facts: Assess) -> None:
    due = duties(assess_facts(CARE))["us.states.nd.tell-court"].due_at
    assert due == datetime(2026, 11, 26, 5, 59, 59, tzinfo=UTC)  # Wednesday, 23:59:59 in Chicago


@pytest.mark.parametrize(
    ("received", "rule"),
    [("2006-07-26T12:00:00+00:00", "us.floor.old-law"), ("2006-07-27T12:00:00+00:00", "us.floor.new-law")],
)
def test_episode_is_judged_by_the_law_of_its_day(assess_facts: Assess, received: str, rule: str) -> None:
    found = duties(assess_facts({"child.age_years": 9, "time.police_report_received_at": received}))
    assert {rule_id for rule_id in found if rule_id.endswith("-law")} == {rule}


@pytest.mark.parametrize(
    ("raw", "packs"),
    [
        pytest.param({}, [], id="nowhere"),
        pytest.param({"place.residence": ND}, ["us.states.nd"], id="residence"),
        pytest.param({"place.custody": {"county_fips": "38079"}}, ["us.states.nd"], id="custody, by county"),
        pytest.param(
            {"place.residence": ND, "place.last_seen": {"state": "MT"}}, ["us.states.mt", "us.states.nd"], id="two"
        ),
        pytest.param({"child.tribal_affiliation": ["sample"]}, ["tribes.sample"], id="affiliation"),
        pytest.param({"place.last_seen": {"nation": "sample"}}, ["tribes.sample"], id="nation's land"),
        pytest.param({"child.tribal_affiliation": ["other"]}, [], id="another nation"),
    ],
)
def test_packs_speak_by_place_and_nation(assess_facts: Assess, raw: dict[str, JSON], packs: list[str]) -> None:
    always = {"core", "us.floor", "practice.triage"}
    assert [pack.id for pack in assess_facts(raw, world="demo").packs if pack.id not in always] == packs


def test_sample_pack_is_silent_in_the_live_world(assess_facts: Assess) -> None:
    assert "tribes.sample" not in [pack.id for pack in assess_facts({"child.tribal_affiliation": ["sample"]}).packs]


def test_setting_of_the_state_decides_and_the_larger_of_two(assess_facts: Assess) -> None:
    aged: dict[str, JSON] = {"child.in_foster_care": True, "child.age_years": 20}
    both: dict[str, JSON] = {**aged, "place.residence": ND, "place.last_seen": {"state": "MT"}}
    assert verdicts(assess_facts(aged))["elected"] is Verdict.UNKNOWN
    assert verdicts(assess_facts({**aged, "place.residence": {"state": "MT"}}))["elected"] is Verdict.FALSE
    assert verdicts(assess_facts(both))["elected"] is Verdict.TRUE


def test_definitions_that_disagree_are_a_conflict(assess_facts: Assess) -> None:
    assessment = assess_facts({"child.age_years": 19, "child.whereabouts_known": False})
    assert [conflict.kind for conflict in assessment.conflicts] == ["definitions", "ages"]
    assert "18, 21" in assessment.conflicts[1].text.en


def test_ages_are_no_conflict_for_a_young_child(assess_facts: Assess) -> None:
    assert assess_facts({"child.age_years": 9}).conflicts == ()


def test_definitions_that_agree_are_no_conflict(assess_facts: Assess) -> None:
    for known in (True, False):
        assert assess_facts({"child.age_years": 9, "child.whereabouts_known": known}).conflicts == ()


@pytest.mark.parametrize(
    ("raw", "level", "reasons"),
    [
        pytest.param({}, "T3", 0, id="nothing known"),
        pytest.param({"child.age_years": 11}, "T3", 0, id="eleven"),
        pytest.param({"child.age_years": 10}, "T1", 1, id="ten"),
        pytest.param({"child.believed_abducted": True}, "T2", 1, id="taken"),
        pytest.param({"child.age_years": 10, "child.believed_abducted": True}, "T1", 2, id="both"),
        pytest.param({"time.last_seen_at": "2026-11-24T00:00:00+00:00"}, "T2", 1, id="twelve hours"),
        pytest.param({"time.last_seen_at": "2026-11-24T00:00:01+00:00"}, "T3", 0, id="a second less"),
    ],
)
def test_tier_is_raised_and_never_lowered(assess_facts: Assess, raw: dict[str, JSON], level: str, reasons: int) -> None:
    tier = assess_facts(raw).tier
    assert (tier.level, len(tier.reasons)) == (level, reasons)


def test_criterion_tells_each_need(assess_facts: Assess) -> None:
    (amber,) = assess_facts({"child.age_years": 9, "child.height": 120}).criteria
    assert [(need.id, need.verdict) for need in amber.needs] == [("taken", Verdict.UNKNOWN), ("tall", Verdict.TRUE)]
    assert (amber.verdict, amber.missing) == (Verdict.UNKNOWN, ("child.believed_abducted",))


def test_criterion_for_another_age_is_left_out(assess_facts: Assess) -> None:
    assert assess_facts({"child.age_years": 18}).criteria == ()


def test_questions_come_most_settling_first_and_only_to_people(assess_facts: Assess, library: Library) -> None:
    questions = assess_facts(CARE).ask_next
    counts = [question.settles for question in questions]
    assert counts == sorted(counts, reverse=True)
    assert questions[0].fact == "child.age_years"
    assert all(library.facts[question.fact].ask for question in questions)


def test_answered_fact_is_not_asked_again(assess_facts: Assess) -> None:
    facts = {question.fact for question in assess_facts({**CARE, "child.whereabouts_known": False}).ask_next}
    assert "child.whereabouts_known" not in facts


def test_what_only_police_know_is_asked_of_nobody(assess_facts: Assess) -> None:
    assessment = assess_facts({"time.returned_at": "2026-11-24T09:00:00+00:00"})
    assert duties(assessment)["us.floor.find-out-why"].missing == ("police.report_made",)
    assert "police.report_made" not in {question.fact for question in assessment.ask_next}


def test_place_and_nation_are_asked_while_not_known(assess_facts: Assess) -> None:
    facts = {question.fact: question.settles for question in assess_facts({}, world="demo").ask_next}
    assert facts["place.last_seen"] == 2
    assert facts["child.tribal_affiliation"] == 1


def test_year_old_review_is_stale(assess_facts: Assess) -> None:
    later = datetime(2027, 11, 2, tzinfo=UTC)
    assert not any(pack.stale for pack in assess_facts({}).packs)
    assert all(pack.stale for pack in assess_facts({}, as_of=later).packs)
    assert all(definition.stale for definition in assess_facts({}, as_of=later).definitions)


def test_facts_used_leave_out_what_no_rule_reads(assess_facts: Assess) -> None:
    assert assess_facts({"child.nickname": "Jay", "child.age_years": 9}).facts_used == ("child.age_years",)


def test_naive_instant_is_refused(library: Library) -> None:
    with pytest.raises(ValueError, match="offset"):
        assess(parse_facts({}, library.facts, as_of=NOON), library, as_of=datetime(2026, 1, 1))  # noqa: DTZ001


def test_json_has_the_agreed_shape(assess_facts: Assess) -> None:
    written = json.loads(json.dumps(assess_facts(CARE).to_json()))
    assert {"as_of", "packs", "definitions", "duties", "criteria", "conflicts", "tier", "ask_next"} <= set(written)
    assert {"id", "version", "sha256"} <= set(written["packs"][0])
    assert {"id", "title", "verdict", "because", "missing", "source"} <= set(written["definitions"][0])
    wanted = "rule_id title actor recipient action clock_starts_at due_at due_words governs covered_by starts_when"
    assert set(f"{wanted} evidence source plain missing applies assumed".split()) <= set(written["duties"][0])
    assert written["as_of"] == "2026-11-24T12:00:00+00:00"


def test_json_speaks_spanish(assess_facts: Assess) -> None:
    written = assess_facts({}).to_json("es")
    assert "aún no se sabe" in json.dumps(written, ensure_ascii=False)


RAW = st.fixed_dictionaries(
    {},
    optional={
        "child.age_years": st.integers(0, 25),
        "child.in_foster_care": st.booleans(),
        "child.whereabouts_known": st.booleans(),
        "child.believed_abducted": st.booleans(),
        "child.left_without_permission": st.booleans(),
        "place.residence": st.sampled_from([{"state": "ND"}, {"state": "MT"}, {"nation": "sample"}]),
        "time.agency_informed_at": st.just(INFORMED),
    },
)


@given(RAW, st.sampled_from(["child.age_years", "child.in_foster_care", "child.whereabouts_known"]), st.booleans())
@settings(max_examples=60)
def test_one_more_fact_never_turns_a_definition(
    assess_facts: Assess, raw: dict[str, JSON], fact: str, value: bool
) -> None:
    more: JSON = (12 if value else 20) if fact == "child.age_years" else value
    before, after = verdicts(assess_facts(raw)), verdicts(assess_facts({fact: more, **raw}))
    assert all(verdict in (Verdict.UNKNOWN, after[name]) for name, verdict in before.items())


@given(RAW)
@settings(max_examples=30)
def test_same_input_same_assessment(assess_facts: Assess, raw: dict[str, JSON]) -> None:
    assert assess_facts(raw) == assess_facts(dict(reversed(raw.items())))


def test_cache_answers_the_same_from_memory(library: Library) -> None:
    cache = AssessmentCache(size=2)
    facts = [parse_facts({"child.age_years": age}, library.facts, as_of=NOON) for age in (1, 2, 3)]
    made = [cache.assess(one, library, as_of=NOON) for one in facts]
    assert made[2] == assess(facts[2], library, as_of=NOON)
    assert cache.assess(facts[2], library, as_of=NOON) is made[2]
    assert cache.assess(facts[0], library, as_of=NOON) is not made[0]  # forgotten: three facts, room for two

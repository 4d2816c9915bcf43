"""The ledger follows the facts, proof has a shape, the ladder climbs in order."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.duties import domain
from allhands.duties.contracts import DutyState, NewEvidence, Rung
from allhands.kernel.errors import Refused

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
RULES = st.sets(st.sampled_from([f"rule-{letter}" for letter in "abcdefgh"]))
HELD = st.dictionaries(st.sampled_from([f"rule-{letter}" for letter in "abcdefgh"]), st.sampled_from(DutyState))


@given(HELD, RULES)
def test_a_new_assessment_drops_no_duty_and_opens_each_rule_once(held: dict[str, DutyState], asked: set[str]) -> None:
    plan = domain.plan_changes([domain.Held(rule_id=rule, state=state) for rule, state in held.items()], asked)
    groups = [plan.open, plan.refresh, plan.reopen, plan.supersede, plan.keep]
    everything = list(itertools.chain(*groups))
    assert sorted(everything) == sorted({*held, *asked})
    assert set(plan.open) == asked - held.keys()
    assert all(held[rule] is DutyState.OPEN for rule in plan.supersede)


@given(HELD, RULES)
def test_what_is_proved_or_waived_stays_so(held: dict[str, DutyState], asked: set[str]) -> None:
    plan = domain.plan_changes([domain.Held(rule_id=rule, state=state) for rule, state in held.items()], asked)
    settled = {rule for rule, state in held.items() if state in domain.SETTLED}
    assert settled <= set(plan.keep)


EVENTS = ("prove", "prove_late", "waive", "supersede", "reopen")


@pytest.mark.parametrize("state", DutyState, ids=lambda state: state.value)
@pytest.mark.parametrize("event", EVENTS)
def test_every_pair_of_state_and_event_is_legal_or_refused(state: DutyState, event: str) -> None:
    if (state, event) in domain.DUTY_TRANSITIONS:
        assert domain.decide_duty(state, event) is domain.DUTY_TRANSITIONS[state, event]
    else:
        with pytest.raises(Refused, match="moved on"):
            domain.decide_duty(state, event)


def _proof(kind: str, value: str, **changes: object) -> NewEvidence:
    given = {"kind": kind, "value": value, "taken_by": "Sgt. Cole", "happened_at": NOW, **changes}
    return NewEvidence(**given)  # type: ignore[arg-type]  # the tests vary one field at a time


@pytest.mark.parametrize(
    ("kind", "value", "accepted"),
    [
        ("police_report_number", "PC-26-1187", True),
        ("police_report_number", "2026/00012", True),
        ("police_report_number", "12", False),
        ("police_report_number", "done", False),
        ("police_report_number", "", False),
        ("ncic_number", "M123456789", True),
        ("ncic_number", "M-1234567890", True),
        ("ncic_number", "M12345", False),
        ("ncmec_case_number", "1482033", True),
        ("ncmec_case_number", "called them", False),
        ("refused_by_recipient", "Desk said wait until morning, 22:10", True),
        ("refused_by_recipient", "no", False),
        ("court_receipt", "Clerk B. Hanson, by phone", True),
        ("court_receipt", " ", False),
    ],
)
def test_a_proof_has_the_shape_of_its_kind(kind: str, value: str, *, accepted: bool) -> None:
    if accepted:
        domain.check_proof(accepted=[kind], proof=_proof(kind, value), now=NOW)
    else:
        with pytest.raises(Refused) as refused:
            domain.check_proof(accepted=[kind], proof=_proof(kind, value), now=NOW)
        assert refused.value.code == "proof-shape"
        assert refused.value.field == "value"


def test_a_proof_of_a_kind_the_rule_does_not_accept_is_refused() -> None:
    with pytest.raises(Refused, match="kinds of proof"):
        domain.check_proof(accepted=["ncic_number"], proof=_proof("court_receipt", "Clerk Hanson"), now=NOW)


def test_a_proof_from_the_future_is_refused() -> None:
    tomorrow = NOW + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        domain.check_proof(
            accepted=["court_receipt"], proof=_proof("court_receipt", "Clerk", happened_at=tomorrow), now=NOW
        )
    assert refused.value.field == "happened_at"


@pytest.mark.parametrize(
    ("late_by", "state"),
    [
        (timedelta(seconds=-1), DutyState.PROVED),
        (timedelta(0), DutyState.PROVED),
        (timedelta(seconds=1), DutyState.PROVED_LATE),
    ],
    ids=["in time", "on the second", "one second late"],
)
def test_late_is_judged_by_when_it_happened_not_by_when_it_was_typed(late_by: timedelta, state: DutyState) -> None:
    due = NOW - timedelta(hours=1)
    proof = _proof("court_receipt", "Clerk Hanson", happened_at=due + late_by)
    decided = domain.decide_proof(state=DutyState.OPEN, accepted=["court_receipt"], proof=proof, due_at=due, now=NOW)
    assert decided is state


def test_a_refusal_by_the_recipient_leaves_the_duty_red() -> None:
    proof = _proof("refused_by_recipient", "Desk said to wait until the morning")
    decided = domain.decide_proof(state=DutyState.OPEN, accepted=[], proof=proof, due_at=NOW, now=NOW)
    assert decided is DutyState.OPEN


@pytest.mark.parametrize(
    ("used", "rung"),
    [(-0.1, Rung.NONE), (0, Rung.NONE), (0.499, Rung.NONE), (0.5, Rung.HALF), (0.799, Rung.HALF), (0.8, Rung.NEAR),
     (1.0, Rung.NEAR), (1.001, Rung.OVER)],
)  # fmt: skip
def test_the_ladder_climbs_at_half_at_four_fifths_and_after_the_deadline(used: float, rung: Rung) -> None:
    start, length = NOW, timedelta(hours=24)
    now = start + length * used
    assert domain.rung_at(clock_starts_at=start, due_at=start + length, now=now) is rung


def test_a_clock_that_has_not_started_climbs_nothing() -> None:
    assert domain.rung_at(clock_starts_at=None, due_at=None, now=NOW) is Rung.NONE


def test_what_is_due_at_once_is_over_as_soon_as_it_starts() -> None:
    assert domain.rung_at(clock_starts_at=NOW, due_at=NOW, now=NOW) is Rung.OVER

"""Every pair of state and status, and who must look at what."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from allhands.channels import domain
from allhands.channels.contracts import Channel, DeliveryState, NeedReason, Status
from allhands.kernel.errors import Refused

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
TERMINAL = {DeliveryState.SIMULATED, DeliveryState.ACKNOWLEDGED, DeliveryState.CANCELLED}


@pytest.mark.parametrize("state", DeliveryState, ids=lambda one: one.value)
@pytest.mark.parametrize("status", Status, ids=lambda one: one.value)
def test_every_pair_is_legal_or_refused(state: DeliveryState, status: Status) -> None:
    if (state, status) in domain.NEXT:
        assert domain.decide_next(state, status) is domain.NEXT[state, status]
    else:
        with pytest.raises(Refused, match=state.value):
            domain.decide_next(state, status)


def test_states_without_a_way_out_are_exactly_the_terminal_ones() -> None:
    assert {state for state in DeliveryState if not any(pair[0] is state for pair in domain.NEXT)} == TERMINAL


def test_no_machine_leads_from_doubt_back_to_sending() -> None:
    doubtful = {DeliveryState.CLAIMED, DeliveryState.UNCERTAIN, DeliveryState.UNCONFIRMED}
    ways = {status for (state, status), to in domain.NEXT.items() if state in doubtful and to is DeliveryState.WAITING}
    # POSTPONED is the mail server's own "not taken"; SENT_AGAIN is a person.
    assert ways == {Status.POSTPONED, Status.SENT_AGAIN}
    assert (DeliveryState.UNCERTAIN, Status.POSTPONED) not in domain.NEXT


@pytest.mark.parametrize(
    ("state", "minutes", "reason"),
    [
        (DeliveryState.CLAIMED, 14, None),
        (DeliveryState.CLAIMED, 16, NeedReason.CLAIM_WITHOUT_OUTCOME),
        (DeliveryState.WAITING, 29, None),
        (DeliveryState.WAITING, 31, NeedReason.WAITS_TOO_LONG),
        (DeliveryState.UNCERTAIN, 0, NeedReason.UNCERTAIN),
        (DeliveryState.UNCONFIRMED, 0, NeedReason.UNCONFIRMED),
        (DeliveryState.FAILED, 0, NeedReason.FAILED),
        (DeliveryState.BOUNCED, 0, NeedReason.BOUNCED),
        (DeliveryState.HELD, 0, NeedReason.NOT_CONFIGURED),
        (DeliveryState.ACCEPTED, 600, None),
        (DeliveryState.ACKNOWLEDGED, 600, None),
    ],
)
def test_reason_for_person(state: DeliveryState, minutes: int, reason: NeedReason | None) -> None:
    since = NOW - timedelta(minutes=minutes)
    assert domain.reason_for_person(state, claimed_at=since, changed_at=since, now=NOW) is reason


def test_a_person_waits_while_a_worker_may_still_be_sending() -> None:
    state, status = DeliveryState.CLAIMED, Status.SENT_AGAIN
    with pytest.raises(Refused, match="right now"):
        domain.decide_by_person(state, status, claimed_at=NOW - timedelta(minutes=10), now=NOW)
    late = domain.decide_by_person(state, status, claimed_at=NOW - timedelta(minutes=16), now=NOW)
    assert late is DeliveryState.WAITING


@pytest.mark.parametrize("sensitivity", ["P2", "P3", "P4"])
def test_email_never_carries_more_than_p1(sensitivity: str) -> None:
    with pytest.raises(Refused, match="class P2"):
        domain.check_may_leave(Channel.EMAIL, frozenset({"P0", sensitivity}))
    domain.check_may_leave(Channel.INBOX, frozenset({"P0", sensitivity}))
    domain.check_may_leave(Channel.EMAIL, frozenset({"P0", "P1"}))

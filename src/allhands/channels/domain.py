"""The life of a delivery: which status may follow which state. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from allhands.channels.contracts import Channel, DeliveryState, NeedReason, Status
from allhands.kernel.errors import Refused

# Longer than every time-out of a mail client together (`email/smtp.py`: under 11 minutes), so that no worker that is
# merely slow is taken for dead. Longer makes a person learn later of a dead worker.
CLAIM_TIMEOUT = timedelta(minutes=15)

# A notice with a clock of hours should not sit unsent for longer before a person hears of it.
WAIT_LIMIT = timedelta(minutes=30)

_D, _S = DeliveryState, Status

# An inbox item is with the next system, which is ours, as soon as it is queued.
FIRST: Mapping[Channel, DeliveryState] = {Channel.EMAIL: _D.WAITING, Channel.INBOX: _D.ACCEPTED}

# What a state becomes. A pair that is not here is refused; a test lists every pair.
NEXT: Mapping[tuple[DeliveryState, Status], DeliveryState] = {
    (_D.WAITING, _S.CLAIMED): _D.CLAIMED,
    (_D.WAITING, _S.HELD): _D.HELD,
    (_D.WAITING, _S.CANCELLED): _D.CANCELLED,
    (_D.HELD, _S.SENT_AGAIN): _D.WAITING,
    (_D.HELD, _S.CANCELLED): _D.CANCELLED,
    (_D.CLAIMED, _S.SUBMITTED): _D.CLAIMED,
    (_D.CLAIMED, _S.ACCEPTED): _D.ACCEPTED,
    (_D.CLAIMED, _S.POSTPONED): _D.WAITING,
    (_D.CLAIMED, _S.HELD): _D.HELD,
    (_D.CLAIMED, _S.SIMULATED): _D.SIMULATED,
    (_D.CLAIMED, _S.FAILED): _D.FAILED,
    (_D.CLAIMED, _S.UNCERTAIN): _D.UNCERTAIN,
    (_D.CLAIMED, _S.UNCONFIRMED): _D.UNCONFIRMED,
    (_D.CLAIMED, _S.BOUNCED): _D.BOUNCED,
    (_D.CLAIMED, _S.ARRIVED): _D.ACCEPTED,
    (_D.CLAIMED, _S.SENT_AGAIN): _D.WAITING,
    (_D.CLAIMED, _S.CANCELLED): _D.CANCELLED,
    (_D.UNCERTAIN, _S.BOUNCED): _D.BOUNCED,
    (_D.UNCERTAIN, _S.ARRIVED): _D.ACCEPTED,
    (_D.UNCERTAIN, _S.SENT_AGAIN): _D.WAITING,
    (_D.UNCERTAIN, _S.CANCELLED): _D.CANCELLED,
    (_D.UNCONFIRMED, _S.BOUNCED): _D.BOUNCED,
    (_D.UNCONFIRMED, _S.ARRIVED): _D.ACCEPTED,
    (_D.UNCONFIRMED, _S.SENT_AGAIN): _D.WAITING,
    (_D.UNCONFIRMED, _S.CANCELLED): _D.CANCELLED,
    (_D.FAILED, _S.SENT_AGAIN): _D.WAITING,
    (_D.FAILED, _S.CANCELLED): _D.CANCELLED,
    (_D.BOUNCED, _S.SENT_AGAIN): _D.WAITING,
    (_D.BOUNCED, _S.CANCELLED): _D.CANCELLED,
    (_D.ACCEPTED, _S.BOUNCED): _D.BOUNCED,
    (_D.ACCEPTED, _S.OPENED): _D.OPENED,
    (_D.ACCEPTED, _S.ACKNOWLEDGED): _D.ACKNOWLEDGED,
    (_D.OPENED, _S.ACKNOWLEDGED): _D.ACKNOWLEDGED,
}

# A person's acts. On a claim they wait until no worker can still be at it: two letters are worse than a late one.
_OF_A_PERSON = frozenset({_S.ARRIVED, _S.SENT_AGAIN, _S.CANCELLED})

_NEEDS_PERSON: Mapping[DeliveryState, NeedReason] = {
    _D.UNCERTAIN: NeedReason.UNCERTAIN,
    _D.UNCONFIRMED: NeedReason.UNCONFIRMED,
    _D.FAILED: NeedReason.FAILED,
    _D.BOUNCED: NeedReason.BOUNCED,
    _D.HELD: NeedReason.NOT_CONFIGURED,
}


def decide_next(state: DeliveryState, status: Status) -> DeliveryState:
    """The state after this status.

    Raises:
        Refused: `delivery-cannot-follow`, when the status cannot follow this state.
    """
    following = NEXT.get((state, status))
    if following is None:
        words = _("A delivery that is %(state)s cannot become %(status)s.")
        raise Refused("delivery-cannot-follow", words % {"state": state.value, "status": status.value})
    return following


def decide_by_person(
    state: DeliveryState, status: Status, *, claimed_at: datetime | None, now: datetime
) -> DeliveryState:
    """The state after a person's act.

    Raises:
        Refused: `delivery-being-sent`, while a worker may still be at it; `delivery-cannot-follow`.
    """
    assert status in _OF_A_PERSON
    if state is _D.CLAIMED and not is_claim_stale(claimed_at, now):
        raise Refused("delivery-being-sent", "It is being sent right now. Look again in 15 minutes.")
    return decide_next(state, status)


def is_claim_stale(claimed_at: datetime | None, now: datetime) -> bool:
    """Whether the worker that claimed it cannot be at it any more."""
    return claimed_at is None or now - claimed_at > CLAIM_TIMEOUT


def reason_for_person(
    state: DeliveryState, *, claimed_at: datetime | None, changed_at: datetime, now: datetime
) -> NeedReason | None:
    """Why a person must look at it, or None while machines do their work."""
    if state is _D.CLAIMED:
        return NeedReason.CLAIM_WITHOUT_OUTCOME if is_claim_stale(claimed_at, now) else None
    if state is _D.WAITING:
        return NeedReason.WAITS_TOO_LONG if now - changed_at > WAIT_LIMIT else None
    return _NEEDS_PERSON.get(state)


def check_may_leave(channel: Channel, sensitivities: frozenset[str]) -> None:
    """The wall no setting moves: e-mail carries nothing above P1.

    Raises:
        Refused: `email-above-p1`.
    """
    if channel is Channel.EMAIL and not sensitivities <= {"P0", "P1"}:
        raise Refused("email-above-p1", "E-mail may not carry information of class P2 or above.", source="DESIGN.md 5")

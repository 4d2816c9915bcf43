"""Appends what happened to a delivery, moves its state, writes the journal and tells the listeners: one fate."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.channels import domain, listeners, models
from allhands.channels.contracts import DeliveryState, Status
from allhands.kernel.actors import Actor
from allhands.platform.audit.api import Event

EVENTS: Mapping[Status, Event] = {
    Status.CLAIMED: Event.DELIVERY_CLAIMED,
    Status.SUBMITTED: Event.DELIVERY_SUBMITTED,
    Status.ACCEPTED: Event.DELIVERY_ACCEPTED,
    Status.POSTPONED: Event.DELIVERY_FAILED,
    Status.HELD: Event.DELIVERY_FAILED,
    Status.SIMULATED: Event.DELIVERY_ACCEPTED,
    Status.FAILED: Event.DELIVERY_FAILED,
    Status.UNCERTAIN: Event.DELIVERY_UNCERTAIN,
    Status.UNCONFIRMED: Event.DELIVERY_UNCERTAIN,
    Status.BOUNCED: Event.DELIVERY_BOUNCED,
    Status.OPENED: Event.DELIVERY_OPENED,
    Status.ACKNOWLEDGED: Event.DELIVERY_ACKNOWLEDGED,
    Status.ARRIVED: Event.DELIVERY_RESOLVED,
    Status.SENT_AGAIN: Event.DELIVERY_RESOLVED,
    Status.CANCELLED: Event.DELIVERY_CANCELLED,
}

# Machine steps in between: how long a person has been waiting is counted from before them.
_IN_BETWEEN = frozenset({Status.CLAIMED, Status.SUBMITTED, Status.POSTPONED})


def move(
    row: models.Delivery, status: Status, actor: Actor, now: datetime, *, code: str = "", words: str = ""
) -> DeliveryState:
    """The state after this status, stored, appended and told. The caller holds the row's lock and the journal entry.

    Raises:
        Refused: the status cannot follow.
    """
    following = domain.decide_next(DeliveryState(row.state), status)
    row.state = following.value
    if status not in _IN_BETWEEN:
        row.changed_at = now
    row.save(update_fields=["state", "changed_at"])
    append(row, status, actor, now, code=code, words=words)
    listeners.tell(row.refers_to, following, actor.label, now)
    return following


def append(
    row: models.Delivery, status: Status, actor: Actor, now: datetime, *, code: str = "", words: str = ""
) -> None:
    """One more line of what happened, whatever the state."""
    models.DeliveryStatus.objects.create(
        delivery=row,
        status=status.value,
        at=now,
        code=code[:64],
        words=words[: models.WORDS_LENGTH],
        actor_kind=actor.kind.value,
        actor_member=actor.member_id,
        actor_agency=actor.agency_id,
        actor_label=actor.label[: models.LABEL_LENGTH],
    )

"""What a person decides about a delivery that no machine may decide about, under their name and with their reason."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.access import api as access
from allhands.channels import domain, models, permissions, tasks
from allhands.channels.actions import record
from allhands.channels.contracts import Channel, DeliveryState, Status
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DeliveryId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs


def mark_arrived(actor: Actor, delivery_id: DeliveryId, reason: str, now: datetime) -> None:
    """The person found out that it arrived, and says how.

    Raises:
        Denied: neither an operator nor of the sending agency.
        Refused: `reason-missing`, `delivery-being-sent`, `delivery-cannot-follow`.
    """
    _decide(actor, delivery_id, Status.ARRIVED, reason, now)


def send_again(actor: Actor, delivery_id: DeliveryId, reason: str, now: datetime) -> None:
    """The person has it sent once more, with the same Message-ID.

    Raises:
        Denied: as `mark_arrived`.
        Refused: as `mark_arrived`; `another-world`.
    """
    _decide(actor, delivery_id, Status.SENT_AGAIN, reason, now)


def cancel(actor: Actor, delivery_id: DeliveryId, reason: str, now: datetime) -> None:
    """The person gives it up. Raises as `mark_arrived`."""
    _decide(actor, delivery_id, Status.CANCELLED, reason, now)


def release_held(actor: Actor, channel: Channel, now: datetime) -> int:
    """Send what waited while the channel was not configured; how many that were.

    Raises:
        Denied: not an operator.
    """
    access.check_operate(actor)
    with acting_as(SYSTEM):
        held = models.Delivery.objects.filter(channel=channel.value, state=DeliveryState.HELD.value)
        held = held.filter(world=settings.ALLHANDS_WORLD)
        waiting = [DeliveryId(pk) for pk in held.order_by("created_at").values_list("id", flat=True)]
    for delivery_id in waiting:
        _decide(actor, delivery_id, Status.SENT_AGAIN, "configured", now)
    return len(waiting)


def _decide(actor: Actor, delivery_id: DeliveryId, status: Status, reason: str, now: datetime) -> None:
    if not reason.strip():
        raise Refused("reason-missing", "Say in a few words how you know.", field="reason")
    with audit.audited(actor, now, record.EVENTS[status], subject_id=delivery_id) as entry:
        entry.details["status"] = status.value
        # Operators are of no agency of the episode: the check below, not row security, lets them decide.
        with acting_as(SYSTEM):
            row = models.Delivery.objects.select_for_update().filter(pk=delivery_id).first()
            _check_may_decide(actor, row)
            assert row is not None
            entry.episode_id = row.episode_id or ""
            if status is Status.SENT_AGAIN and row.world != settings.ALLHANDS_WORLD:
                raise Refused("another-world", "It was written in another world: it never leaves from here.")
            domain.decide_by_person(DeliveryState(row.state), status, claimed_at=row.claimed_at, now=now)
            record.move(row, status, actor, now, code="by-person", words=" ".join(reason.split()))
            if status is Status.SENT_AGAIN:
                jobs.defer(tasks.send_delivery, delivery_id=row.id)


def _check_may_decide(actor: Actor, row: models.Delivery | None) -> None:
    """The sending agency decides about its own notices, an operator about any; a stranger learns nothing."""
    if row is not None and permissions.is_of_sender(actor, row.sender_agency_id):
        return
    access.check_operate(actor)
    if row is None:
        raise Denied("delivery-not-yours")

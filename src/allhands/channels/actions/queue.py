"""Queue a delivery: frozen here, in the caller's transaction, sent by a worker."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError

from allhands.channels import domain, listeners, models, permissions, tasks
from allhands.channels.actions import record
from allhands.channels.contracts import Channel, DeliveryState, Outgoing, Status
from allhands.channels.email import configuration
from allhands.channels.freezing import digest_of
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import DeliveryId, new_id
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs

SIMULATED_SUBJECT = "[SIMULATED]"
SIMULATED_LINE = "SIMULATED: this e-mail did not leave this machine. / SIMULADO: este correo no salió de esta máquina."


def queue(actor: Actor, outgoing: Outgoing, now: datetime) -> DeliveryId:
    """Freeze it and have it delivered once. The same key again gives the same delivery.

    Raises:
        Denied: `delivery-not-yours`.
        Refused: `email-above-p1`; `delivery-key-reused` when the key already stands for other bytes.
    """
    permissions.check_send(actor, outgoing.sender_agency)
    classes = frozenset({outgoing.sensitivity, *(part.sensitivity for part in outgoing.parts)})
    domain.check_may_leave(outgoing.channel, classes)
    frozen = _freeze(outgoing, now)
    known = _find_known(actor, frozen)
    if known is not None:
        return known
    try:
        _insert(actor, outgoing, frozen, now)
    except IntegrityError:  # someone queued the same key in this moment
        known = _find_known(actor, frozen)
        if known is None:
            raise
        return known
    return DeliveryId(frozen.id)


def _freeze(outgoing: Outgoing, now: datetime) -> models.Delivery:
    """The row, not stored yet. A simulated e-mail says so in its own frozen words."""
    is_simulated = outgoing.channel is Channel.EMAIL and configuration.is_simulated()
    subject, body = " ".join(outgoing.subject.split()), outgoing.body
    if is_simulated:
        subject, body = f"{SIMULATED_SUBJECT} {subject}", f"{SIMULATED_LINE}\n\n{body}"
    row = models.Delivery(
        id=new_id(),
        channel=outgoing.channel.value,
        sender_agency_id=outgoing.sender_agency,
        sender_label=outgoing.sender_label[: models.LABEL_LENGTH],
        recipient_agency_id=outgoing.recipient_agency,
        recipient_member=outgoing.recipient_member or "",
        recipient_label=outgoing.recipient_label[: models.LABEL_LENGTH],
        episode_id=outgoing.episode_id,
        refers_to=outgoing.refers_to,
        address=outgoing.address,
        subject=subject[: models.LABEL_LENGTH],
        body=body.encode(),
        sensitivity=max([outgoing.sensitivity, *(part.sensitivity for part in outgoing.parts)]),
        simulated=is_simulated,
        world=settings.ALLHANDS_WORLD,
        idempotency_key=outgoing.idempotency_key,
        created_at=now,
        state=domain.FIRST[outgoing.channel].value,
        changed_at=now,
    )
    row.digest = digest_of(row, {part.name: hashlib.sha256(part.content).hexdigest() for part in outgoing.parts})
    return row


def _find_known(actor: Actor, frozen: models.Delivery) -> DeliveryId | None:
    with acting_as(actor):
        known = models.Delivery.objects.filter(idempotency_key=frozen.idempotency_key).only("id", "digest").first()
    if known is None:
        return None
    if known.digest != frozen.digest:
        raise Refused("delivery-key-reused", "This key already stands for another delivery. Use a new key.")
    return DeliveryId(known.id)


def _insert(actor: Actor, outgoing: Outgoing, row: models.Delivery, now: datetime) -> None:
    details: dict[str, audit.Detail] = {"channel": row.channel, "digest": row.digest, "simulated": row.simulated}
    with audit.audited(
        actor, now, audit.Event.DELIVERY_QUEUED, episode_id=outgoing.episode_id, subject_id=row.id, details=details
    ):
        row.save(force_insert=True)
        models.DeliveryPart.objects.bulk_create(
            models.DeliveryPart(
                delivery=row,
                position=position,
                name=part.name,
                media_type=part.media_type,
                sensitivity=part.sensitivity,
                content=part.content,
                digest=hashlib.sha256(part.content).hexdigest(),
            )
            for position, part in enumerate(outgoing.parts)
        )
        if outgoing.channel is Channel.INBOX:
            # Our own inbox is the next system: it has the item if and only if this transaction commits.
            for status in (Status.SUBMITTED, Status.ACCEPTED):
                record.append(row, status, actor, now)
            listeners.tell(row.refers_to, DeliveryState(row.state), actor.label, now)
        else:
            jobs.defer(tasks.send_delivery, delivery_id=row.id)

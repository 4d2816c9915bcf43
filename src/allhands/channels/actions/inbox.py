"""The inbox: list, open, download, acknowledge. Opening and confirming are two facts, each with who and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.access.contracts import DisclosureDoor
from allhands.channels import models, permissions, queries
from allhands.channels.actions import record
from allhands.channels.contracts import Channel, DeliveryState, InboxItem, InboxLine, Part, PartLine, Receipt, Status
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.kernel.ids import DeliveryId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import api as vault

_LONGEST_LIST = 200


def list_inbox(actor: Actor) -> tuple[InboxLine, ...]:
    """What came for the actor's agency, or for the actor alone: what nobody has confirmed first, then newest first.

    Raises:
        Denied: `inbox-not-yours`.
    """
    permissions.check_read_inbox(actor)
    with acting_as(actor):
        rows = _of(actor).prefetch_related("statuses").order_by("-created_at", "pk")[:_LONGEST_LIST]
        with vault.at_hand(rows.values_list("episode_id", flat=True)):
            lines = [_line(row) for row in rows]
    return tuple(sorted(lines, key=lambda line: line.acknowledged_at is not None))


def find_about(actor: Actor, refers_to: str) -> DeliveryId | None:
    """The inbox item of a notice, if the actor may see one."""
    permissions.check_read_inbox(actor)
    with acting_as(actor):
        found = (
            _of(actor).filter(refers_to=refers_to).order_by("-created_at", "pk").values_list("id", flat=True).first()
        )
    return DeliveryId(found) if found else None


def open_item(actor: Actor, delivery_id: DeliveryId, now: datetime) -> InboxItem:
    """The item with its words and the names of its files; the first look is a status, each look is in the journal.

    Raises:
        Denied: `inbox-not-yours`, also when there is no such item.
    """
    with audit.audited(actor, now, audit.Event.DELIVERY_OPENED, subject_id=delivery_id) as entry:
        row = _locked(actor, delivery_id)
        entry.episode_id = row.episode_id or ""
        if row.state == DeliveryState.ACCEPTED.value:
            record.move(row, Status.OPENED, actor, now)
        if access.is_recalled(row.refers_to, now):
            entry.details["recalled"] = True
            body = _("The sender has called this back. Nothing of it is shown any more. Delete every copy you made.")
            return InboxItem(line=_line(row), refers_to=row.refers_to, body=body, digest=row.digest, parts=())
        access.tell_opened(actor, row.refers_to, DisclosureDoor.PAGE, now)
        parts = row.parts.order_by("position").defer("content")
        sizes = _sizes(row)
        return InboxItem(
            line=_line(row),
            refers_to=row.refers_to,
            body=bytes(row.body).decode(),
            digest=row.digest,
            parts=tuple(_part_line(part, sizes) for part in parts),
        )


def get_part(actor: Actor, delivery_id: DeliveryId, name: str, now: datetime) -> Part:
    """One file, byte for byte as it was frozen. Written down as an export.

    Raises:
        Denied: `inbox-not-yours`, also when there is no such file, or it was called back.
    """
    with audit.audited(actor, now, audit.Event.RECORD_EXPORTED, subject_id=delivery_id) as entry:
        row = _locked(actor, delivery_id)
        part = row.parts.filter(name=name).first()
        if part is None or access.is_recalled(row.refers_to, now):
            raise Denied("inbox-not-yours")
        entry.episode_id = row.episode_id or ""
        entry.details["part"] = part.digest
        access.tell_opened(actor, row.refers_to, DisclosureDoor.EXPORT, now)
        return Part(
            name=part.name, media_type=part.media_type, content=bytes(part.content), sensitivity=part.sensitivity
        )


def read_opened_part(actor: Actor, delivery_id: DeliveryId, name: str) -> bytes:
    """The bytes of a file, to draw the item that `open_item` has just opened and written down.

    Raises:
        Denied: `inbox-not-yours`.
    """
    with acting_as(actor):
        return bytes(_locked(actor, delivery_id).parts.get(name=name).content)


def count_unconfirmed(actor: Actor) -> int:
    """How many items wait for somebody's confirmation; none for those who read no inbox."""
    if not permissions.may_read_inbox(actor):
        return 0
    open_states = [DeliveryState.ACCEPTED.value, DeliveryState.OPENED.value]
    with acting_as(actor):
        return _of(actor).filter(state__in=open_states).count()


def acknowledge(actor: Actor, delivery_id: DeliveryId, now: datetime) -> Receipt:
    """Confirm receipt. The first confirmation is the receipt; a second changes nothing and gives the same.

    Raises:
        Denied: `inbox-not-yours`.
        Refused: `delivery-cannot-follow` when it was taken back.
    """
    permissions.check_read_inbox(actor)
    with acting_as(actor):
        known = _find_receipt(_locked(actor, delivery_id))
        if known is not None:
            return known
        event = audit.Event.DELIVERY_ACKNOWLEDGED
        with audit.audited(actor, now, event, subject_id=delivery_id) as entry:
            row = _locked(actor, delivery_id)
            entry.episode_id = row.episode_id or ""
            entry.details["digest"] = row.digest
            record.move(row, Status.ACKNOWLEDGED, actor, now)
    return Receipt(delivery_id=delivery_id, acknowledged_at=now, acknowledged_by=actor.label, digest=row.digest)


def _of(actor: Actor) -> QuerySet[models.Delivery]:
    """What is addressed to the actor's agency, but for what is for another person alone."""
    for_me = Q(recipient_member="") | Q(recipient_member=actor.member_id)
    found = models.Delivery.objects.filter(for_me, channel=Channel.INBOX.value, recipient_agency_id=actor.agency_id)
    return found.exclude(Exists(vault.shut_records().filter(pk=OuterRef("episode_id"))))


def _locked(actor: Actor, delivery_id: DeliveryId) -> models.Delivery:
    permissions.check_read_inbox(actor)
    row = _of(actor).select_for_update().filter(pk=delivery_id).first()
    if row is None:
        raise Denied("inbox-not-yours")
    return row


def _line(row: models.Delivery) -> InboxLine:
    statuses = queries.first_statuses(sorted(row.statuses.all(), key=lambda status: status.id))
    opened, acknowledged = statuses.get(Status.OPENED), statuses.get(Status.ACKNOWLEDGED)
    return InboxLine(
        id=DeliveryId(row.id),
        subject=row.subject,
        sender_label=row.sender_label,
        received_at=row.created_at,
        opened_at=opened.at if opened else None,
        acknowledged_at=acknowledged.at if acknowledged else None,
        acknowledged_by=acknowledged.actor_label if acknowledged else "",
    )


def _find_receipt(row: models.Delivery) -> Receipt | None:
    line = _line(row)
    if line.acknowledged_at is None:
        return None
    return Receipt(
        delivery_id=line.id,
        acknowledged_at=line.acknowledged_at,
        acknowledged_by=line.acknowledged_by,
        digest=row.digest,
    )


def _part_line(part: models.DeliveryPart, sizes: Mapping[str, int]) -> PartLine:
    return PartLine(
        name=part.name,
        media_type=part.media_type,
        size_bytes=sizes[part.name],
        digest=part.digest,
        sensitivity=part.sensitivity,
    )


def _sizes(row: models.Delivery) -> dict[str, int]:
    measured = row.parts.annotate(size=Length("content"))
    added = vault.added_bytes(models.key_of(row))
    return {name: size - added for name, size in measured.values_list("name", "size")}

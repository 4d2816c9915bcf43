"""What providers tell later: kept once, matched now, or as soon as we learn which copy is meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from allhands.alerts.contracts import TransmissionId
from allhands.channels import copies, listeners, models
from allhands.channels.contracts import SendingState, Way
from allhands.channels.email.gone import status_says_gone
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A provider's later word.

    Args:
        state: what it makes of the copy; None for a step in between that changes nothing.
        older_ids: other forms of the id, under which an earlier version of ours kept a copy.
    """

    way: Way
    provider_id: str
    status: str
    state: SendingState | None
    code: str
    older_ids: tuple[str, ...] = ()


def record_receipt(receipt: Receipt, now: datetime) -> bool:
    """Whether it was new. A replay changes nothing; one that comes too early waits for its copy."""
    with acting_as(SYSTEM):
        _, is_new = models.ProviderReceipt.objects.get_or_create(
            way=receipt.way.value,
            provider_id=receipt.provider_id[:128],
            status=receipt.status[:32],
            defaults={"code": _code(receipt), "at": now},
        )
        if is_new and receipt.state is not None:
            for row in _meant(receipt.way, [receipt.provider_id, *receipt.older_ids]):
                _apply(row, receipt.state, receipt.code or receipt.status, now)
    return is_new


def copy_bounced(copy_id: int, code: str, now: datetime) -> bool:
    """A mail system gave a subscriber's letter back. Whether that was news."""
    with acting_as(SYSTEM):
        row = (
            models.Sending.objects.select_for_update(of=("self",))
            .select_related("broadcast")
            .filter(pk=copy_id)
            .first()
        )
        if row is None or SendingState(row.state) not in copies.FOLLOWS[SendingState.FAILED]:
            return False
        _apply(row, SendingState.FAILED, code, now)
        if status_says_gone(code.removeprefix("dsn-")):  # no such mailbox; other refusals may pass
            listeners.tell_gone(Way.EMAIL, row.recipient_key, code, now)
    return True


def copy_arrived(copy_id: int, code: str, now: datetime) -> None:
    """Somebody else's list shows that a copy is out."""
    with acting_as(SYSTEM):
        row = models.Sending.objects.select_for_update(of=("self",)).select_related("broadcast").get(pk=copy_id)
        _apply(row, SendingState.DELIVERED, code, now)


def copy_taken(copy_id: int, code: str, now: datetime) -> None:
    """The next system shows that it holds a copy about which we were unsure."""
    with acting_as(SYSTEM):
        row = models.Sending.objects.select_for_update(of=("self",)).select_related("broadcast").get(pk=copy_id)
        _apply(row, SendingState.ACCEPTED, code, now)


def match_early(way: Way, provider_ids: Sequence[str], now: datetime) -> None:
    """Applies receipts that came before we knew the provider's id. The caller acts as the system."""
    early = models.ProviderReceipt.objects.filter(way=way.value, provider_id__in=provider_ids).order_by("id")
    for receipt in early:
        state, _, code = receipt.code.partition(":")
        if state in SendingState.__members__:
            for row in _meant(way, [receipt.provider_id]):
                _apply(row, SendingState(state), code, now)


def _code(receipt: Receipt) -> str:
    """The receipt's meaning is kept with it, so that an early one needs no second reading."""
    state = receipt.state.value if receipt.state else ""
    return f"{state}:{receipt.code or receipt.status}"[:64]


def _meant(way: Way, provider_ids: Sequence[str]) -> QuerySet[models.Sending]:
    found = models.Sending.objects.select_for_update(of=("self",)).select_related("broadcast")
    return found.filter(provider_id__in=provider_ids, broadcast__way=way.value)


def _apply(row: models.Sending, state: SendingState, code: str, now: datetime) -> None:
    if SendingState(row.state) not in copies.FOLLOWS.get(state, frozenset()):
        return
    row.state, row.code, row.changed_at = state.value, code[:64], now
    row.submitted_at = row.submitted_at or now
    if state is not SendingState.FAILED:
        row.accepted_at = row.accepted_at or now
    if state in {SendingState.DELIVERED, SendingState.FAILED}:
        row.final_at = now
    row.save(update_fields=["state", "code", "changed_at", "submitted_at", "accepted_at", "final_at"])
    models.SendingStatus.objects.create(sending=row, state=row.state, at=now, code=row.code, who="")
    listeners.tell_broadcast(TransmissionId(row.broadcast.transmission_id), Way(row.broadcast.way), now)

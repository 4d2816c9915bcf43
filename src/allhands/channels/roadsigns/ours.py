"""Which texts a sign may show because of an alert: only those are taken down with it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from allhands.alerts.contracts import MessageKind
from allhands.channels import models
from allhands.channels.contracts import SendingState, Way
from allhands.channels.roadsigns import ntcip
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_MAY_BE_SHOWN: Final = [
    state.value
    for state in SendingState
    if state
    not in {
        SendingState.WAITING,
        SendingState.SIMULATED,
        SendingState.NOT_CONFIGURED,
        SendingState.FAILED,
        SendingState.STOPPED,
    }
]


def message_ids(alert_id: str, *, sign_id: str, now: datetime) -> frozenset[bytes]:
    """The ids under which a sign names the texts that earlier broadcasts of the alert put into our slot.

    Without a plate two alerts of the same police read alike, and the sign names both by one id: a text that this sign
    also shows for another child, whose alert still runs, stays.
    """
    with acting_as(SYSTEM):
        earlier = models.Broadcast.objects.filter(alert_id=alert_id, way=Way.SIGNS.value)
        own = earlier.exclude(kind=MessageKind.CANCEL.value).values_list("id", flat=True)
        return _ids_of(own) - _ids_of(_running_for_others(alert_id, sign_id, now))


def _running_for_others(alert_id: str, sign_id: str, now: datetime) -> list[str]:
    """Of each other alert that was not taken back, the broadcast that this sign shows: its newest that got there."""
    over = models.Broadcast.objects.filter(way=Way.SIGNS.value, kind=MessageKind.CANCEL.value)
    copies = models.Sending.objects.filter(
        recipient_key=sign_id, broadcast__way=Way.SIGNS.value, state__in=_MAY_BE_SHOWN
    ).exclude(broadcast__alert_id=alert_id)
    running = copies.exclude(broadcast__alert_id__in=over.values("alert_id"))
    newest = running.order_by("broadcast__alert_id", "-id").distinct("broadcast__alert_id")
    found = newest.values_list("broadcast_id", "broadcast__expires_at")
    return [broadcast_id for broadcast_id, expires_at in found if expires_at > now]


def _ids_of(broadcasts: Iterable[str]) -> frozenset[bytes]:
    files = models.FrozenArtefact.objects.filter(
        broadcast_id__in=list(broadcasts), name__startswith="sign-", leaves=True
    )
    texts = [bytes(content).decode("ascii") for content in files.values_list("content", flat=True)]
    return frozenset(ntcip.message_id(ntcip.VOLATILE, ntcip.SLOT, ntcip.message_crc(text)) for text in texts if text)

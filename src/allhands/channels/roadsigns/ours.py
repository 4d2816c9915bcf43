"""Which texts a sign may show because of an alert: only those are taken down with it."""

from __future__ import annotations

from allhands.alerts.contracts import MessageKind
from allhands.channels import models
from allhands.channels.contracts import Way
from allhands.channels.roadsigns import ntcip
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


def message_ids(alert_id: str) -> frozenset[bytes]:
    """The ids under which a sign names the texts that earlier broadcasts of the alert put into our slot."""
    with acting_as(SYSTEM):
        files = models.FrozenArtefact.objects.filter(
            broadcast__alert_id=alert_id, broadcast__way=Way.SIGNS.value, name__startswith="sign-", leaves=True
        ).exclude(broadcast__kind=MessageKind.CANCEL.value)
        texts = [bytes(content).decode("ascii") for content in files.values_list("content", flat=True)]
    return frozenset(ntcip.message_id(ntcip.VOLATILE, ntcip.SLOT, ntcip.message_crc(text)) for text in texts if text)

"""Every endpoint that is not ended."""

from __future__ import annotations

from allhands.alerts.contracts import AlertMessage
from allhands.channels import models
from allhands.channels.rooms import Recipient
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


def recipients(_message: AlertMessage) -> tuple[Recipient, ...]:
    """One a machine; each decides by itself which alerts it wants."""
    with acting_as(SYSTEM):
        rows = models.WebhookEndpoint.objects.filter(ended_at__isnull=True).order_by("created_at", "pk")
        return tuple(Recipient(key=row.id, group=f"webhook:{row.id}", label=row.label, address=row.url) for row in rows)

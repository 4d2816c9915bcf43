"""Who is called at each alert."""

from __future__ import annotations

from datetime import datetime

from allhands.channels import models
from allhands.channels.outgoing_http import AddressRefused, check_url
from allhands.channels.webhooks.client import door, secret_of
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.platform.audit import api as audit

_WORDS = {
    "address-form": "This is no web address. Write https://host/path.",
    "address-not-https": "Only https is called, so that nobody can read or change what is told.",
    "address-unknown": "No machine of this name is found now. Check it, and try again.",
    "address-private": "This address is inside a private network. ALLHANDS_WEBHOOK_PRIVATE=true allows that.",
}


def set_webhook(url: str, *, label: str, end: bool, now: datetime) -> str:
    """Registers or ends an endpoint; its secret, empty when it was ended. For the node's own command line.

    Raises:
        Refused: the address may not be called, or no such endpoint is registered.
    """
    try:
        if not end:
            check_url(url, door())
    except AddressRefused as error:
        raise Refused(error.code, _WORDS.get(error.code, "This address may not be called.")) from error
    with audit.audited(SYSTEM, now, audit.Event.AGENCY_CHANGED) as entry:
        row = models.WebhookEndpoint.objects.filter(url=url, ended_at__isnull=True).first()
        if end:
            if row is None:
                raise Refused("webhook-unknown", "No endpoint of this address is registered.")
            models.WebhookEndpoint.objects.filter(pk=row.pk).update(ended_at=now, ended_code="by-person")
            entry.subject_id = row.id
            return ""
        row = row or models.WebhookEndpoint.objects.create(url=url, label=label or url[:200], created_at=now)
        entry.subject_id = row.id
    return secret_of(row.id)


def end_gone(endpoint_id: str, code: str, now: datetime) -> None:
    """An endpoint that answered 410 is not called again."""
    found = models.WebhookEndpoint.objects.filter(pk=endpoint_id, ended_at__isnull=True)
    found.update(ended_at=now, ended_code=code[:64])

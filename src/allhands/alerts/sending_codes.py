"""The code that confirms a sign-up, on its way to whoever owns the address."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.alerts import models, queries
from allhands.channels import api as channels
from allhands.channels.contracts import Channel, Outgoing
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused


def send(row: models.Subscription, code: str, now: datetime) -> None:
    """Queue it, in the name of an agency that sends alerts here.

    Raises:
        Refused: `nobody-sends` when no agency on record sends alerts.
    """
    authorities = queries.list_authorities()
    if not authorities:
        raise Refused("nobody-sends", "No agency sends alerts from here yet. Nothing was kept.")
    page = f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/alerts/near-me/confirm"
    words = (
        f"Your code is {code}. It is good for 30 minutes. Type it here: {page}\n"
        "If you did not ask for it, do nothing: you will hear no more.\n\n"
        f"Su código es {code}. Vale 30 minutos. Escríbalo aquí: {page}\n"
        "Si no lo pidió, no haga nada: no recibirá más mensajes."
    )
    channels.queue(
        SYSTEM,
        Outgoing(
            channel=Channel.EMAIL,
            sender_agency=authorities[0].agency_id,
            sender_label="Allhands",
            recipient_agency=None,
            recipient_label="subscriber",
            address=row.address,
            subject=f"Your code: {code} / Su código: {code}",
            body=words,
            sensitivity="P0",
            refers_to=row.id,
            idempotency_key=f"{row.id}-{row.code_digest[:24]}",
            episode_id=None,
        ),
        now,
    )


def is_offered(channel: str) -> bool:
    """Whether a code can be sent this way. Text messages wait for a way to send a single text."""
    return channel == "EMAIL"

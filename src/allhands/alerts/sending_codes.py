"""The code that confirms a sign-up, on its way to whoever owns the address."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.conf import settings

from allhands.alerts import models, queries
from allhands.channels import api as channels
from allhands.channels.contracts import SUBSCRIBER, Channel, Outgoing
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused


def send(row: models.Subscription, code: str, now: datetime, *, wish: str, language: str) -> None:
    """Queue it, in the name of an agency that sends alerts here.

    Args:
        language: that was wished; it stands first.
        wish: what is confirmed; the link in the letter carries it, since a letter is often read on another screen.

    Raises:
        Refused: `nobody-sends` when no agency on record sends alerts.
    """
    authorities = queries.list_authorities()
    if not authorities:
        raise Refused("nobody-sends", "No agency sends alerts from here yet. Nothing was kept.")
    page = f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/alerts/near-me/confirm"
    link = f"{page}?{urlencode({'by': row.channel, 'code': code, 'wish': wish})}"
    english = (
        f"Your code is {code}. It is good for 30 minutes. Type it where you were asked for it, or open this link and "
        f"press Confirm:\n{link}\n"
        "If you did not ask for it, do nothing: you will hear no more."
    )
    spanish = (
        f"Su código es {code}. Vale 30 minutos. Escríbalo donde se lo pidieron, o abra este enlace y pulse "
        f"Confirmar:\n{link}\n"
        "Si no lo pidió, no haga nada: no recibirá más mensajes."
    )
    channels.queue(
        SYSTEM,
        Outgoing(
            channel=Channel.EMAIL,
            sender_agency=authorities[0].agency_id,
            sender_label="Allhands",
            recipient_agency=None,
            recipient_label=SUBSCRIBER,
            address=row.address,
            subject=f"{_world()}Your code: {code} / Su código: {code}",
            body="\n\n".join([spanish, english] if language == "es" else [english, spanish]),
            sensitivity="P0",
            refers_to=row.id,
            idempotency_key=f"{row.id}-{row.code_digest[:24]}",
            episode_id=None,
        ),
        now,
    )


def _world() -> str:
    """The word of a world that is not live, before everything else."""
    return "" if settings.ALLHANDS_WORLD == "live" else f"[{settings.ALLHANDS_WORLD.upper()}] "


def is_offered(channel: str) -> bool:
    """Whether a code can be sent this way. Text messages wait for a way to send a single text."""
    return channel == "EMAIL"

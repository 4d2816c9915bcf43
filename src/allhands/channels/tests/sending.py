"""A broadcast with copies to send, without the database: what a sender sees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from allhands.alerts.contracts import AlertMessage
from allhands.channels import api
from allhands.channels.contracts import Way
from allhands.channels.copies import Copy, File, Frozen, OpenSender, Told
from allhands.channels.tests.messages import SENT


def frozen_for(message: AlertMessage, way: Way) -> Frozen:
    """As it would be read back from the database."""
    files = tuple(
        File(name=one.name, media_type=one.media_type, languages=one.languages, content=one.content, text=one.text)
        for one in api.preview(message, way)
    )
    return Frozen(
        id="b000000000000001",
        transmission_id=message.transmission_id,
        alert_id=message.alert_id,
        way=way,
        kind=message.kind,
        status=message.status.value,
        world=message.world,
        identifier=message.identifier,
        expires_at=message.expires_at + timedelta(days=3650),
        created_at=SENT,
        files=files,
    )


def a_copy(number: int, address: str, *, language: str = "en") -> Copy:
    return Copy(
        id=number,
        group="subscribers",
        recipient_key=f"s{number}",
        address=address,
        language="es" if language == "es" else "en",
        stop_url=f"https://alerts.example.gov/u/s{number}?k=abc",
        claimed_at=SENT,
        attempts=1,
    )


def send_all(open_sender: OpenSender, frozen: Frozen, copies: Sequence[Copy]) -> list[Told]:
    """What each copy came to, in order."""
    with open_sender(frozen) as sender:
        told = {copy.id: one for copy, one in sender.send_all(copies)}
    return [told[copy.id] for copy in copies]

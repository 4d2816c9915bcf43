"""Things to deliver, all invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from allhands.channels.contracts import Channel, Outgoing, Part
from allhands.kernel.actors import Actor
from allhands.kernel.ids import new_id

NOW = datetime(2026, 11, 24, 19, 22, tzinfo=UTC)
PDF = Part(name="packet.pdf", media_type="application/pdf", content=b"%PDF-1.7 drawn", sensitivity="P3")


def an_email(sender: Actor, **changes: object) -> Outgoing:
    outgoing = Outgoing(
        channel=Channel.EMAIL,
        sender_agency=sender.agency_id,
        sender_label="Ruth, Test County",
        recipient_agency=None,
        recipient_label="Sheriff's desk",
        address="desk@sheriff.example",
        subject="A notice waits for you",
        body="Please read it now.\n.\n..\nÑandú",
        sensitivity="P0",
        refers_to="notice1",
        idempotency_key=new_id(),
        episode_id=None,
    )
    return replace(outgoing, **changes)  # type: ignore[arg-type]  # tests vary one field at a time


def an_item(sender: Actor, recipient: Actor, **changes: object) -> Outgoing:
    outgoing = replace(
        an_email(sender),
        channel=Channel.INBOX,
        recipient_agency=recipient.agency_id,
        address="",
        sensitivity="P3",
        parts=(PDF,),
    )
    return replace(outgoing, **changes)  # type: ignore[arg-type]  # tests vary one field at a time

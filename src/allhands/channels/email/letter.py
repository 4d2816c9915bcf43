"""A letter: frozen words, and the bytes a mail server gets. The same delivery always gives the same bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from allhands.kernel.ids import ID_LENGTH, DeliveryId

_LOCAL_PART = re.compile(rf"<?allhands\.([0-9a-z]{{{ID_LENGTH}}})@")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One e-mail to one recipient.

    Args:
        written_at: when it was frozen; stands in the Date header.
    """

    delivery_id: DeliveryId
    sender: str
    recipient: str
    subject: str
    body: str
    written_at: datetime


def message_id(delivery_id: DeliveryId, sender: str) -> str:
    """The letter's own name, the same at each try, so that the next system can tell a second copy from a first."""
    return f"<allhands.{delivery_id}@{sender.rpartition('@')[2] or 'localhost'}>"


def find_delivery_id(text: str) -> DeliveryId | None:
    """The delivery a Message-ID speaks of, or None when it is not one of ours."""
    found = _LOCAL_PART.search(text)
    return DeliveryId(found.group(1)) if found else None


def compose(letter: Letter) -> bytes:
    """The letter as RFC 5322 bytes with CRLF lines.

    Raises:
        ValueError: an address is not one.
    Source: RFC 3834 (Auto-Submitted), RFC 2919 (List-Id).
    """
    message = EmailMessage(policy=SMTP)
    domain = letter.sender.rpartition("@")[2] or "localhost"
    message["From"] = Address(display_name="Allhands", addr_spec=letter.sender)
    message["To"] = Address(addr_spec=letter.recipient)
    message["Subject"] = " ".join(letter.subject.split())
    message["Date"] = format_datetime(letter.written_at)
    message["Message-ID"] = message_id(letter.delivery_id, letter.sender)
    # Machines must not answer, and people can sort: this is one notice to one desk, not a subscription to leave.
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["List-Id"] = f"Allhands notices <notices.{domain}>"
    message.set_content(letter.body, cte="quoted-printable")
    return message.as_bytes()

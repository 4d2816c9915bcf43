"""Reads what a mail system sends back about a letter of ours (RFC 3464)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from allhands.channels.email.letter import find_delivery_id
from allhands.kernel.ids import DeliveryId

LARGEST_BYTES = 2_000_000
_DEEPEST = 8
_WORDS_LENGTH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """A report about one letter.

    Args:
        action: `failed`, `delayed`, `delivered`, `relayed` or `expanded`.
        code: enhanced status, such as `5.1.1`; empty when not given.
        words: the diagnosis, shortened.
    """

    delivery_id: DeliveryId
    action: str
    code: str
    words: str

    @property
    def is_final(self) -> bool:
        """Whether the letter will surely not arrive."""
        return self.action == "failed"


def read_bounce(raw: bytes) -> Bounce | None:
    """The report in a message, or None when it holds none about a letter of ours. Never raises on strangers' bytes."""
    if len(raw) > LARGEST_BYTES:
        return None
    parts = list(_walk(message_from_bytes(raw), _DEEPEST))
    blocks = [block for part in parts for block in _status_blocks(part)]
    delivery_id = _find_subject(parts, blocks)
    actions = [block for block in blocks if block["Action"]]
    if delivery_id is None or not actions:
        return None
    worst = next((block for block in actions if _word(block, "Action") == "failed"), actions[0])
    return Bounce(
        delivery_id=delivery_id,
        action=_word(worst, "Action"),
        code=_word(worst, "Status")[:16],
        words=_clean(str(worst["Diagnostic-Code"] or "")),
    )


def _walk(message: Message, depth: int) -> Iterator[Message]:
    yield message
    payload = message.get_payload()
    if depth and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from _walk(part, depth - 1)


def _status_blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    if part.get_content_type() != "message/delivery-status" or not isinstance(payload, list):
        return []
    return [block for block in payload if isinstance(block, Message)]


def _find_subject(parts: list[Message], blocks: list[Message]) -> DeliveryId | None:
    """Which letter it is about: our envelope id, else the Message-ID of the returned headers."""
    for block in blocks:
        found = find_delivery_id(f"{block['Original-Envelope-Id'] or ''}@")
        if found:
            return found
    # The first part is the report itself, whose own Message-ID says nothing.
    for part in parts[1:]:
        found = find_delivery_id(str(_returned_headers(part)["Message-ID"] or ""))
        if found:
            return found
    return None


def _returned_headers(part: Message) -> Message:
    """The headers of our letter: inside a part of headers, or those of the returned message itself."""
    payload = part.get_payload()
    if part.get_content_type() == "text/rfc822-headers" and isinstance(payload, str):
        return message_from_bytes(payload.encode("utf-8", "replace"))
    return part


def _word(block: Message, name: str) -> str:
    return _clean(str(block[name] or "")).lower()


def _clean(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_WORDS_LENGTH]

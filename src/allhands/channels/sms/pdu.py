"""The few SMPP 3.4 units we speak: bind, submit, deliver, enquire, unbind. Pure.

The library's engine repeats and splits by itself, which a claimed copy forbids, and cuts by letters, not septets; its
reader of these units stands against ours in the tests.
"""

from __future__ import annotations

import enum
import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

from allhands.wire import wea
from allhands.wire.wea.alphabet import ESCAPE

HEADER_LENGTH = 16
_LARGEST = 70_000
_HEADER = struct.Struct("!IIII")


class Command(enum.IntEnum):
    """command_id; an answer has the top bit."""

    BIND_TRANSCEIVER = 0x09
    SUBMIT_SM = 0x04
    DELIVER_SM = 0x05
    UNBIND = 0x06
    ENQUIRE_LINK = 0x15
    GENERIC_NACK = 0x80000000
    ANSWER = 0x80000000


OK = 0x00
THROTTLED = frozenset({0x58, 0x14, 0x64})
# Receipts: message_state 5.2.28.
STATES: Mapping[int, str] = {
    1: "ENROUTE", 2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 6: "ACCEPTD", 7: "UNKNOWN", 8: "REJECTD",
}  # fmt: skip
_RECEIPTED_ID, _STATE, _PAYLOAD = 0x001E, 0x0427, 0x0424
# esm_class 5.2.12: what kind of message it is, and that of receipts and of notices on the way. Words alone prove
# nothing: anybody can send a text that reads like a receipt.
_KIND, _RECEIPTS = 0x3C, frozenset({0x04, 0x20})
_GSM, _UCS2 = 0, 8
_LETTERS: Mapping[int, str] = {code: letter for letter, code in wea.BASIC.items()}
_EXTENDED: Mapping[int, str] = {code: letter for letter, code in wea.EXTENDED.items()}
# A receipt quotes the message last; what people wrote there says nothing about it.
_QUOTED = re.compile(r"\btext:", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pdu:
    """One unit as it came."""

    command: int
    status: int
    sequence: int
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A deliver_sm: a person's message, or a receipt; one that names no message or state has no `receipt_id`."""

    source: str
    text: str
    is_receipt: bool = False
    receipt_id: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """A part of a message to one number. `octets` includes the header that joins parts when there is one."""

    source: str
    destination: str
    octets: bytes
    data_coding: int
    is_joined: bool = False
    options: Mapping[int, bytes] = field(default_factory=dict)


class PduError(ValueError):
    """The bytes are no SMPP."""


def write(command: int, sequence: int, body: bytes = b"", *, status: int = OK) -> bytes:
    """A whole unit."""
    return _HEADER.pack(HEADER_LENGTH + len(body), command, status, sequence) + body


def read_header(data: bytes) -> tuple[int, Pdu]:
    """How many octets of body follow, and the unit without it.

    Raises:
        PduError: a length no honest peer sends.
    """
    length, command, status, sequence = _HEADER.unpack(data)
    if not HEADER_LENGTH <= length <= _LARGEST:
        raise PduError(f"a unit of {length} octets")
    return length - HEADER_LENGTH, Pdu(command=command, status=status, sequence=sequence, body=b"")


def bind_body(system_id: str, password: str) -> bytes:
    """Body of bind_transceiver, interface version 3.4."""
    return _text(system_id) + _text(password) + _text("") + b"\x34\x00\x00" + _text("")


def submit_body(message: Submit) -> bytes:
    """Body of submit_sm, asking for a receipt of success and failure."""
    head = _text("") + _address(message.source) + _address(message.destination)
    esm_class = 0x40 if message.is_joined else 0x00
    flags = struct.pack("!BBB", esm_class, 0, 0) + _text("") + _text("")
    tail = struct.pack("!BBBBB", 1, 0, message.data_coding, 0, len(message.octets)) + message.octets
    options = b"".join(struct.pack("!HH", tag, len(value)) + value for tag, value in message.options.items())
    return head + flags + tail + options


def read_message_id(body: bytes) -> str:
    """The id in a submit_sm_resp; empty when there is none."""
    return body.partition(b"\x00")[0].decode("ascii", "replace")


def read_delivered(body: bytes) -> Delivered:
    """A deliver_sm. The TLVs are believed before the text.

    Raises:
        PduError: shorter than it says.
    """
    try:
        source, kind, coding, content, options = _take_apart(body)
    except (IndexError, struct.error) as error:
        raise PduError("a deliver_sm that ends early") from error
    if kind not in _RECEIPTS and _RECEIPTED_ID not in options:
        return Delivered(source=source, text=_decoded(content, coding))
    text = content.decode("latin-1")
    said = _receipt_words(text)
    receipt_id = options.get(_RECEIPTED_ID, b"").rstrip(b"\x00").decode("ascii", "replace") or said.get("id", "")
    state = STATES.get(options[_STATE][0], "UNKNOWN") if options.get(_STATE) else said.get("stat", "").upper()
    return Delivered(source=source, text=text, is_receipt=True, receipt_id=receipt_id if state else "", state=state)


def _decoded(content: bytes, coding: int) -> str:
    """A person's words. Where the centre's own alphabet is asked for, that is GSM in practice (dossier 2.1)."""
    if coding == _UCS2:
        return content.decode("utf-16-be", "replace")
    if coding == _GSM and max(content, default=0) < 0x80:
        return _from_gsm(content)
    return content.decode("latin-1")


def _from_gsm(content: bytes) -> str:
    """Letters by their codes; two codes make one of the extension table, and an unknown second one shows as itself."""
    letters: list[str] = []
    escaped = False
    for octet in content:
        if octet == ESCAPE and not escaped:
            escaped = True
            continue
        letter = _LETTERS.get(octet, " ")
        letters.append(_EXTENDED.get(octet, letter) if escaped else letter)
        escaped = False
    return "".join(letters)


def _take_apart(body: bytes) -> tuple[str, int, int, bytes, dict[int, bytes]]:
    """Source, kind, alphabet, content, options. A long text stands among the options, its own place empty."""
    _, rest = _cut(body)
    source, rest = _cut(rest[2:])
    _, rest = _cut(rest[2:])
    is_joined, kind = bool(rest[0] & 0x40), rest[0] & _KIND
    _, rest = _cut(rest[3:])
    _, rest = _cut(rest)
    coding, length = rest[2], rest[4]
    content, options = rest[5 : 5 + length], _options(rest[5 + length :])
    content = content or options.get(_PAYLOAD, b"")
    if is_joined and content:
        content = content[content[0] + 1 :]
    return source.decode("ascii", "replace"), kind, coding, content, options


def _options(rest: bytes) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    while len(rest) >= 4:
        tag, length = struct.unpack_from("!HH", rest)
        found[tag], rest = rest[4 : 4 + length], rest[4 + length :]
    return found


def _receipt_words(text: str) -> dict[str, str]:
    words = _QUOTED.split(text, maxsplit=1)[0].split()
    pairs = (word.partition(":") for word in words if ":" in word)
    return {name.lower(): value for name, _, value in pairs}


def _cut(data: bytes) -> tuple[bytes, bytes]:
    value, found, rest = data.partition(b"\x00")
    if not found:
        raise IndexError
    return value, rest


def _text(value: str) -> bytes:
    return value.encode("ascii", "replace") + b"\x00"


def _address(number: str) -> bytes:
    """1/1 for E.164 without its plus, 3/0 for a short code, 5/0 for a name (dossier interfaces 2.1)."""
    if number.startswith("+"):
        return b"\x01\x01" + _text(number[1:])
    return (b"\x03\x00" if number.isdecimal() else b"\x05\x00") + _text(number)

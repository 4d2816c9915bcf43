"""NTCIP 1203 v03 numbers: objects, states, the CRC of a message, activation codes. Pure.

Source: ite-org NTCIP 1203 v03 MIB as read in dossier interfaces 4.2; its test vector is in the tests.
"""

from __future__ import annotations

import ipaddress
import struct
from collections.abc import Mapping
from typing import Final

ROOT: Final = "1.3.6.1.4.1.1206.4.2.3"
VOLATILE: Final = 4
BLANK: Final = 7
LOCAL_CONTROL: Final = 2
# One slot of the sign's volatile memory is ours; a second alert takes the first one's place, as its owner decides.
SLOT: Final = 1

CONTROL_MODE: Final = f"{ROOT}.6.1.0"
ACTIVATE: Final = f"{ROOT}.6.3.0"
SOURCE: Final = f"{ROOT}.6.5.0"
LONG_POWER_RECOVERY: Final = f"{ROOT}.6.9.0"
COMMUNICATIONS_LOSS: Final = f"{ROOT}.6.12.0"
ACTIVATE_ERROR: Final = f"{ROOT}.6.17.0"
SYNTAX_ERROR: Final = f"{ROOT}.6.18.0"
# dmsActivateMessageState: 2 fast, 3 slow and well, 4 slow and wrong, 5 on the way.
ACTIVATE_STATE: Final = f"{ROOT}.6.25.0"
SLOW_ERROR, ACTIVATING = 4, 5
VALIDATE_ERROR: Final = f"{ROOT}.5.9.0"
MAX_PAGES: Final = f"{ROOT}.4.15.0"

# dmsMessageStatus.
MODIFYING, VALIDATING, VALID, MODIFY_REQUEST, VALIDATE_REQUEST = 2, 3, 4, 6, 7
ACTIVATE_ERRORS: Final[Mapping[int, str]] = {
    2: "none", 3: "priority", 4: "message-status", 5: "memory-type", 6: "message-number", 7: "message-crc",
    8: "syntax", 9: "local-mode",
}  # fmt: skip
LONGEST_MINUTES: Final = 65_534  # 65535 would stand for ever


def message_object(column: int, number: int, memory: int = VOLATILE) -> str:
    """A cell of dmsMessageTable: 3 text, 4 owner, 5 CRC, 6 beacon, 7 pixel service, 8 priority, 9 status."""
    return f"{ROOT}.5.8.1.{column}.{memory}.{number}"


def message_crc(multi: str, *, beacon: int = 0, pixel_service: int = 0) -> int:
    """CRC-16/X-25 over the text and both flags, its octets swapped as the standard writes them.

    Example:
        >>> texts = '[jp3]TEST [fl]Flashing[/fl]', 'AMBER ALERT[nl]TX ABC1234[nl]CALL 911'
        >>> [f"{message_crc(text):04X}" for text in texts]
        ['95F9', '3EF4']
    """
    crc = 0xFFFF
    for octet in multi.encode("ascii") + bytes([beacon, pixel_service]):
        crc ^= octet
        for _ in range(8):
            crc = (crc >> 1) ^ 0x8408 if crc & 1 else crc >> 1
    crc ^= 0xFFFF
    return ((crc & 0xFF) << 8) | (crc >> 8)


def activation_code(*, minutes: int, priority: int, memory: int, number: int, crc: int, source: str) -> bytes:
    """MessageActivationCode, twelve octets.

    Example:
        >>> activation_code(minutes=267, priority=55, memory=4, number=5, crc=0x95F9, source="103.8.9.10").hex()
        '010b3704000595f96708090a'
    """
    address = ipaddress.IPv4Address(source).packed
    return struct.pack("!HBBHH", minutes, priority, memory, number, crc) + address


def message_id(memory: int, number: int, crc: int) -> bytes:
    """MessageIDCode, five octets, as dmsMsgTableSource reads."""
    return struct.pack("!BHH", memory, number, crc)


BLANK_ID: Final = message_id(BLANK, 1, 0)

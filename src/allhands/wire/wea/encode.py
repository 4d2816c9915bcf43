"""A text to the packed 7-bit octets a phone network carries."""

from __future__ import annotations

from allhands.wire.errors import EncodeRefused
from allhands.wire.reports import has_errors
from allhands.wire.wea.alphabet import BASIC, ESCAPE, EXTENDED
from allhands.wire.wea.model import WeaText
from allhands.wire.wea.validate import validate


def encode(message: WeaText) -> bytes:
    """Septets packed into octets, the first letter in the lowest bits (3GPP TS 23.038, 6.1.2.2).

    A last octet with seven spare bits is filled with a carriage return, which readers drop, as that clause asks.

    Raises:
        EncodeRefused: `validate` finds an error.
    """
    findings = validate(message.text, limit=message.limit)
    if has_errors(findings):
        raise EncodeRefused(findings)
    septets = [septet for letter in message.text for septet in _septets(letter)]
    if len(septets) % 8 == 7:
        septets.append(BASIC["\r"])
    bits = sum(septet << (7 * place) for place, septet in enumerate(septets))
    return bits.to_bytes((7 * len(septets) + 7) // 8, "little")


def _septets(letter: str) -> tuple[int, ...]:
    return (BASIC[letter],) if letter in BASIC else (ESCAPE, EXTENDED[letter])

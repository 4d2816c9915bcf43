"""The GSM 7-bit default alphabet and its extension table. Source: 3GPP TS 23.038, 6.2.1 and 6.2.1.1."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# In the order of their codes, 0 to 127; 27 is the escape to the extension table.
_ORDER: Final = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
ESCAPE: Final = 27

BASIC: Final[Mapping[str, int]] = {letter: code for code, letter in enumerate(_ORDER) if code != ESCAPE}
EXTENDED: Final[Mapping[str, int]] = {
    "\f": 10,
    "^": 20,
    "{": 40,
    "}": 41,
    "\\": 47,
    "[": 60,
    "~": 61,
    "]": 62,
    "|": 64,
    "€": 101,
}


def is_supported(letter: str) -> bool:
    """Whether a phone of the oldest kind can show a letter. The form feed has a code but no picture."""
    return letter in BASIC or (letter in EXTENDED and letter != "\f")


def count_septets(text: str) -> int | None:
    """How many 7-bit places the text takes; letters of the extension table take two. None when a letter has no code.

    Example:
        >>> count_septets("Niña [AZ]")
        11
    """
    if not all(letter in BASIC or letter in EXTENDED for letter in text):
        return None
    return sum(1 if letter in BASIC else 2 for letter in text)

"""Cuts a text into the parts a phone network carries, by true septets: no pair is ever torn apart.

Source: 3GPP TS 23.038 (alphabet), 23.040 9.2.3.24.1 (parts). Both libraries tried count letters instead of septets.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from allhands.wire import wea
from allhands.wire.wea.alphabet import ESCAPE

SINGLE_SEPTETS: Final = 160
PART_SEPTETS: Final = 153  # seven are taken by the header that joins the parts
SINGLE_UNITS: Final = 70
PART_UNITS: Final = 67


class Alphabet(enum.Enum):
    """How letters travel; the value is SMPP's data_coding."""

    GSM = 0
    UCS2 = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The text in parts; together they are the text again."""

    alphabet: Alphabet
    parts: tuple[str, ...]


def segment(text: str) -> Segments:
    """The parts of a text; GSM when every letter is in that alphabet, else UCS-2 (UTF-16).

    Example:
        >>> [len(part) for part in segment("a" * 161).parts]
        [153, 8]
        >>> [len(part) for part in segment("€" * 81).parts]
        [76, 5]
    """
    is_gsm = wea.count_septets(text) is not None
    weigh = _septets if is_gsm else _units
    single, part = (SINGLE_SEPTETS, PART_SEPTETS) if is_gsm else (SINGLE_UNITS, PART_UNITS)
    alphabet = Alphabet.GSM if is_gsm else Alphabet.UCS2
    if sum(map(weigh, text)) <= single:
        return Segments(alphabet=alphabet, parts=(text,))
    return Segments(alphabet=alphabet, parts=tuple(_cut(text, weigh, part)))


def octets(part: str, alphabet: Alphabet) -> bytes:
    """A part as an SMPP peer takes it: GSM letters one octet a septet, UCS-2 big-endian."""
    if alphabet is Alphabet.UCS2:
        return part.encode("utf-16-be")
    numbers: list[int] = []
    for letter in part:
        numbers += [wea.BASIC[letter]] if letter in wea.BASIC else [ESCAPE, wea.EXTENDED[letter]]
    return bytes(numbers)


def join_header(reference: int, total: int, place: int) -> bytes:
    """The user data header that joins parts: 05 00 03 reference total place."""
    return bytes([5, 0, 3, reference & 0xFF, total, place])


def _cut(text: str, weigh: Callable[[str], int], limit: int) -> Iterator[str]:
    part, weight = "", 0
    for letter in text:
        more = weigh(letter)
        if weight + more > limit:
            yield part
            part, weight = "", 0
        part, weight = part + letter, weight + more
    yield part


def _septets(letter: str) -> int:
    return 1 if letter in wea.BASIC else 2


def _units(letter: str) -> int:
    return len(letter.encode("utf-16-be")) // 2

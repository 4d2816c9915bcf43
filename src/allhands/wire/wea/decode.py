"""Packed 7-bit octets back to the text."""

from __future__ import annotations

from typing import Final

from allhands.kernel.findings import Finding, Level
from allhands.wire.errors import CodecError
from allhands.wire.wea.alphabet import BASIC, ESCAPE, EXTENDED
from allhands.wire.wea.model import LONG_LIMIT, WeaText

_LETTERS: Final = {code: letter for letter, code in BASIC.items()}
_EXTENDED_LETTERS: Final = {code: letter for letter, code in EXTENDED.items()}
_MAX_BYTES: Final = 2 * LONG_LIMIT


class WeaError(CodecError):
    """The octets are no 7-bit text."""


def decode(data: bytes, *, limit: int = LONG_LIMIT) -> WeaText:
    """The text in packed septets. An unknown extension code shows as its basic letter, as 6.2.1.1 asks.

    Raises:
        WeaError: far too long, or it ends inside a two-septet letter.
    """
    if len(data) > _MAX_BYTES:
        raise _error("too-long", f"{len(data):,} octets are no alert text.")
    bits = int.from_bytes(data, "little")
    codes = [(bits >> (7 * place)) & 0x7F for place in range(len(data) * 8 // 7)]
    if len(codes) % 8 == 0 and codes and codes[-1] == BASIC["\r"]:
        codes.pop()
    return WeaText(text="".join(_letters(codes)), limit=limit)


def _letters(codes: list[int]) -> list[str]:
    letters = []
    waiting = iter(codes)
    for code in waiting:
        if code != ESCAPE:
            letters.append(_LETTERS[code])
            continue
        extended = next(waiting, None)
        if extended is None:
            raise _error("cut", "The text ends inside a letter of two septets.")
        letters.append(_EXTENDED_LETTERS.get(extended) or _LETTERS.get(extended, " "))
    return letters


def _error(code: str, message: str) -> WeaError:
    return WeaError(Finding(path="/text", code=f"wea.{code}", level=Level.ERROR, message=message))

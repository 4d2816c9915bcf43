"""Message ids, told twice by a centre: when it takes a text and in its receipt. Some write hex once and decimal once,
padded or in capitals, so that both are brought into one form before they are compared. Source: dossier interfaces 2.1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# By setting: the base of the number in the answer, and in the receipt. `same` compares the words as they are.
_BASES: Final[Mapping[str, tuple[int, int]]] = {"hex-to-decimal": (16, 10), "decimal-to-hex": (10, 16)}


def from_answer(told: str, ids: str) -> str:
    """The id of a text that was just taken, as we keep it."""
    return _number(told, _BASES[ids][0]) if ids in _BASES else told


def from_receipt(told: str, ids: str) -> str:
    """The id in a receipt, as we keep it.

    Example:
        >>> from_answer("0001F", "hex-to-decimal") == from_receipt("0000000031", "hex-to-decimal")
        True
    """
    return _number(told, _BASES[ids][1]) if ids in _BASES else told


def older_form(receipt_id: str, ids: str) -> tuple[str, ...]:
    """The id, as `from_receipt` gives it, in the form that texts were kept under before ids were kept in decimal.

    Only where hex shows: figures alone would be the id of another text of today.

    Example:
        >>> older_form("31", "hex-to-decimal"), older_form("49", "hex-to-decimal")
        (('1f',), ())
    """
    if ids != "hex-to-decimal" or not (receipt_id.isascii() and receipt_id.isdecimal()) or len(receipt_id) > 64:
        return ()
    in_hex = f"{int(receipt_id):x}"
    return () if in_hex.isdecimal() else (in_hex,)


def _number(told: str, base: int) -> str:
    """The number in decimal; what is none stays as it is."""
    if not told.isalnum():
        return told
    try:
        return str(int(told, base))
    except ValueError:
        return told

"""Names folded for comparing places: never for showing."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Words for what a place is; people leave them out.
_KINDS: Final = (
    "city and borough", "census area", "municipality", "planning region", "county", "parish", "borough", "municipio",
    "condado", "island", "district", "city", "indian reservation", "reservation", "off reservation trust land",
    "rancheria", "pueblo", "indian community", "community", "indian colony", "colony", "anvsa", "otsa", "sdtsa", "tdsa",
    "nation", "tribe", "tribes", "band", "indians", "tribu", "nacion", "reserva", "reservacion",
)  # fmt: skip
_BEFORE: Final = ("county of ", "condado de ", "city of ", "pueblo of ", "pueblo de ", "nacion ", "tribu ", "the ")
_SHORT: Final = {"saint": "st", "sainte": "ste", "mount": "mt", "fort": "ft"}


def fold(text: str) -> str:
    """Letters and digits only, lower case, without accents; *saint*, *mount* and *fort* shortened.

    Example:
        >>> fold("  Saint Louis Co., Diné ")
        'st louis co dine'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in decomposed if not unicodedata.combining(letter) and letter not in "'’ʼʻ`´")
    words = re.sub(r"[^\w]+|_", " ", plain).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def bare(text: str) -> str:
    """A folded name without the words for what the place is.

    Example:
        >>> bare("Rolette County"), bare("Pueblo of San Ildefonso"), bare("Navajo Nation Reservation")
        ('rolette', 'san ildefonso', 'navajo')
    """
    folded = fold(text)
    for before in _BEFORE:
        folded = folded.removeprefix(before)
    while True:
        shorter = folded
        for kind in _KINDS:
            shorter = shorter.removesuffix(f" {kind}")
        if shorter == folded:
            return folded
        folded = shorter

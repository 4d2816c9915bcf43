"""Names folded for comparing: never for showing, never stored in place of the name."""

from __future__ import annotations

import unicodedata


def fold(name: str) -> str:
    """The name without case, accents, tone marks, apostrophes and doubled spaces; letters of any script stay.

    Example:
        >>> fold("  Ashkii  Dootłʼizh ")
        'ashkii dootłizh'
        >>> fold("José Ángel O'Neil")
        'jose angel oneil'
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    kept = (_kept(letter) for letter in decomposed)
    return " ".join("".join(kept).split())


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category.startswith("M") or letter in "'’ʼʻ`´":
        return ""
    if category.startswith(("L", "N")):
        return letter
    return " "

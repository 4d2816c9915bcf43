"""Strangers' letters made safe to print: every letter kept, every control taken out."""

from __future__ import annotations

import re
import unicodedata

# Direction marks can turn a phone number or a name round on paper. Joiners (U+200C, U+200D) stay: scripts need them.
_DIRECTION = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C}
_LINE_BREAKS = str.maketrans(dict.fromkeys("\t\r\n\v\f\x85\u2028\u2029", " "))

# A longer run without a space would leave the sheet. Report and case numbers are far shorter.
_LONGEST_WORD = 40
_BREAK_EVERY = 24
_LONGEST_SHORT_NAME = 40


def printable(text: str) -> str:
    r"""The text on one line, in composed letters, without control or direction characters.

    Example:
        >>> printable("Ana\x00\n\u202eLuz")
        'Ana Luz'
    """
    if text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()  # nothing to mend, as in most of what is said
    kept = "".join(c for c in text.translate(_LINE_BREAKS) if not _is_unsafe(c))
    return re.sub(r" {2,}", " ", unicodedata.normalize("NFC", kept)).strip()


def breakable(text: str) -> str:
    """The text with invisible places to break inside very long words, for paper only."""
    return re.sub(rf"\S{{{_LONGEST_WORD + 1},}}", lambda long: _spread(long.group()), text)


def short_name(given: str, family: str) -> str:
    """First name and the initial of the family name, as it stands on every sheet.

    Example:
        >>> short_name("Maya", "Ångström")
        'Maya Å.'
    """
    first, last = printable(given), printable(family)
    if len(first) > _LONGEST_SHORT_NAME:
        first = first[:_LONGEST_SHORT_NAME].rstrip() + "…"
    initial = f"{_first_letter(last)}." if last else ""
    return " ".join(part for part in (first, initial) if part)


def _is_unsafe(character: str) -> bool:
    return ord(character) in _DIRECTION or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}


def _spread(word: str) -> str:
    return "\u200b".join(word[at : at + _BREAK_EVERY] for at in range(0, len(word), _BREAK_EVERY))


def _first_letter(name: str) -> str:
    """The first letter with the marks that belong to it."""
    marks = next((i for i, c in enumerate(name[1:], 1) if not unicodedata.combining(c)), len(name))
    return name[:marks]

"""Ways to reach somebody past the verified number: phone numbers in any notation, addresses, links. Pure.

Dates, times, measures, ZIP codes and plates are no numbers to call, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from allhands.alerts.harm.folding import Folded, spaced

# What looks like a long number and is none: blanked before numbers are looked for.
_NO_NUMBER: Final = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2})?"  # 2026-11-24 14:05
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)\d{2}(?!\d)"  # 11/24/2026
    r"|(?<!\d)\d{1,2}:\d{2}(?::\d{2})?(?!\d)"  # 14:05
    r"|(?<![\d-])\d{5}-\d{4}(?![\d-])"  # a ZIP code with its four more figures
    r"|-?(?<!\d)(?:1[0-7]\d|\d{1,2})\.\d{3,7}(?!\d)"  # a place as degrees
)
_FIGURE: Final = r"[\dOoIl]"  # a letter that looks like a figure, too
_LONG: Final = re.compile(rf"(?<![\w+])(?:\+|\()*{_FIGURE}(?:[^\w+]{{0,3}}{_FIGURE}){{6,14}}(?!\w)|\+(?:\W?\d){{8,15}}")
_SHORT: Final = re.compile(r"\d{3}[ .-]\d{4}|\d(?:[ .-]\d){6}")
_VANITY: Final = re.compile(
    r"(?<!\w)(?:1[ .-])?\(?8(?:00|33|44|55|66|77|88)\)?[.-](?=[0-9-]*[A-Z])[A-Z0-9-]{6,12}(?!\w)"
)
_WRITTEN: Final = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)\S+|(?<![\w.@])@\w{3,}"
    r"|(?<![\w@.-])(?:[\w-]+\.)+(?:com|org|net|gov|edu|info|io|us|me|tv|mx)(?:/\S*)?(?!\w)",
    re.IGNORECASE,
)
_NAMES: Final = {
    "zero": "0", "oh": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7",
    "eight": "8", "nine": "9", "cero": "0", "uno": "1", "dos": "2", "tres": "3", "cuatro": "4", "cinco": "5",
    "seis": "6", "siete": "7", "ocho": "8", "nueve": "9",
}  # fmt: skip
_NAME: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_NAMES)})(?!\w)", re.IGNORECASE)


def find(read: Folded, *, with_short: bool) -> Iterator[tuple[int, int]]:
    """Where each begins and ends in what was written.

    Args:
        with_short: seven figures count as a number, too; a plate may look like one.
    """
    spoken = spaced(read).replaced(_NAME, lambda name: _NAMES[name.lower()])
    numbers = spoken.replaced(_NO_NUMBER, lambda found: "x" * len(found))
    for match in _LONG.finditer(numbers.text):
        if _is_number(match[0], with_short=with_short):
            yield numbers.place(match.start(), match.end())
    for pattern in (_VANITY, _WRITTEN):
        for match in pattern.finditer(read.text):
            yield read.place(match.start(), match.end())


def _is_number(run: str, *, with_short: bool) -> bool:
    figures = re.sub(r"\W", "", run)
    written = sum(one.isdigit() for one in figures)
    if run.startswith("+") or figures.startswith(("00", "011")):
        return written >= 8
    if len(figures) in {10, 11}:
        return written >= 6
    return with_short and len(figures) == 7 and _SHORT.fullmatch(run) is not None

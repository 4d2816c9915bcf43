"""What to write instead of letters a phone cannot show. The writer sees each change; nothing changes silently."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from allhands.wire.wea.alphabet import BASIC, EXTENDED, is_supported

_EVERYWHERE: Final = frozenset(letter for letter in (*BASIC, *EXTENDED) if is_supported(letter))

_FIXED: Final[Mapping[str, str]] = {
    **dict.fromkeys("‘’‚‛′ʼʹ´`＇", "'"),
    **dict.fromkeys("“”„‟″«»＂", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "…": "...",
    "•": "*",
    "·": ".",
    "\t": " ",
    "\f": " ",
    "\v": " ",
    "ł": "l",
    "Ł": "L",
    "ø": "ø",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "œ": "oe",
    "Œ": "OE",
    "©": "(c)",
    "®": "(R)",
    "™": "TM",
    "°": " deg",
    "½": "1/2",
    "¼": "1/4",
    "¾": "3/4",
    "×": "x",
    "º": "o",
    "ª": "a",
}
# Letters of other alphabets that look like Latin ones: a plate or a name typed with them finds nobody.
_LOOK_ALIKE: Final[Mapping[str, str]] = dict(
    zip(
        "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
        "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
        strict=True,
    )
)


# Unicode's stream-safe format (UAX 15) has 30 marks after a letter; sorting a million takes hours.
_MOST_LETTERS_OF_A_CLUSTER: Final = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """One change: at which character of the original, what stood there, what to write; empty means leave it out."""

    position: int
    original: str
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text every phone can show, and each change made to get there."""

    text: str
    replacements: tuple[Replacement, ...]


def suggest(text: str) -> Suggestion:
    """The text with every unsupported letter replaced, or left out where nothing comes near.

    Example:
        >>> suggest("Niño, última vez: Sheriff’s").text
        "Niño, ultima vez: Sheriff's"
    """
    if _EVERYWHERE.issuperset(text):  # most texts by far: nothing to look at letter by letter
        return Suggestion(text=text, replacements=())
    replacements = tuple(_replacements(text))
    changed: dict[int, Replacement] = {item.position: item for item in replacements}
    parts: list[str] = []
    position = 0
    while position < len(text):
        change = changed.get(position)
        parts.append(change.replacement if change else text[position])
        position += len(change.original) if change else 1
    return Suggestion(text="".join(parts), replacements=replacements)


def _replacements(text: str) -> Iterator[Replacement]:
    for start, cluster in clusters(text):
        if not all(is_supported(letter) for letter in cluster):
            yield Replacement(position=start, original=cluster, replacement=_instead_of(cluster))


def seen_as(cluster: str) -> str:
    """What a reader takes a letter for: Latin for its look-alikes, plain quotes and dashes, nothing for the unseen.

    Accents stay, so that Spanish stays Spanish. Length may change.

    Example:
        >>> "".join(seen_as(one) for _start, one in clusters("fо\u200bster ‘n’ Ｎｉn\u0303o"))
        "foster 'n' Niño"
    """
    return "".join(_seen(letter) for letter in unicodedata.normalize("NFKC", cluster))


def _seen(letter: str) -> str:
    if letter in _LOOK_ALIKE:
        return _LOOK_ALIKE[letter]
    if _FIXED.get(letter) in {"'", '"', "-", " "}:
        return _FIXED[letter]
    return "" if unicodedata.category(letter) in {"Cf", "Mn"} else letter  # joiners, turned directions, lone accents


def clusters(text: str) -> Iterator[tuple[int, str]]:
    """A letter with the accents that follow it as characters of their own, and where it begins."""
    start = 0
    for position in range(1, len(text) + 1):
        is_full = position - start >= _MOST_LETTERS_OF_A_CLUSTER
        if position == len(text) or is_full or not unicodedata.combining(text[position]):
            yield start, text[start:position]
            start = position


def _instead_of(cluster: str) -> str:
    whole = unicodedata.normalize("NFC", cluster)
    if len(whole) == 1 and is_supported(whole):
        return whole
    if whole in _FIXED or whole in _LOOK_ALIKE:
        return _FIXED.get(whole) or _LOOK_ALIKE[whole]
    if unicodedata.category(whole[0]) == "Zs":
        return " "
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", cluster) if not unicodedata.combining(letter))
    return "".join(_one(letter) for letter in plain)


def _one(letter: str) -> str:
    if is_supported(letter):
        return letter
    return _FIXED.get(letter) or _LOOK_ALIKE.get(letter, "")

"""A text as a reader takes it, and where each of its letters stands in what was written. Pure.

A word typed with a letter of another alphabet, a figure for a letter, a curly apostrophe, an invisible character, or
with its letters set apart reads the same to people.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from allhands.wire import wea

_FIGURES: Final = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "$": "s", "@": "a"})
_WORD: Final = re.compile(r"[A-Za-z0-9$@]{4,}")
# Letters set apart one by one: "f o s t e r", "C.P.S."; and a hyphen within a word or at the end of a line.
_APART: Final = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .*·_-]{1,2}[^\W\d_]){2,}(?![^\W_])")
_HYPHEN: Final = re.compile(r"(?<=[^\W\d_])-\s*(?=[^\W\d_])")
_LINE: Final = re.compile("_")
_BETWEEN: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """Args:
    text: what is looked through.
    places: for each of its letters where it begins and ends in what was written.
    """

    text: str
    places: tuple[tuple[int, int], ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part of the text stands in what was written."""
        return self.places[start][0], self.places[end - 1][1]

    def replaced(self, pattern: re.Pattern[str], instead: Callable[[str], str]) -> Folded:
        """The text with each match said otherwise; what stands there still knows where it was written."""
        text, places, read = "", list[tuple[int, int]](), 0
        for match in pattern.finditer(self.text):
            said = instead(match[0])
            text += self.text[read : match.start()] + said
            places.extend(self.places[read : match.start()])
            same = len(said) == len(match[0])
            whole = self.place(match.start(), match.end())
            places.extend(self.places[match.start() : match.end()] if same else [whole] * len(said))
            read = match.end()
        return Folded(text + self.text[read:], (*places, *self.places[read:]))


def fold(written: str) -> Folded:
    """The text with look-alike letters as Latin ones, without accents, quotes and dashes plain, nothing invisible.

    Example:
        >>> fold("fоster care, indígena").text == "foster care, indigena"
        True
    """
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, cluster in wea.clusters(written):
        for letter in plain(wea.seen_as(cluster)):
            letters.append(letter)
            places.append((start, start + len(cluster)))
    return Folded("".join(letters), tuple(places))


def spaced(folded: Folded) -> Folded:
    """A line between words read as the space it stands for."""
    return folded.replaced(_LINE, lambda _one: " ")


def readings(folded: Folded) -> Iterator[Folded]:
    """The ways in which somebody may read it: as it stands, with figures as letters, with set-apart letters joined.

    Example:
        >>> [one.text for one in readings(fold("f0ster, f-o-s-t-e-r"))]
        ['f0ster, f-o-s-t-e-r', 'foster, f-o-s-t-e-r', 'f0ster, foster']
    """
    words = spaced(folded)
    joined = words.replaced(_APART, lambda word: _BETWEEN.sub("", word)).replaced(_HYPHEN, lambda _one: "")
    seen = set[str]()
    for one in (words, words.replaced(_WORD, _as_letters), joined):
        if one.text not in seen:
            seen.add(one.text)
            yield one


def plain(text: str) -> str:
    """The letters without accents and frames; of the same length for text that is composed.

    Example:
        >>> plain("niña, así")
        'nina, asi'
    """
    return "".join(one for one in unicodedata.normalize("NFD", text) if unicodedata.category(one) not in {"Mn", "Me"})


def _as_letters(word: str) -> str:
    """A word with a figure or two in it; numbers and codes stay as they are."""
    figures = sum(not one.isalpha() for one in word)
    return word.translate(_FIGURES) if 0 < figures <= 2 and len(word) - figures >= 3 else word

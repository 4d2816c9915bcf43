"""A text as a reader takes it, and where each of its letters stands in what was written. Pure.

A word typed with a letter of another alphabet, a curly apostrophe or an invisible character reads the same to people.
"""

from __future__ import annotations

from dataclasses import dataclass

from allhands.wire import wea


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


def fold(written: str) -> Folded:
    """The text with look-alike letters as Latin ones, quotes and dashes plain, and nothing invisible.

    Example:
        >>> fold("fоster care").text == "foster care"
        True
    """
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for start, cluster in wea.clusters(written):
        for letter in wea.seen_as(cluster):
            letters.append(letter)
            places.append((start, start + len(cluster)))
    return Folded("".join(letters), tuple(places))

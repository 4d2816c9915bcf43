"""The map of the law: one square a State, where people look for it. Pure.

Squares of one size, because the question is whose law was read, and on a true map the small States of the East vanish.
Pattern and letters say everything; no hue does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allhands.lawbook.coverage import Line

SIDE, GAP = 52, 6
COLUMNS = 12
# Column and row of each State in the square map that newspapers use; territories stand below.
PLACES: Mapping[str, tuple[int, int]] = {
    "AK": (0, 0), "ME": (11, 0), "VT": (10, 1), "NH": (11, 1),
    "WA": (1, 2), "ID": (2, 2), "MT": (3, 2), "ND": (4, 2), "MN": (5, 2), "IL": (6, 2), "WI": (7, 2), "MI": (8, 2),
    "NY": (9, 2), "RI": (10, 2), "MA": (11, 2),
    "OR": (1, 3), "NV": (2, 3), "WY": (3, 3), "SD": (4, 3), "IA": (5, 3), "IN": (6, 3), "OH": (7, 3), "PA": (8, 3),
    "NJ": (9, 3), "CT": (10, 3),
    "CA": (1, 4), "UT": (2, 4), "CO": (3, 4), "NE": (4, 4), "MO": (5, 4), "KY": (6, 4), "WV": (7, 4), "VA": (8, 4),
    "MD": (9, 4), "DE": (10, 4),
    "AZ": (2, 5), "NM": (3, 5), "KS": (4, 5), "AR": (5, 5), "TN": (6, 5), "NC": (7, 5), "SC": (8, 5), "DC": (9, 5),
    "OK": (4, 6), "LA": (5, 6), "MS": (6, 6), "AL": (7, 6), "GA": (8, 6),
    "HI": (0, 7), "TX": (4, 7), "FL": (9, 7),
    "GU": (0, 8), "MP": (1, 8), "AS": (2, 8), "PR": (10, 8), "VI": (11, 8),
}  # fmt: skip
ROWS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Square:
    """One State of the picture, in the picture's own units."""

    code: str
    words: str
    href: str
    pattern: str
    x: int
    y: int
    stale: bool

    @property
    def middle(self) -> int:
        return self.x + SIDE // 2

    @property
    def baseline(self) -> int:
        return self.y + SIDE // 2 + 6


def squares_of(lines: Iterable[Line], words: Mapping[str, str], href: Mapping[str, str]) -> tuple[Square, ...]:
    """A square for each State that has a place.

    Args:
        words: what each square says to those who point at it or listen, by code.
        href: where it leads, by code; missing for a State without a pack.
    """
    step = SIDE + GAP
    return tuple(
        Square(
            code=line.code,
            words=words[line.code],
            href=href.get(line.code, ""),
            pattern=line.reading.value,
            x=PLACES[line.code][0] * step + GAP,
            y=PLACES[line.code][1] * step + GAP,
            stale=line.stale,
        )
        for line in sorted(lines, key=lambda line: line.title.en)
        if not line.is_nation and line.code in PLACES
    )


WIDTH, HEIGHT = COLUMNS * (SIDE + GAP) + GAP, ROWS * (SIDE + GAP) + GAP

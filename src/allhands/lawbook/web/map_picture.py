"""The map of the law: states and tribal areas as they lie, each by how far its law was read. Pure.

Pattern and letters say everything; no hue does. What is too small for its letters has them in the table below the map.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allhands.geo import nations
from allhands.geo.outlines import Outline, us_map
from allhands.lawbook.coverage import Line, Reading

# States that are too small on the sheet for two letters inside.
_WITHOUT_LETTERS = frozenset({"CT", "DC", "DE", "MA", "MD", "NH", "NJ", "RI", "VT"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One state or tribal area of the picture.

    Args:
        path: for the `d` of an SVG path.
        letters: two letters to write inside; empty where there is no room.
        words: what it says to those who point at it or listen; empty for land that only its outline is shown of.
        x, y: where the letters stand.
    """

    path: str
    letters: str
    words: str
    href: str
    pattern: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The whole map, in the sheet's own units."""

    width: int
    height: int
    states: tuple[Shape, ...]
    nations: tuple[Shape, ...]
    unread_land: str


def draw(lines: Iterable[Line], words: Mapping[str, str], hrefs: Mapping[str, str]) -> Picture:
    """The map of these lines.

    Args:
        words: what each place says, by the line's code.
        hrefs: where it leads, by code; missing for a place without a pack.
    """
    sheet, by_code = us_map(), {line.code: line for line in lines}
    states = [_state(one, by_code[one.code], words, hrefs) for one in sheet.land if one.code in by_code and one.path]
    read = {area: line for line in by_code.values() if line.is_nation for area in _areas_of(line.code)}
    drawn = [one for one in sheet.tribal if one.path]
    return Picture(
        width=sheet.width,
        height=sheet.height,
        states=tuple(states),
        nations=tuple(_nation(one, read[one.code[:4]], words, hrefs) for one in drawn if one.code[:4] in read),
        unread_land="".join(one.path for one in drawn if one.code[:4] not in read),
    )


def _areas_of(nation_id: str) -> tuple[str, ...]:
    known = nations.find_nation(nation_id)
    return known.areas if known else ()


def _state(one: Outline, line: Line, words: Mapping[str, str], hrefs: Mapping[str, str]) -> Shape:
    has_room = not one.is_dot and one.code not in _WITHOUT_LETTERS
    return _shape(one, line, words, hrefs, letters=one.code if has_room else "", pattern=line.reading.value)


def _nation(one: Outline, line: Line, words: Mapping[str, str], hrefs: Mapping[str, str]) -> Shape:
    # Reservations are small on this sheet: full ink for what was read in any way, and the words say in which.
    pattern = Reading.NOTHING.value if line.reading is Reading.NOTHING else Reading.OWN_TEXT.value
    return _shape(one, line, words, hrefs, letters="", pattern=pattern)


def _shape(
    one: Outline, line: Line, words: Mapping[str, str], hrefs: Mapping[str, str], *, letters: str, pattern: str
) -> Shape:
    return Shape(
        path=one.path,
        letters=letters,
        words=words[line.code],
        href=hrefs.get(line.code, ""),
        pattern=pattern,
        x=one.x,
        y=one.y,
    )

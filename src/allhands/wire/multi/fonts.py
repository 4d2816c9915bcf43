"""Bitmap fonts of our own for previews and for measuring. A sign's true font may differ by a pixel here and there.

The drawings stand in `data/fonts.json`, one row of dots after another; the larger fonts are the first one doubled and
tripled.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Final, TypedDict


class _FontData(TypedDict):
    number: int
    name: str
    height_px: int
    char_spacing_px: int
    line_spacing_px: int
    glyphs: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """A bitmap font.

    Args:
        number: as [fo] names it.
        glyphs: rows of "#" (lit) and "." (dark), top first, all of one height.
    """

    number: int
    name: str
    height_px: int
    char_spacing_px: int
    line_spacing_px: int
    glyphs: Mapping[str, tuple[str, ...]]

    def width_px(self, letter: str) -> int | None:
        """How wide a letter is, None when the font has no drawing of it."""
        rows = self.glyphs.get(letter)
        return len(rows[0]) if rows else None

    def widths_px(self) -> Mapping[str, int]:
        """The width table of the font."""
        return {letter: len(rows[0]) for letter, rows in self.glyphs.items()}


def _grown(font: Font, number: int, times: int) -> Font:
    """The same letters, each dot drawn `times` wide and high."""
    glyphs = {
        letter: tuple("".join(dot * times for dot in row) for row in rows for _ in range(times))
        for letter, rows in font.glyphs.items()
    }
    return Font(
        number=number,
        name=f"{font.name} × {times}",
        height_px=font.height_px * times,
        char_spacing_px=font.char_spacing_px * times,
        line_spacing_px=font.line_spacing_px * times,
        glyphs=glyphs,
    )


def _load() -> Mapping[int, Font]:
    text = resources.files("allhands.wire.multi").joinpath("data", "fonts.json").read_text(encoding="utf-8")
    drawn: list[_FontData] = json.loads(text)
    fonts = [
        Font(
            number=data["number"],
            name=data["name"],
            height_px=data["height_px"],
            char_spacing_px=data["char_spacing_px"],
            line_spacing_px=data["line_spacing_px"],
            glyphs={letter: tuple(rows.split("/")) for letter, rows in data["glyphs"].items()},
        )
        for data in drawn
    ]
    grown = [_grown(fonts[0], number, number) for number in (2, 3)]
    return {font.number: font for font in (*fonts, *grown)}


FONTS: Final[Mapping[int, Font]] = _load()

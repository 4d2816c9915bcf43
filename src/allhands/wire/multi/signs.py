"""Sign types as data: how large, which font, how many pages. Sizes in `data/signs.json`, sources in SPEC.md."""

from __future__ import annotations

import enum
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Final, TypedDict

from allhands.wire.multi.fonts import FONTS, Font


class ColorScheme(enum.Enum):
    """dmsColorScheme: one colour, ten classic ones, or all."""

    MONOCHROME = "monochrome"
    CLASSIC = "classic"
    RGB = "rgb"


class _SignData(TypedDict):
    name: str
    title: str
    width_px: int
    height_px: int
    char_width_px: int
    char_height_px: int
    font: int
    max_pages: int
    max_length: int
    scheme: str


# Stored pictures, running text and makers' own tags differ from sign to sign.
_ALL_BUT_PICTURES: Final = frozenset(
    {"cb", "cf", "cr", "f", "fl", "fo", "hc", "jl", "jp", "nl", "np", "pb", "pt", "sc", "tr"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What a sign can show.

    Args:
        char_width_px: more than 0 on a character matrix, whose letters stand in fixed cells.
        char_height_px: more than 0 on a character or line matrix, whose lines stand in fixed rows.
        max_length: dmsMaxMultiStringLength.
        supported: names of the tags the sign knows.
    """

    name: str
    title: str
    width_px: int
    height_px: int
    char_width_px: int = 0
    char_height_px: int = 0
    font: int = 1
    fonts: Mapping[int, Font] = field(default_factory=lambda: FONTS)
    max_pages: int = 2
    max_length: int = 1500
    scheme: ColorScheme = ColorScheme.MONOCHROME
    supported: frozenset[str] = _ALL_BUT_PICTURES
    page_on_ds: int = 28
    page_off_ds: int = 0

    @property
    def max_lines(self) -> int:
        """How many lines of the sign's own font fit."""
        font = self.fonts[self.font]
        if self.char_height_px:
            return self.height_px // self.char_height_px
        return (self.height_px + font.line_spacing_px) // (font.height_px + font.line_spacing_px)


def _load() -> Mapping[str, Sign]:
    text = resources.files("allhands.wire.multi").joinpath("data", "signs.json").read_text(encoding="utf-8")
    rows: list[_SignData] = json.loads(text)
    signs = [
        Sign(
            name=row["name"],
            title=row["title"],
            width_px=row["width_px"],
            height_px=row["height_px"],
            char_width_px=row["char_width_px"],
            char_height_px=row["char_height_px"],
            font=row["font"],
            max_pages=row["max_pages"],
            max_length=row["max_length"],
            scheme=ColorScheme(row["scheme"]),
        )
        for row in rows
    ]
    return {sign.name: sign for sign in signs}


SIGNS: Final[Mapping[str, Sign]] = _load()

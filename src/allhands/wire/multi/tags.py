"""Every MULTI tag: its name, the form of its value, and what it makes. Source: NTCIP 1203 v03, 6.4.

The forms agree with the parser of the Minnesota DOT, which many signs were tested with, except where SPEC.md says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from allhands.wire.multi.model import (
    BackgroundColor,
    Color,
    ColorRectangle,
    Field,
    Flash,
    FlashEnd,
    Font,
    ForegroundColor,
    Graphic,
    HexCharacter,
    Item,
    JustifyLine,
    JustifyPage,
    Manufacturer,
    MovingText,
    NewLine,
    NewPage,
    PageBackground,
    PageTime,
    Rectangle,
    Spacing,
    SpacingEnd,
    TextRectangle,
)

Groups = re.Match[str]


class BadTagValue(ValueError):
    """The tag is known, its value is not allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One tag. `form` must match all that follows the name, case-blind."""

    name: str
    form: re.Pattern[str]
    make: Callable[[Groups], Item]


def _tag(name: str, form: str, make: Callable[[Groups], Item]) -> Tag:
    return Tag(name=name, form=re.compile(form, re.IGNORECASE | re.ASCII | re.DOTALL), make=make)


def _number(text: str | None, *, low: int = 0, high: int = 255) -> int | None:
    if not text:
        return None
    if not low <= int(text) <= high:
        raise BadTagValue
    return int(text)


def _needed(text: str | None, *, low: int = 0, high: int = 255) -> int:
    value = _number(text, low=low, high=high)
    if value is None:
        raise BadTagValue
    return value


def _hex(text: str | None) -> int | None:
    return int(text, 16) if text else None


def _color(text: str | None) -> Color | None:
    if not text:
        return None
    parts = tuple(_needed(part) for part in text.split(","))
    if len(parts) not in {1, 3}:
        raise BadTagValue
    return Color(parts=parts)


def _needed_color(text: str) -> Color:
    color = _color(text)
    if color is None:
        raise BadTagValue
    return color


def _rectangle(groups: Groups) -> Rectangle:
    x, y = (_needed(groups[number], low=1, high=65535) for number in (1, 2))
    width_px, height_px = (_needed(groups[number], high=65535) for number in (3, 4))
    return Rectangle(x=x, y=y, width_px=width_px, height_px=height_px)


def _graphic(groups: Groups) -> Graphic:
    at = (_needed(groups[2], low=1, high=65535), _needed(groups[3], low=1, high=65535)) if groups[2] else None
    return Graphic(number=_needed(groups[1], low=1), at=at, version=_hex(groups[4]))


def _flash(groups: Groups) -> Flash:
    if groups[1]:
        return Flash(on_first=True, on_ds=_number(groups[2], high=99), off_ds=_number(groups[3], high=99))
    if groups[4]:
        return Flash(on_first=False, off_ds=_number(groups[5], high=99), on_ds=_number(groups[6], high=99))
    return Flash()


def _moving(groups: Groups) -> MovingText:
    return MovingText(
        mode=(groups[1] or groups[2]).lower(),
        direction=groups[3].lower(),
        width_px=_needed(groups[4], high=65535),
        step_px=_needed(groups[5]),
        step_ds=_needed(groups[6]),
        text=groups[7],
    )


def _manufacturer(groups: Groups, *, is_end: bool) -> Manufacturer:
    return Manufacturer(number=_needed(groups[1], high=2**32 - 1), text=groups[2], is_end=is_end)


# Ten digits hold the largest number of the standard, 2^32 - 1 of a manufacturer; each tag checks its own limit.
_N = r"(\d{1,10})"
_RECTANGLE = rf"{_N},{_N},{_N},{_N}"
_COLOR = r"(\d[\d,]{0,30})"

# Longer names first: [fl] and [fo] before [f].
TAGS: Final[tuple[Tag, ...]] = (
    _tag("/sc", "", lambda _: SpacingEnd()),
    _tag("/fl", "", lambda _: FlashEnd()),
    _tag("/ms", rf"{_N}(?:,(.*))?", lambda groups: _manufacturer(groups, is_end=True)),
    _tag("nl", r"(\d)?", lambda groups: NewLine(spacing_px=_number(groups[1]))),
    _tag("np", "", lambda _: NewPage()),
    _tag("fo", rf"(?:{_N}(?:,([0-9a-f]{{4}}))?)?", lambda g: Font(number=_number(g[1], low=1), version=_hex(g[2]))),
    _tag("fl", r"(?:(t)(\d*)(?:o(\d*))?|(o)(\d*)(?:t(\d*))?)?", _flash),
    _tag("jl", r"([1-5])?", lambda groups: JustifyLine(code=_number(groups[1]))),
    _tag("jp", r"([1-4])?", lambda groups: JustifyPage(code=_number(groups[1]))),
    _tag("pt", r"(\d{0,9})(?:o(\d{0,9}))?", lambda g: PageTime(on_ds=_number(g[1]), off_ds=_number(g[2]))),
    _tag("pb", rf"{_COLOR}?", lambda groups: PageBackground(color=_color(groups[1]))),
    _tag("cf", rf"{_COLOR}?", lambda groups: ForegroundColor(color=_color(groups[1]))),
    _tag("cr", rf"{_RECTANGLE},{_COLOR}", lambda g: ColorRectangle(rectangle=_rectangle(g), color=_needed_color(g[5]))),
    _tag("cb", rf"{_N}?", lambda groups: BackgroundColor(color=_color(groups[1]))),
    _tag("tr", _RECTANGLE, lambda groups: TextRectangle(rectangle=_rectangle(groups))),
    _tag("sc", _N, lambda groups: Spacing(pixels=_needed(groups[1], high=99))),
    _tag("hc", r"([0-9a-f]{1,4})", lambda groups: HexCharacter(number=int(groups[1], 16))),
    _tag("mv", rf"(?:(c)|(l\d?))([lr]){_N},{_N},{_N},(.*)", _moving),
    _tag("ms", rf"{_N}(?:,(.*))?", lambda groups: _manufacturer(groups, is_end=False)),
    _tag("f", rf"{_N}(?:,(\d{{0,9}}))?", lambda g: Field(number=_needed(g[1], low=1, high=13), width=_number(g[2]))),
    _tag("g", rf"{_N}(?:,{_N},{_N}(?:,([0-9a-f]{{4}}))?)?", _graphic),
)


def find_tag(content: str) -> Tag | None:
    """The tag a bracket's content begins with. "fe…" is no field: traffic systems use [feed…] for their own ends."""
    lower = content.lower()
    if lower.startswith("fe"):
        return None
    return next((tag for tag in TAGS if lower.startswith(tag.name)), None)

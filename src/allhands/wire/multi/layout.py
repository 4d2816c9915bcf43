"""Where each letter of a message stands on a sign. `fit` reads the widths, `render` draws the dots."""

from __future__ import annotations

import dataclasses
import itertools
from dataclasses import dataclass, field
from typing import Final

from allhands.wire.multi import model
from allhands.wire.multi.fonts import Font
from allhands.wire.multi.model import Color, Item, Message, Rectangle
from allhands.wire.multi.signs import Sign

LEFT, CENTER, RIGHT, FULL = 2, 3, 4, 5
TOP, MIDDLE, BOTTOM = 2, 3, 4
# IRIS and most sign defaults: centred, from the top.
_DEFAULT_LINE: Final = CENTER
_DEFAULT_PAGE: Final = TOP
_FIELD_WIDTHS: Final = {1: 5, 2: 5, 3: 3, 4: 3, 5: 3, 6: 3, 7: 3, 8: 2, 9: 2, 10: 2, 11: 4, 12: 7, 13: 7}


@dataclass(slots=True, kw_only=True)
class Span:
    """Letters in one font, colour and spacing.

    Args:
        is_spaced: [sc] gave the spacing; else it is the font's.
    """

    text: str
    font: Font
    spacing_px: int
    is_spaced: bool
    color: Color | None
    cell_px: int

    def letter_width_px(self, letter: str) -> int:
        """The width of one letter; a letter without a drawing is as wide as a blank."""
        if self.cell_px:
            return self.cell_px
        return self.font.width_px(letter) or self.font.width_px(" ") or 0

    @property
    def width_px(self) -> int:
        letters = sum(self.letter_width_px(letter) for letter in self.text)
        return letters + self.spacing_px * max(len(self.text) - 1, 0)

    def gap_px(self, before: Span) -> int:
        """Dots from the span before it: the mean of two fonts' spacings, rounded up (NTCIP 1203, fontCharSpacing)."""
        return self.spacing_px if self.is_spaced else -(-(before.spacing_px + self.spacing_px) // 2)


@dataclass(slots=True, kw_only=True)
class Line:
    """One line of a block: spans under left, centre and right."""

    justify: dict[int, list[Span]] = field(default_factory=dict)
    spacing_before_px: int | None = None
    font: Font

    def group_width_px(self, place: int) -> int:
        """The width of one group: its spans and the gaps between them."""
        spans = self.justify.get(place, [])
        gaps = sum(after.gap_px(before) for before, after in itertools.pairwise(spans))
        return sum(span.width_px for span in spans) + gaps

    @property
    def width_px(self) -> int:
        """The room all groups need side by side."""
        groups = [self.group_width_px(place) for place in self.justify]
        gaps = max(len(groups) - 1, 0) * self.font.char_spacing_px
        return sum(groups) + gaps

    @property
    def height_px(self) -> int:
        heights = [span.font.height_px for spans in self.justify.values() for span in spans]
        return max(heights, default=self.font.height_px)

    @property
    def line_spacing_px(self) -> int:
        spacings = [span.font.line_spacing_px for spans in self.justify.values() for span in spans]
        return max(spacings, default=self.font.line_spacing_px)

    @property
    def text(self) -> str:
        return " ".join("".join(span.text for span in self.justify[place]) for place in sorted(self.justify))


@dataclass(slots=True, kw_only=True)
class Block:
    """Lines inside a rectangle, under one page justification."""

    rectangle: Rectangle
    justify: int
    lines: list[Line]
    row_px: int
    cell_px: int

    def gap_px(self, number: int) -> int:
        """Dots between a line and the one before it."""
        if number == 0 or self.row_px:
            return 0
        given = self.lines[number].spacing_before_px
        before, after = self.lines[number - 1].line_spacing_px, self.lines[number].line_spacing_px
        return given if given is not None else -(-(before + after) // 2)

    def left_px(self, line: Line, place: int) -> int:
        """How many dots of the rectangle stand left of a group; on a character matrix a group begins with a cell."""
        room_px = max(self.rectangle.width_px - line.group_width_px(place), 0)
        if place == CENTER:
            return room_px // 2 // (self.cell_px or 1) * (self.cell_px or 1)
        return room_px if place == RIGHT else 0

    def overlaps(self, line: Line) -> bool:
        """Whether two groups of a line stand on the same dots, or without a gap between them."""
        starts = {place: self.left_px(line, place) for place in line.justify}
        places = sorted((left_px, left_px + line.group_width_px(place)) for place, left_px in starts.items())
        gap_px = line.font.char_spacing_px
        return any(after[0] - before[1] < gap_px for before, after in itertools.pairwise(places))

    @property
    def height_px(self) -> int:
        if self.row_px:
            return self.row_px * len(self.lines)
        return sum(line.height_px + self.gap_px(number) for number, line in enumerate(self.lines))


@dataclass(slots=True, kw_only=True)
class Page:
    """One page: what it shows and for how long."""

    blocks: list[Block]
    rectangles: list[model.ColorRectangle]
    background: Color | None
    on_ds: int
    off_ds: int


@dataclass(slots=True, kw_only=True)
class _State:
    """What tags have set, and what carries over to the next page."""

    font: Font
    spacing_px: int | None = None
    color: Color | None = None
    background: Color | None = None
    justify_line: int = _DEFAULT_LINE
    justify_page: int = _DEFAULT_PAGE
    rectangle: Rectangle
    on_ds: int
    off_ds: int


def lay_out(message: Message, sign: Sign) -> tuple[Page, ...]:
    """The pages of a message on a sign. Letters may stand beyond the edge: `fit` tells."""
    builder = _Builder(sign)
    for item in message.items:
        builder.take(item)
    return tuple(builder.pages)


def reaching(rectangle: Rectangle, sign: Sign) -> Rectangle:
    """The rectangle on a sign: a width or height of 0 reaches to the edge."""
    return Rectangle(
        x=rectangle.x,
        y=rectangle.y,
        width_px=rectangle.width_px or max(sign.width_px - rectangle.x + 1, 0),
        height_px=rectangle.height_px or max(sign.height_px - rectangle.y + 1, 0),
    )


class _Builder:
    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        whole = Rectangle(x=1, y=1, width_px=sign.width_px, height_px=sign.height_px)
        self._whole = whole
        self._state = _State(
            font=sign.fonts[sign.font], rectangle=whole, on_ds=sign.page_on_ds, off_ds=sign.page_off_ds
        )
        self.pages: list[Page] = []
        self._new_page()

    def take(self, item: Item) -> None:
        match item:
            case model.Text(text=text) | model.MovingText(text=text):
                self._write(text)
            case model.HexCharacter(number=number):
                self._write(chr(number))
            case model.Field(number=number, width=width):
                self._write("0" * (width or _FIELD_WIDTHS[number]))
            case model.NewLine(spacing_px=spacing_px):
                self._new_line(spacing_px)
            case model.NewPage():
                self._state = dataclasses.replace(self._state, rectangle=self._whole)
                self._new_page()
            case _:
                self._set(item)

    def _set(self, item: Item) -> None:
        state = self._state
        match item:
            case model.Font(number=number):
                state.font = self._sign.fonts.get(number or self._sign.font, state.font)
                self._relabel()
            case model.Spacing(pixels=pixels):
                state.spacing_px = pixels
            case model.SpacingEnd():
                state.spacing_px = None
            case model.JustifyLine(code=code):
                state.justify_line = code if code and code > 1 else _DEFAULT_LINE
            case model.JustifyPage(code=code):
                state.justify_page = code if code and code > 1 else _DEFAULT_PAGE
                self._new_block()
            case model.TextRectangle(rectangle=rectangle):
                state.rectangle = reaching(rectangle, self._sign)
                self._new_block()
            case _:
                self._set_page(item)

    def _set_page(self, item: Item) -> None:
        state, page = self._state, self.pages[-1]
        match item:
            case model.PageTime():
                state.on_ds = page.on_ds = item.on_ds if item.on_ds is not None else self._sign.page_on_ds
                state.off_ds = page.off_ds = item.off_ds if item.off_ds is not None else self._sign.page_off_ds
            case model.ForegroundColor(color=color):
                state.color = color
            case model.BackgroundColor(color=color) | model.PageBackground(color=color):
                state.background = page.background = color
            case model.ColorRectangle():
                page.rectangles.append(item)
            case _:
                pass

    def _new_page(self) -> None:
        state = self._state
        page = Page(blocks=[], rectangles=[], background=state.background, on_ds=state.on_ds, off_ds=state.off_ds)
        self.pages.append(page)
        self._new_block()

    def _new_block(self) -> None:
        state, blocks = self._state, self.pages[-1].blocks
        if blocks and not any(line.justify for line in blocks[-1].lines):
            blocks.pop()
        line = Line(font=state.font)
        blocks.append(
            Block(
                rectangle=state.rectangle,
                justify=state.justify_page,
                lines=[line],
                row_px=self._sign.char_height_px,
                cell_px=self._sign.char_width_px,
            )
        )

    def _new_line(self, spacing_px: int | None) -> None:
        line = Line(spacing_before_px=spacing_px, font=self._state.font)
        self.pages[-1].blocks[-1].lines.append(line)

    def _relabel(self) -> None:
        """An empty line takes the height of the font that is set on it."""
        line = self.pages[-1].blocks[-1].lines[-1]
        if not line.justify:
            line.font = self._state.font

    def _write(self, text: str) -> None:
        state, cell_px = self._state, self._sign.char_width_px
        spacing_px = 0 if cell_px else state.font.char_spacing_px if state.spacing_px is None else state.spacing_px
        span = Span(
            text=text,
            font=state.font,
            spacing_px=spacing_px,
            is_spaced=state.spacing_px is not None and not cell_px,
            color=state.color,
            cell_px=cell_px,
        )
        self.pages[-1].blocks[-1].lines[-1].justify.setdefault(state.justify_line, []).append(span)

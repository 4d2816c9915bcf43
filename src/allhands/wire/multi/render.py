"""Pages of a message as pictures, dot by dot."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Final, TypeAlias

from PIL import Image, ImageDraw

from allhands.wire.multi.layout import BOTTOM, MIDDLE, Block, Page, Span, lay_out
from allhands.wire.multi.model import Color, Message
from allhands.wire.multi.signs import ColorScheme, Sign

Rgb: TypeAlias = tuple[int, int, int]

# NTCIP 1203 v03 5.5: the classic colours, by number; amber is what a sign of one colour shows.
_CLASSIC: Final[tuple[Rgb, ...]] = (
    (0, 0, 0),
    (255, 0, 0),
    (255, 255, 0),
    (0, 255, 0),
    (0, 255, 255),
    (0, 0, 255),
    (255, 0, 255),
    (255, 255, 255),
    (255, 165, 0),
    (255, 208, 0),
)
_AMBER: Final = _CLASSIC[9]
_BLACK: Final = _CLASSIC[0]
_UNLIT: Final[Rgb] = (28, 24, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One page as PNG, and how long it shows."""

    png: bytes
    width: int
    height: int
    on_ds: int
    off_ds: int


def render(message: Message, sign: Sign, *, dot_px: int = 5) -> tuple[Picture, ...]:
    """Every page as the sign would show it; what does not fit is cut off, as on the sign.

    Args:
        dot_px: picture pixels for one dot of the sign.
    """
    return tuple(_picture(page, sign, dot_px) for page in lay_out(message, sign))


def draw_dots(page: Page, sign: Sign) -> Image.Image:
    """One page, one picture pixel a dot."""
    image = Image.new("RGB", (sign.width_px, sign.height_px), _rgb(page.background, sign, _BLACK))
    draw = ImageDraw.Draw(image)
    for rectangle in page.rectangles:
        area = rectangle.rectangle
        box = (area.x - 1, area.y - 1, area.x + area.width_px - 2, area.y + area.height_px - 2)
        if area.width_px and area.height_px:
            draw.rectangle(box, fill=_rgb(rectangle.color, sign, _AMBER))
    for number, block in enumerate(page.blocks):
        _draw_block(image, block, _top_px(page.blocks, number), sign)
    return image


def _top_px(blocks: list[Block], number: int) -> int:
    """The first row of a block: below those above it when they share their place."""
    block = blocks[number]
    top_px, height_px = block.rectangle.y - 1, block.rectangle.height_px
    if block.justify == MIDDLE:
        return top_px + max((height_px - block.height_px) // 2, 0)
    if block.justify == BOTTOM:
        return top_px + max(height_px - block.height_px, 0)
    return top_px


def _draw_block(image: Image.Image, block: Block, top_px: int, sign: Sign) -> None:
    row_px = top_px
    for number, line in enumerate(block.lines):
        row_px += block.gap_px(number)
        height_px = block.row_px or line.height_px
        for place, spans in line.justify.items():
            _draw_group(image, spans, block.rectangle.x - 1 + block.left_px(line, place), row_px + height_px, sign)
        row_px += height_px


def _draw_group(image: Image.Image, spans: list[Span], left_px: int, bottom_px: int, sign: Sign) -> None:
    for number, span in enumerate(spans):
        color = _rgb(span.color, sign, _AMBER)
        left_px += span.gap_px(spans[number - 1]) if number else 0
        at_px = left_px
        for letter in span.text:
            _draw_letter(image, span.font.glyphs.get(letter, ()), (at_px, bottom_px - span.font.height_px), color)
            at_px += span.letter_width_px(letter) + span.spacing_px
        left_px += span.width_px


def _draw_letter(image: Image.Image, rows: tuple[str, ...], at: tuple[int, int], color: Rgb) -> None:
    for down, row in enumerate(rows):
        for right, dot in enumerate(row):
            x, y = at[0] + right, at[1] + down
            if dot == "#" and 0 <= x < image.width and 0 <= y < image.height:
                image.putpixel((x, y), color)


def _picture(page: Page, sign: Sign, dot_px: int) -> Picture:
    dots = draw_dots(page, sign)
    width, height = _place(dots.width, sign.char_width_px, dot_px), _place(dots.height, sign.char_height_px, dot_px)
    image = Image.new("RGB", (width, height), _BLACK)
    draw = ImageDraw.Draw(image)
    for y in range(dots.height):
        for x in range(dots.width):
            color = dots.getpixel((x, y))
            left, top = _place(x, sign.char_width_px, dot_px), _place(y, sign.char_height_px, dot_px)
            box = (left, top, left + dot_px - 2, top + dot_px - 2)
            draw.rectangle(box, fill=_UNLIT if color == _BLACK else color)
    out = io.BytesIO()
    image.save(out, format="PNG")
    return Picture(png=out.getvalue(), width=image.width, height=image.height, on_ds=page.on_ds, off_ds=page.off_ds)


def _place(dot: int, cell_px: int, dot_px: int) -> int:
    """Where a dot is drawn: the modules of a character or line matrix stand apart by one dot."""
    return (dot + (dot // cell_px if cell_px else 0)) * dot_px


def _rgb(color: Color | None, sign: Sign, default: Rgb) -> Rgb:
    if color is None:
        return default
    if len(color.parts) == 3:
        red, green, blue = color.parts
        return (red, green, blue)
    if sign.scheme is ColorScheme.MONOCHROME:
        return _AMBER if color.parts[0] else _BLACK
    return _CLASSIC[color.parts[0]] if color.parts[0] < len(_CLASSIC) else default

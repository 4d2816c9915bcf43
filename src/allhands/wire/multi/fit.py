"""Whether a message fits a sign, measured in dots, not in letters."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from allhands.kernel.findings import Finding
from allhands.wire.multi import model
from allhands.wire.multi.encode import encode
from allhands.wire.multi.layout import LEFT, Block, Page, Span, lay_out, reaching
from allhands.wire.multi.model import Color, Item, Message
from allhands.wire.multi.signs import ColorScheme, Sign
from allhands.wire.reports import Report

_TAG_NAMES: dict[type[Item], str] = {
    model.HexCharacter: "hc",
    model.NewLine: "nl",
    model.NewPage: "np",
    model.PageTime: "pt",
    model.Font: "fo",
    model.JustifyLine: "jl",
    model.JustifyPage: "jp",
    model.ForegroundColor: "cf",
    model.BackgroundColor: "cb",
    model.PageBackground: "pb",
    model.ColorRectangle: "cr",
    model.TextRectangle: "tr",
    model.Spacing: "sc",
    model.SpacingEnd: "sc",
    model.Flash: "fl",
    model.FlashEnd: "fl",
    model.Graphic: "g",
    model.Field: "f",
    model.MovingText: "mv",
    model.Manufacturer: "ms",
}
# FHWA: drivers at 65 mph cannot read more than three lines, or more than two pages.
READABLE_LINES = 3
READABLE_PAGES = 2


def fit(message: Message, sign: Sign) -> tuple[Finding, ...]:
    """What the sign would refuse or cut off (errors) and what drivers cannot read (warnings).

    Codes are the names of dmsMultiSyntaxError in NTCIP 1203. Paths are /page[n]/line[n].
    """
    report = Report("multi", f"sign {sign.name}")
    pages = lay_out(message, sign)
    for item in message.items:
        _check_item(item, sign, report)
    if len(pages) > sign.max_pages:
        report.error("/", "too-many-pages", f"{len(pages)} pages; the sign takes {sign.max_pages}.")
    elif len(pages) > READABLE_PAGES:
        report.warn("/", "pages-unreadable", f"{len(pages)} pages; drivers read two at most.", "FHWA")
    length = len(encode(message))
    if length > sign.max_length:
        report.error("/", "too-long", f"The string has {length} characters; the sign takes {sign.max_length}.")
    for number, page in enumerate(pages, start=1):
        _check_page(page, sign, report, f"/page[{number}]")
    return report.findings()


def _check_item(item: Item, sign: Sign, report: Report) -> None:
    name = _TAG_NAMES.get(type(item))
    if name and name not in sign.supported:
        report.error("/", "unsupported-tag", f"The sign does not know [{name}].")
    if isinstance(item, model.Font) and item.number is not None and item.number not in sign.fonts:
        report.error("/", "font-not-defined", f"The sign has no font {item.number}.")
    _check_matrix(item, sign, report)
    _check_rectangle(item, sign, report)
    for color in _colors(item):
        if not _is_shown(color, sign.scheme):
            shown = ",".join(str(part) for part in color.parts)
            report.error("/", "unsupported-tag-value", f"The sign cannot show the colour {shown}.")


def _check_matrix(item: Item, sign: Sign, report: Report) -> None:
    """What a matrix of fixed cells or rows cannot do."""
    if sign.char_width_px and isinstance(item, model.Spacing | model.SpacingEnd):
        report.error("/", "unsupported-tag", "The letters stand in fixed cells: the sign does not know [sc].")
    if sign.char_height_px and isinstance(item, model.NewLine) and item.spacing_px is not None:
        message = f"The lines stand in fixed rows: [nl{item.spacing_px}] cannot move them; write [nl]."
        report.error("/", "unsupported-tag-value", message)


def _check_rectangle(item: Item, sign: Sign, report: Report) -> None:
    if not isinstance(item, model.TextRectangle | model.ColorRectangle):
        return
    what = "text" if isinstance(item, model.TextRectangle) else "colour"
    area = reaching(item.rectangle, sign)
    if area.x + area.width_px - 1 > sign.width_px or area.y + area.height_px - 1 > sign.height_px:
        report.error("/", "unsupported-tag-value", f"The {what} rectangle reaches beyond the sign.")
        return
    cell_px, row_px = sign.char_width_px or 1, sign.char_height_px or 1
    is_split = (area.x - 1) % cell_px or area.width_px % cell_px or (area.y - 1) % row_px or area.height_px % row_px
    if is_split and isinstance(item, model.TextRectangle):
        report.error("/", "unsupported-tag-value", "The text rectangle cuts through a cell or a row of the sign.")


def _colors(item: Item) -> Iterator[Color]:
    match item:
        case (
            model.ForegroundColor(color=color) | model.BackgroundColor(color=color) | model.PageBackground(color=color)
        ):
            if color is not None:
                yield color
        case model.ColorRectangle(color=color):
            yield color
        case _:
            pass


def _is_shown(color: Color, scheme: ColorScheme) -> bool:
    if len(color.parts) == 3:
        return scheme is ColorScheme.RGB
    return color.parts[0] <= (1 if scheme is ColorScheme.MONOCHROME else 9)


def _check_page(page: Page, sign: Sign, report: Report, path: str) -> None:
    lines = sum(1 for block in page.blocks for line in block.lines if line.justify)
    if lines > READABLE_LINES:
        report.warn(path, "lines-unreadable", f"{lines} lines on a page; drivers read three at most.", "FHWA")
    if page.on_ds == 0:
        report.warn(path, "page-time", "The page is shown for no time; most signs take 0 as “until told otherwise”.")
    _check_blocks(page.blocks, report, path)
    for block in page.blocks:
        _check_block(block, sign, report, path)


def _check_blocks(blocks: list[Block], report: Report, path: str) -> None:
    """Blocks of one rectangle stand from top to bottom and share its height."""
    for before, after in itertools.pairwise(blocks):
        if before.rectangle == after.rectangle and after.justify < before.justify:
            report.error(path, "tag-conflict", "[jp] goes back up: top comes before middle, middle before bottom.")
    for rectangle in {block.rectangle for block in blocks}:
        height_px = sum(block.height_px for block in blocks if block.rectangle == rectangle)
        if height_px > rectangle.height_px:
            message = f"The lines are {height_px} dots high; {rectangle.height_px} fit."
            report.error(path, "text-too-big", message)


def _check_block(block: Block, sign: Sign, report: Report, path: str) -> None:
    edge = block.rectangle
    for number, line in enumerate(block.lines, start=1):
        at = f"{path}/line[{number}]"
        if line.width_px > edge.width_px:
            message = f"“{line.text}” is {line.width_px} dots wide; {edge.width_px} fit."
            report.error(at, "text-too-big", message)
        elif block.overlaps(line):
            report.error(at, "text-too-big", f"“{line.text}”: what stands left, centred and right overlaps.")
        if block.row_px and line.height_px > block.row_px:
            message = f"The letters are {line.height_px} dots high; a row of the sign has {block.row_px}."
            report.error(at, "text-too-big", message)
        order = list(line.justify)
        if order != sorted(order) and min(order, default=LEFT) >= LEFT:
            report.error(at, "tag-conflict", "[jl] goes back: left comes before centre, centre before right.")
        for spans in line.justify.values():
            for span in spans:
                _check_letters(span, report, at)


def _check_letters(span: Span, report: Report, path: str) -> None:
    for letter in sorted(set(span.text)):
        if span.font.width_px(letter) is None:
            shown = letter if letter.isprintable() else f"number {ord(letter)}"
            report.error(path, "character-not-defined", f"The font “{span.font.name}” has no “{shown}”.")

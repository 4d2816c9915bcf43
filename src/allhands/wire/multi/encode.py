"""A message to its normal MULTI string: lower-case tags, doubled brackets, no superfluous zeros."""

from __future__ import annotations

from allhands.wire.errors import EncodeRefused
from allhands.wire.multi import model
from allhands.wire.multi.decode import decode
from allhands.wire.multi.model import Color, Item, Message, Rectangle
from allhands.wire.reports import has_errors


def encode(message: Message) -> str:
    """The normal form; `decode` gives the same message back.

    Raises:
        EncodeRefused: a value the string cannot carry, such as a page time over 255 tenths.
    """
    text = "".join(_write(item) for item in message.items)
    findings = decode(text).findings
    if has_errors(findings):
        raise EncodeRefused(findings)
    return text


def normalize(text: str) -> str:
    """A string in normal form, without what is wrong in it and without blanks and tags after the last thing shown.

    Example:
        >>> normalize("AMBER[NL]ALERT[zz][hc2a][/sc] ")
        'AMBER[nl]ALERT[hc2a]'
    """
    items = list(decode(text).message.items)
    while items and Message(items=(items[-1],)).is_blank:
        items.pop()
    return "".join(_write(item) for item in items)


def _write(item: Item) -> str:
    match item:
        case model.Text(text=text):
            return text.replace("[", "[[").replace("]", "]]")
        case model.SpacingEnd():
            return "[/sc]"
        case model.FlashEnd():
            return "[/fl]"
        case model.NewPage():
            return "[np]"
        case model.Flash():
            return f"[fl{_flash(item)}]"
        case _:
            return f"[{_tag(item)}]"


def _tag(item: Item) -> str:
    match item:
        case model.NewLine(spacing_px=value):
            return f"nl{_or_nothing(value)}"
        case model.JustifyLine(code=value):
            return f"jl{_or_nothing(value)}"
        case model.JustifyPage(code=value):
            return f"jp{_or_nothing(value)}"
        case model.PageTime():
            return f"pt{_or_nothing(item.on_ds)}o{_or_nothing(item.off_ds)}"
        case model.Spacing(pixels=value):
            return f"sc{value}"
        case model.HexCharacter(number=value):
            return f"hc{value:x}"
        case _:
            return _long_tag(item)


def _long_tag(item: Item) -> str:
    match item:
        case model.Font():
            return f"fo{_or_nothing(item.number)}{_version(item.version)}"
        case model.Graphic():
            at = f",{item.at[0]},{item.at[1]}" if item.at else ""
            return f"g{item.number}{at}{_version(item.version)}"
        case model.Field():
            return f"f{item.number}" + (f",{item.width}" if item.width is not None else "")
        case model.MovingText():
            return f"mv{item.mode}{item.direction}{item.width_px},{item.step_px},{item.step_ds},{item.text}"
        case model.Manufacturer():
            slash = "/" if item.is_end else ""
            return f"{slash}ms{item.number}" + (f",{item.text}" if item.text is not None else "")
        case _:
            return _color_tag(item)


def _color_tag(item: Item) -> str:
    match item:
        case model.ForegroundColor(color=color):
            return f"cf{_color(color)}"
        case model.BackgroundColor(color=color):
            return f"cb{_color(color)}"
        case model.PageBackground(color=color):
            return f"pb{_color(color)}"
        case model.ColorRectangle():
            return f"cr{_rectangle(item.rectangle)},{_color(item.color)}"
        case model.TextRectangle():
            return f"tr{_rectangle(item.rectangle)}"
        case _:
            raise AssertionError("every item has its text")


def _flash(flash: model.Flash) -> str:
    on, off = _or_nothing(flash.on_ds), _or_nothing(flash.off_ds)
    return f"t{on}o{off}" if flash.on_first else f"o{off}t{on}"


def _or_nothing(value: int | None) -> str:
    return "" if value is None else str(value)


def _version(version: int | None) -> str:
    return "" if version is None else f",{version:04x}"


def _color(color: Color | None) -> str:
    return ",".join(str(part) for part in color.parts) if color else ""


def _rectangle(rectangle: Rectangle) -> str:
    return f"{rectangle.x},{rectangle.y},{rectangle.width_px},{rectangle.height_px}"

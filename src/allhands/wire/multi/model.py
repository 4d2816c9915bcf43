"""MULTI as values: text and tags. Source: NTCIP 1203 v03, section 6. Times are tenths of a second (ds)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Letters to show; brackets single, as they look."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HexCharacter:
    """[hc]: one character by its number."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """[nl]: a new line, with its own spacing when given."""

    spacing_px: int | None = None


@dataclass(frozen=True, slots=True)
class NewPage:
    """[np]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTime:
    """[pt]: how long this and later pages show, and how long the sign is dark between; None is the sign's own time."""

    on_ds: int | None = None
    off_ds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Font:
    """[fo]: None is the sign's own font."""

    number: int | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JustifyLine:
    """[jl]: 2 left, 3 centre, 4 right, 5 full; 1 is an old "other"; None is the sign's own."""

    code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JustifyPage:
    """[jp]: 2 top, 3 middle, 4 bottom; 1 is an old "other"; None is the sign's own."""

    code: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Color:
    """One number of the classic list or of a grey scale, or three of red, green and blue."""

    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """Pixels from 1; a width or height of 0 reaches to the edge."""

    x: int
    y: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ForegroundColor:
    """[cf]."""

    color: Color | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BackgroundColor:
    """[cb]: version 1's background of a page."""

    color: Color | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBackground:
    """[pb]."""

    color: Color | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorRectangle:
    """[cr]."""

    rectangle: Rectangle
    color: Color


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRectangle:
    """[tr]: text stays inside from here on."""

    rectangle: Rectangle


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """[sc]: pixels between characters until [/sc]."""

    pixels: int


@dataclass(frozen=True, slots=True)
class SpacingEnd:
    """[/sc]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flash:
    """[fl]: `on_first` tells whether the text is seen before it is dark."""

    on_first: bool = True
    on_ds: int | None = None
    off_ds: int | None = None


@dataclass(frozen=True, slots=True)
class FlashEnd:
    """[/fl]."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Graphic:
    """[g]: a stored picture."""

    number: int
    at: tuple[int, int] | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """[f]: a value the sign fills in, such as the time."""

    number: int
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MovingText:
    """[mv]: text that runs. `mode` is c or l with its delay, such as l5; `direction` is l or r."""

    mode: str
    direction: str
    width_px: int
    step_px: int
    step_ds: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manufacturer:
    """[ms] and [/ms]: a maker's own tag."""

    number: int
    text: str | None = None
    is_end: bool = False


Item: TypeAlias = (
    Text
    | HexCharacter
    | NewLine
    | NewPage
    | PageTime
    | Font
    | JustifyLine
    | JustifyPage
    | ForegroundColor
    | BackgroundColor
    | PageBackground
    | ColorRectangle
    | TextRectangle
    | Spacing
    | SpacingEnd
    | Flash
    | FlashEnd
    | Graphic
    | Field
    | MovingText
    | Manufacturer
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a MULTI string says, in order."""

    items: tuple[Item, ...]

    @property
    def is_blank(self) -> bool:
        """Whether a sign with this message stays dark."""
        shown = (HexCharacter, ColorRectangle, Graphic, Field, MovingText, Manufacturer)
        return not any(
            isinstance(item, shown) or (isinstance(item, Text) and bool(item.text.strip())) for item in self.items
        )


def plain_text(message: Message) -> str:
    """The words alone: a line break for [nl], a blank line for [np]. For screen readers and for the ledger.

    What stands at another place of the line or of the sign is another word.

    Example:
        >>> plain_text(Message(items=(Text(text="AMBER"), NewLine(), Text(text="ALERT"))))
        'AMBER\\nALERT'
    """
    parts: list[str] = []
    for item in message.items:
        match item:
            case Text(text=text) | MovingText(text=text):
                parts.append(text)
            case HexCharacter(number=number):
                parts.append(chr(number))
            case NewLine():
                parts.append("\n")
            case NewPage():
                parts.append("\n\n")
            case JustifyLine() if parts and not parts[-1][-1:].isspace():
                parts.append(" ")
            case JustifyPage() | TextRectangle() if parts and not parts[-1][-1:].isspace():
                parts.append("\n")
            case _:
                pass
    return "".join(parts)

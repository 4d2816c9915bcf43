"""A portrait chosen from hand-drawn parts by the name alone, so that the same name always has the same face. Pure."""

from __future__ import annotations

import enum
import hashlib
import unicodedata
from dataclasses import dataclass

from allhands.ui.components.portrait.parts import CLOTHES, HAIR, SKINS, TINTS, Hair

# Letters proper. The ʻokina is a modifier letter (Lm) and is no initial.
_CASED = frozenset({"Lu", "Ll", "Lt", "Lo"})

# On the darker faces only the darkest hair keeps its line apart from the skin.
_DARK_HAIR_FROM = 4


class PortraitKind(enum.Enum):
    DRAWN = "drawn"
    PHOTO = "photo"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A portrait ready to draw.

    Args:
        photo_href, photo_alt: of a released photo; the alt text describes in words.
        initials: shown with "No photo yet" when there is neither photo nor drawing.
        size_px: 48 in lists, 96 on the episode page.
    """

    kind: PortraitKind
    initials: str = ""
    hair: Hair | None = None
    clothes: str = ""
    skin: int = 1
    tint: int = 1
    hair_tint: int = 1
    glasses: bool = False
    hearing_aid: bool = False
    braces: bool = False
    scarf: bool = False
    photo_href: str = ""
    photo_alt: str = ""
    size_px: int = 96


def drawn_portrait(name: str, *, size_px: int = 96) -> Portrait:
    """The drawn portrait of an invented person. The name's hash chooses the parts; nothing about the person does."""
    seed = hashlib.sha256(name.encode()).digest()
    skin = seed[2] % SKINS + 1
    return Portrait(
        kind=PortraitKind.DRAWN,
        initials=initials_of(name),
        hair=HAIR[seed[0] % len(HAIR)],
        clothes=CLOTHES[seed[1] % len(CLOTHES)],
        skin=skin,
        tint=seed[3] % TINTS + 1,
        hair_tint=1 if skin >= _DARK_HAIR_FROM else seed[4] % 3 + 1,
        glasses=seed[5] % 4 == 0,
        hearing_aid=seed[6] % 8 == 0,
        braces=seed[7] % 8 == 0,
        scarf=seed[8] % 6 == 0,
        size_px=size_px,
    )


def no_portrait(name: str, *, size_px: int = 96) -> Portrait:
    """Initials and the words "No photo yet"."""
    return Portrait(kind=PortraitKind.NONE, initials=initials_of(name), size_px=size_px)


def released_photo(href: str, alt: str, *, size_px: int = 96) -> Portrait:
    """A photo that was released for this purpose. `alt` describes it in words."""
    return Portrait(kind=PortraitKind.PHOTO, photo_href=href, photo_alt=alt, size_px=size_px)


def initials_of(name: str) -> str:
    """First letters of the first two words; an ʻokina or a mark before the letter is passed over.

    Example:
        >>> initials_of("Ruth Amundson")
        'RA'
    """
    letters = (next((char for char in word if unicodedata.category(char) in _CASED), "") for word in name.split()[:2])
    return "".join(letters).upper()

"""One poster with its files. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class PosterState(enum.Enum):
    """A poster that was taken back or is over says so across its face."""

    DRAFT = "draft"
    LIVE = "live"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterFile:
    """A file to open: "Letter, English, PDF"."""

    href: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterPreview:
    """A poster ready to draw.

    Args:
        picture_href: the first page as a picture; empty when there is none.
        text: the words on it.
    """

    title: str
    picture_href: str
    text: str
    files: tuple[PosterFile, ...]
    state: PosterState
    faults: tuple[str, ...] = ()

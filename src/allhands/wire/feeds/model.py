"""A list of entries as a value; both forms are written from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A file that goes with an entry: a CAP document, a poster."""

    url: str
    media_type: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One alert, or its withdrawal.

    Args:
        id: an address or tag URI that never changes, even when the page moves.
        updated_at: aware; changes when a reader should look again.
        text: plain text; no HTML is ever written.
    """

    id: str
    title: str
    updated_at: datetime
    published_at: datetime | None = None
    url: str = ""
    text: str = ""
    language: str = ""
    image_url: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A list. `feed_url` is where it is found itself; `home_url` the page for people."""

    id: str
    title: str
    updated_at: datetime
    author: str
    feed_url: str
    home_url: str
    language: str = "en-US"
    entries: tuple[Entry, ...] = ()

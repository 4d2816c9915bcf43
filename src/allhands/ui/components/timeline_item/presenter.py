"""One thing that happened. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """An entry of the timeline, newest first.

    Args:
        at: the instant, or None when only a day is known; then `day` says it, and no time is invented.
        was: the old words, when this corrects something.
        restricted: the reader may know that it happened, not what.
    """

    title: str
    by: str = ""
    at: Moment | None = None
    day: str = ""
    text: str = ""
    href: str = ""
    link_words: str = ""
    was: str = ""
    restricted: bool = False
    is_new: bool = False

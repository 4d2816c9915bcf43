"""A pause before something that cannot be undone, or that cannot wait. Pure."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Interruption:
    """Heading, text, two ways on.

    Args:
        danger: life is at stake: "Call 911 now"; only the public danger panel may look like it.
        is_h1: False only where the page has another h1.
    """

    heading: str
    text: tuple[str, ...]
    go_on: str
    go_on_href: str
    go_back: str
    go_back_href: str
    danger: bool = False
    is_h1: bool = True

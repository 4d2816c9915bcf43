"""Versions of packs: days with an optional number behind them, ordered."""

from __future__ import annotations

import re
from datetime import date

_VERSION = re.compile(r"(\d{4})\.(\d{2})\.(\d{2})(?:\.(\d{1,4}))?")


def order(version: str) -> tuple[int, int, int, int]:
    """What versions are compared by; a text that is no version comes before every version.

    Example:
        >>> order("2026.11.24") < order("2026.11.24.1") < order("2026.12.01")
        True
        >>> order("draft")
        (0, 0, 0, 0)
    """
    found = _VERSION.fullmatch(version)
    if found is None:
        return (0, 0, 0, 0)
    year, month, day, number = found.groups()
    return (int(year), int(month), int(day), int(number or 0))


def is_version(text: str) -> bool:
    """Whether a text is a version as releases have them."""
    return _VERSION.fullmatch(text) is not None


def next_version(today: date, newest: str) -> str:
    """The version of what is published today after `newest`.

    Example:
        >>> next_version(date(2026, 12, 1), "2026.11.24")
        '2026.12.01'
        >>> next_version(date(2026, 11, 24), "2026.11.24")
        '2026.11.24.1'
    """
    plain = f"{today:%Y.%m.%d}"
    if order(plain) > order(newest):
        return plain
    year, month, day, number = order(newest)
    return f"{year:04}.{month:02}.{day:02}.{number + 1}"

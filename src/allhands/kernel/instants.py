"""Instants are aware and UTC inside the house; text and zones live at its edge."""

from __future__ import annotations

from datetime import UTC, datetime


def parse_instant(text: str) -> datetime:
    """An aware UTC instant from RFC 3339 text with an offset.

    Raises:
        ValueError: the text is no date and time, or carries no offset.
    Example:
        >>> parse_instant("2026-11-24T02:00:00-06:00").isoformat()
        '2026-11-24T08:00:00+00:00'
    """
    value = datetime.fromisoformat(text)
    try:
        return require_aware(value).astimezone(UTC)
    except OverflowError:
        raise ValueError(f"{text} lies outside the years that have a number") from None


def require_aware(value: datetime) -> datetime:
    """The same instant.

    Raises:
        ValueError: the instant names no offset from UTC, so nobody can say when it is.
    """
    if value.tzinfo is None or value.utcoffset() is None:
        raise ValueError("a time needs its offset from UTC, for example 2026-11-24T02:00:00-06:00")
    return value

"""Instants as the people who write packs read and type them: in their own agency's zone, like everywhere."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from allhands.agencies import api as agencies
from allhands.kernel.actors import Actor
from allhands.ui.wording import Lang, full


def told(at: datetime, actor: Actor, lang: Lang) -> str:
    """Weekday, day, time and zone."""
    return full(at, now=timezone.now(), zone=agencies.zone_of(actor), lang=lang)


def read_local(text: str, zone: ZoneInfo) -> datetime | None:
    """What was typed, such as 2026-11-24 02:00, in this zone unless it names another; None when it is no instant.

    Example:
        >>> read_local("2026-11-24 02:00", ZoneInfo("America/Chicago")).isoformat()
        '2026-11-24T02:00:00-06:00'
    """
    try:
        found = datetime.fromisoformat(text.strip())
        return (found if found.tzinfo else found.replace(tzinfo=zone)) if found.year > 1 else None
    except (ValueError, OverflowError):
        return None


def shown_local(at: datetime, zone: ZoneInfo) -> str:
    """The instant as it is typed."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}"

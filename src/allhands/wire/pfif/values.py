"""Text forms of PFIF values."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)


def parse_time(text: str) -> datetime | None:
    """An instant from `yyyy-mm-ddThh:mm:ssZ`, a fraction cut off; None when the text is no such instant."""
    if not _TIME.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None


def format_time(instant: datetime) -> str:
    """PFIF's text for an aware instant: UTC with Z."""
    return instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"

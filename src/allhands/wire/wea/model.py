"""A wireless alert's text as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

# 47 CFR 10.430: 90 characters on networks that cannot do more, 360 on the others. Send both.
SHORT_LIMIT: Final = 90
LONG_LIMIT: Final = 360


@dataclass(frozen=True, slots=True, kw_only=True)
class WeaText:
    """A text and the limit it is written for, SHORT_LIMIT or LONG_LIMIT."""

    text: str
    limit: int

"""Day, night, or as the device says: one cookie, set by a form that works without script."""

from __future__ import annotations

import enum

from django.http import HttpRequest

THEME_COOKIE = "allhands_theme"
THEME_COOKIE_AGE_S = 365 * 24 * 60 * 60


class Theme(enum.Enum):
    """The codes stored in the cookie and read by the style sheet as `data-theme`."""

    AUTO = "auto"
    DAY = "day"
    NIGHT = "night"


def as_theme(code: str) -> Theme:
    """The theme of this code; AUTO when it is none of ours."""
    return Theme(code) if code in {theme.value for theme in Theme} else Theme.AUTO


def chosen_theme(request: HttpRequest) -> Theme:
    """What this browser chose."""
    return as_theme(request.COOKIES.get(THEME_COOKIE, ""))

"""What every template may know."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from allhands.platform.web.asking import get_actor


def world(request: HttpRequest) -> dict[str, object]:
    """The world (live, demo or drill) and who acts."""
    return {"world": settings.ALLHANDS_WORLD, "actor": get_actor(request)}

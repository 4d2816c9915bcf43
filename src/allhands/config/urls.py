"""Every address: the platform's own first, then those of each slice that has pages."""

from __future__ import annotations

import importlib.util

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

_ROOMS = ["allhands.platform.web", "allhands.platform.live", "allhands.platform.operations", "allhands.platform.proof"]


def _slice_urls(name: str) -> list[URLPattern | URLResolver]:
    """The addresses of a slice's `web/urls.py`, or `urls.py` where the slice is all web; none when it has no pages."""
    room = name if importlib.util.find_spec(f"{name}.web") is None else f"{name}.web"
    return [path("", include(f"{room}.urls"))] if importlib.util.find_spec(f"{room}.urls") else []


urlpatterns: list[URLPattern | URLResolver] = [
    path("language", set_language, name="set_language"),
    *(path("", include(f"{room}.urls")) for room in _ROOMS),
    *(pattern for name in settings.ALLHANDS_SLICES for pattern in _slice_urls(name)),
]

handler400 = "allhands.platform.web.errors.bad_request"
handler403 = "allhands.platform.web.errors.permission_denied"
handler404 = "allhands.platform.web.errors.page_not_found"
handler500 = "allhands.platform.web.errors.server_error"
handler429 = "allhands.agencies.web.entrance.too_many"

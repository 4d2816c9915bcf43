"""The service workers: one script, each with the reach of one page and what lies under it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

_SCRIPT = Path(__file__).parents[1] / "static" / "directory" / "worker.js"


@cache
def _words() -> str:
    return _SCRIPT.read_text(encoding="utf-8")


@require_safe
def worker(request: HttpRequest, page: str) -> HttpResponse:
    """The script, allowed to reach the page named and nothing else of this site.

    Args:
        page: the name of the page's address.
    """
    response = HttpResponse(_words(), content_type="text/javascript; charset=utf-8")
    response.headers["Service-Worker-Allowed"] = reverse(page)
    response.headers["Cache-Control"] = "no-cache"
    return response

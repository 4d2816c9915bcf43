"""The theme switch and the component gallery."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from allhands.ui import gallery as shelf
from allhands.ui.themes import THEME_COOKIE, THEME_COOKIE_AGE_S, as_theme


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remembers the theme and goes back to the page it was chosen on."""
    response = HttpResponseRedirect(_safe_next(request))
    theme = as_theme(request.POST.get("theme", ""))
    response.set_cookie(
        THEME_COOKIE,
        theme.value,
        max_age=THEME_COOKIE_AGE_S,
        samesite="Lax",
        secure=request.is_secure(),
        httponly=True,
    )
    return response


def _safe_next(request: HttpRequest) -> str:
    target = request.POST.get("next", "")
    here = {request.get_host()}
    return target if url_has_allowed_host_and_scheme(target, here, require_https=request.is_secure()) else "/"


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, in both languages."""
    _only_in_demo()
    return render(request, "ui/gallery.html", {"shelves": shelf.render_all(), "one": False})


@require_GET
def gallery_component(request: HttpRequest, name: str) -> HttpResponse:
    """One component in every state."""
    _only_in_demo()
    if name not in shelf.component_names():
        raise Http404
    return render(request, "ui/gallery.html", {"shelves": (shelf.render_one(name),), "one": True})


def _only_in_demo() -> None:
    if settings.ALLHANDS_WORLD != "demo":
        raise Http404

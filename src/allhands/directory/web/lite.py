"""Pages for anyone that leave no trace: no cookie, no session, no Referer, and words in the language of the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from allhands.ui.context import build_frame
from allhands.ui.wording import Lang, as_lang

LANGS = ("en", "es")


def lang_of(request: HttpRequest) -> Lang:
    """The language asked for in the form or the link, else the browser's."""
    asked = request.POST.get("lang") or request.GET.get("lang") or ""
    return as_lang(asked if asked in LANGS else get_language())


def page(
    request: HttpRequest, template: str, context: Mapping[str, object], *, lang: Lang, status: int = 200
) -> HttpResponse:
    """The page, drawn without the request: no context processor runs, so that no CSRF cookie and no session begins."""
    with override(lang):
        frame = replace(build_frame(request), lang=lang, path=request.path)
        html = render_to_string(template, {**context, "frame": frame, "lang": lang, "other": other(lang)})
    return without_trace(HttpResponse(html, status=status), lang)


def without_trace(response: HttpResponse, lang: Lang) -> HttpResponse:
    """Tells the browser to keep nothing and to tell no other site where somebody came from."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Language"] = lang
    return response


def other(lang: Lang) -> Lang:
    """The other language of the page."""
    return "es" if lang == "en" else "en"

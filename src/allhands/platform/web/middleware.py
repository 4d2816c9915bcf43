"""What happens around every request: who acts, headers, counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string

from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.web import errors
from allhands.platform.web.asking import get_actor, get_route, wants_json
from allhands.platform.web.metrics import DENIALS, FAULTS, REQUESTS, SECONDS

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = Callable[..., HttpResponseBase]

# No inline script or style, nothing from elsewhere. `blob:` workers are MapLibre's; `data:` pictures are its icons
# and those of the design system. Text becomes HTML, or the address of a worker, through the named policies of
# `platform/trusted.js` and `directory/offline.js` alone (Trusted Types; browsers without them keep the rest).
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types allhands allhands-offline default",
    ]
)
PERMISSIONS_POLICY = "camera=(self), geolocation=(self), microphone=(), payment=(), usb=(), browsing-topics=()"


class ActorMiddleware:
    """Finds who acts, and runs the view in one transaction in which the database knows it too.

    It must be the last middleware: it calls the view itself. A view that answers as a coroutine is left alone and
    uses `acting_as` where it touches the database.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if getattr(view, "allhands_is_for_machines", False):
            return None
        if "\0" in request.path:
            return errors.page_not_found(request)
        if _holds_nul(request):
            return errors.bad_request(request)
        try:
            resolve: Callable[[HttpRequest], Actor | None] = import_string(settings.ALLHANDS_ACTOR_RESOLVER)
            request.actor = resolve(request)  # type: ignore[attr-defined]  # HttpRequest is open; readers use get_actor
            return None if iscoroutinefunction(view) else _run(request, view, args, kwargs)
        except Exception as error:  # one of the three doors: a bug becomes a page with a number
            response = self.process_exception(request, error)
            if response is None:
                raise
            return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        """The page for a refusal or a fault; None for what Django has its own pages for."""
        if isinstance(error, Denied):
            audit.record_denied(get_actor(request), timezone.now(), error.code, get_route(request))
            DENIALS.labels(code=error.code).inc()
            return errors.denied(request)
        if isinstance(error, Refused):
            return errors.refused(request, error)
        if isinstance(error, errors.DJANGO_HAS_A_PAGE):
            return None
        FAULTS.inc()
        return errors.fault(request, error)


def _holds_nul(request: HttpRequest) -> bool:
    """Whether something typed has the one character that no keyboard writes and PostgreSQL cannot keep.

    The API reads its body itself, after it has asked for the key.
    """
    typed = [request.GET] if wants_json(request) else [request.GET, request.POST]
    return any("\0" in value for fields in typed for values in fields.lists() for value in (values[0], *values[1]))


def _run(request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]) -> HttpResponseBase:
    actor = get_actor(request)
    with transaction.atomic() if actor is None else acting_as(actor):
        response = view(request, *args, **kwargs)
        render = getattr(response, "render", None)
        if callable(render):
            render()  # inside: what a template still has to read is read under the same actor
        return response


def security_headers(get_response: GetResponse) -> GetResponse:
    """Headers that bind the browser, on every answer."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not response.headers.get("Cache-Control"):
            # Pages about children leave nothing behind on a shared computer. Static files say otherwise themselves.
            response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def requests_measured(get_response: GetResponse) -> GetResponse:
    """Counts and times each answer by route, method and status. No address, no person."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        start = time.perf_counter()
        response = get_response(request)
        route = get_route(request) or "unknown"
        REQUESTS.labels(route=route, method=request.method or "", status=str(response.status_code)).inc()
        SECONDS.labels(route=route).observe(time.perf_counter() - start)
        return response

    return answer

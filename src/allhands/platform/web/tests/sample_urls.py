"""Pages that go wrong on purpose."""

from __future__ import annotations

from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.web.asking import require_actor

CHILD = "Maya Prairie"


def denied(request: HttpRequest, name: str = "") -> NoReturn:
    """Writes, then is refused."""
    from datetime import UTC, datetime

    with audit.audited(SYSTEM, datetime.now(UTC), audit.Event.EPISODE_OPENED, episode_id="e1"):
        pass
    raise Denied("access.view")


def fault(request: HttpRequest, name: str = "") -> NoReturn:
    """Breaks, with a child's name in the error."""
    raise KeyError(CHILD)


def refused(request: HttpRequest) -> NoReturn:
    """A rule says no where no form is."""
    raise Refused("too-late", "The offer was withdrawn.", source="house rule 4")


def missing(request: HttpRequest) -> NoReturn:
    """Is not there."""
    raise Http404(CHILD)


def forbidden(request: HttpRequest) -> NoReturn:
    """Django's own refusal."""
    raise PermissionDenied


def who(request: HttpRequest) -> HttpResponse:
    """Tells who acts, as Python and the database know it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT allhands_actor_member(), allhands_actor_agency()")
        row = cursor.fetchone()
    return HttpResponse(f"{require_actor(request).member_id} {row[0]} {row[1]}", content_type="text/plain")


async def denied_later(request: HttpRequest) -> NoReturn:
    """Refused, in a view that is a coroutine."""
    raise Denied("access.view")


def typed(request: HttpRequest) -> HttpResponse:
    """Takes a form."""
    with acting_as(SYSTEM):
        return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("denied/<str:name>", denied),
    path("api/denied", denied),
    path("fault/<str:name>", fault),
    path("api/fault", fault),
    path("refused", refused),
    path("api/refused", refused),
    path("missing", missing),
    path("forbidden", forbidden),
    path("who", who),
    path("denied-later", denied_later),
    path("typed", typed),
    path("", include("allhands.config.urls")),
]

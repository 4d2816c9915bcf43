"""What people see when access says no, when a page is not there, and when we failed."""

from __future__ import annotations

import sys
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from allhands.kernel.errors import Refused
from allhands.kernel.ids import new_id
from allhands.platform.logs import get_logger
from allhands.platform.web.asking import get_actor, get_route, wants_json

log = get_logger(__name__)

DJANGO_HAS_A_PAGE = (Http404, PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError)
_INCIDENT_LENGTH = 8  # short enough to read over the phone, long enough to find one line in a log


def denied(request: HttpRequest) -> HttpResponse:
    """Access said no. A stranger is asked to sign in; the page tells nothing about the record, not even that it is."""
    if get_actor(request) is None and not wants_json(request):
        return redirect(f"{settings.LOGIN_URL}?next={quote(request.path)}")
    return _framed(request, status=403, code="denied", heading=_("You can't see this"))


def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    """A rule said no, and no form was there to say it beside the field."""
    sentences = [error.reason, error.source]
    return _plain(request, status=422, code=error.code, heading=_("That cannot be done"), sentences=sentences)


def fault(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """We failed. The person gets kind words and a number; the log gets the number, the kind of error and its place."""
    incident = new_id()[:_INCIDENT_LENGTH]
    got_request_exception.send(sender=None, request=request)
    log.error("web.fault", incident=incident, route=get_route(request) or "unknown", exc_info=error)
    return _plain(
        request,
        status=500,
        code="fault",
        heading=_("That did not work, and it was our fault"),
        sentences=[
            _("Nothing you wrote is lost. Try again, or call your own desk."),
            _("If you ask for help, give this number: %(incident)s") % {"incident": incident},
        ],
        incident=incident,
    )


def bad_request(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """What the browser sent could not be read."""
    return _plain(
        request,
        status=400,
        code="unreadable",
        heading=_("We could not read that"),
        sentences=[_("Go back and try again. If it happens twice, reload the page first.")],
    )


def permission_denied(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """Django's own refusal, shown as ours."""
    return denied(request)


def page_not_found(request: HttpRequest, exception: BaseException | None = None) -> HttpResponse:
    """There is no such page, or nobody may know that there is."""
    return _framed(request, status=404, code="not-here", heading=_("This page is not here"))


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault outside every view."""
    return fault(request, sys.exc_info()[1])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form came from a page that is too old, or from somewhere else."""
    return _plain(
        request,
        status=403,
        code="form-too-old",
        heading=_("This page was open too long"),
        sentences=[_("Go back, reload the page and send it again. What you wrote is still in the form.")],
    )


def _framed(request: HttpRequest, *, status: int, code: str, heading: str) -> HttpResponse:
    """A page of the interface, `403.html` or `404.html`, with its ways around."""
    if wants_json(request):
        return _json(status, code, f"{heading}.", "")
    return render(request, f"{status}.html", status=status)


def _plain(
    request: HttpRequest, *, status: int, code: str, heading: str, sentences: list[str], incident: str = ""
) -> HttpResponse:
    """A page that needs nothing else to work."""
    if wants_json(request):
        return _json(status, code, " ".join([f"{heading}.", *filter(None, sentences)]), incident)
    context = {"heading": heading, "sentences": [each for each in sentences if each], "world": settings.ALLHANDS_WORLD}
    # Without the request: no context processor, so no session and no database, one of which may be what failed.
    return HttpResponse(render_to_string("platform/web/problem.html", context), status=status)


def _json(status: int, code: str, message: str, incident: str) -> JsonResponse:
    """The form in which programs are told no; the API fills `findings` when fields are wrong."""
    told = {"status": status, "code": code, "message": message, "findings": [], "incident": incident}
    return JsonResponse({"error": told}, status=status)

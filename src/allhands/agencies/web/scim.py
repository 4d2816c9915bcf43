"""SCIM 2.0 for an agency's identity provider: find a person, end their work here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from allhands.agencies import actions, scim
from allhands.agencies.contracts import NotOnRecord, Scope
from allhands.agencies.key_calls import key_of
from allhands.agencies.secret_text import digest
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.web.asking import get_route

_MEDIA = "application/scim+json"
_NOBODY = "Nobody of your agency has this id."
_LONGEST_BODY = 100_000
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,8}")
View = Callable[..., dict[str, object] | None]


def for_providers(*methods: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Ask for the agency's key, answer in SCIM's form, also every no."""

    def around(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @wraps(view)
        def answer(request: HttpRequest, **parts: str) -> HttpResponse:
            try:
                actor = _actor_of(request)
                if request.method not in methods:
                    raise scim.ScimFault(501 if request.method == "POST" else 405, "That is not done here.")
                with acting_as(actor):
                    body = view(request, actor, **parts)
            except scim.ScimFault as fault:
                return _json(fault.body(), fault.status)
            except NotOnRecord:
                return _json(scim.ScimFault(404, _NOBODY).body(), 404)
            return _json(body, 200) if body is not None else HttpResponse(status=204)

        answer.allhands_too_many_calls = _too_often  # type: ignore[attr-defined]  # key_calls looks for it
        return answer

    return around


def _too_often(seconds: int) -> HttpResponse:
    return _json(scim.ScimFault(429, f"This was asked too often. Wait {seconds} seconds, then ask again.").body(), 429)


@for_providers("GET")
def config(_request: HttpRequest, _actor: Actor) -> dict[str, object]:
    """What is done here, and what is not."""
    return scim.config(_address())


@for_providers("GET")
def users(request: HttpRequest, actor: Actor) -> dict[str, object]:
    """People of the agency, all or the one of a work e-mail. People come by invitation: POST is answered with 501."""
    name = scim.name_asked_for(request.GET.get("filter", ""))
    found = actions.people_of(actor, timezone.now(), user_name=name)
    start, count = _number(request, "startIndex", 1), _number(request, "count", scim.MOST_RESULTS)
    return scim.show_page(found, f"{_address()}/Users", start, count)


@for_providers("GET", "PUT", "PATCH", "DELETE")
def user(request: HttpRequest, actor: Actor, user_id: str) -> dict[str, object] | None:
    """One person: read; `active` set to false; deleted, which here means the same and is no longer shown."""
    now = timezone.now()
    person = actions.get_person(actor, user_id, now)
    key = digest(key_of(request))
    if request.method == "DELETE":
        actions.leave(actor, user_id, now, but_key=key, unlist=True)
        return None
    if request.method != "GET":
        active = scim.wants_active(_body(request), person, whole=request.method == "PUT")
        if active and not person.active:
            raise scim.ScimFault(400, "Nobody is let in again this way. Invite the person anew.", "mutability")
        if not active:
            actions.leave(actor, user_id, now, but_key=key)
            person = actions.get_person(actor, user_id, now)
    return scim.show(person, f"{_address()}/Users")


def _actor_of(request: HttpRequest) -> Actor:
    try:
        actor = actions.authenticate_token(key_of(request), needs=Scope.PEOPLE_END)
    except Denied as denied:
        audit.record_denied(None, timezone.now(), denied.code, get_route(request))
        raise scim.ScimFault(403, "This key is not good for people.") from denied
    if actor is None:
        raise scim.ScimFault(401, "Send a key of your agency: Authorization: Bearer …")
    return actor


def _body(request: HttpRequest) -> object:
    try:
        if len(request.body) > _LONGEST_BODY:
            raise scim.ScimFault(413, "That is too long.")
        return json.loads(request.body)
    except (RequestDataTooBig, RecursionError, ValueError) as error:
        raise scim.ScimFault(400, "This is not JSON that can be read.", "invalidSyntax") from error


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return default
    if not _WHOLE_NUMBER.fullmatch(text):
        raise scim.ScimFault(400, f"{name} is a whole number.", "invalidValue")
    return int(text)


def _address() -> str:
    return f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/scim/v2"


def _json(body: dict[str, object], status: int) -> HttpResponse:
    response = HttpResponse(json.dumps(body, ensure_ascii=False), status=status, content_type=_MEDIA)
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response

"""Every no of the API, in one form: `{"error": {"status", "code", "message", "findings", "incident"}}`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, Final

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from allhands import law
from allhands.exchange.web import schemas
from allhands.exchange.web.parsing import LARGEST_BODY_BYTES, BodyRefused
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.findings import Finding
from allhands.platform.audit import api as audit
from allhands.platform.web.asking import get_route
from allhands.platform.web.metrics import DENIALS

# Refusals by what is already there, not by what was sent: the same call may pass at another time.
CONFLICTS: Final = frozenset({"idempotency-key-reused", "open-episode", "duty-state", "superseded", "no-owner"})
# Raised before anything about the record is known to the caller: "not yours" reads like "does not exist".
HIDDEN: Final = frozenset({"episode", "duty", "evidence", "access.view-episode"})

_MESSAGES: Final[Mapping[str, str]] = {
    "missing": "This is needed.",
    "json_invalid": "This is not JSON.",
    "string_type": "Send text in quotes.",
    "bool_type": "Send true or false.",
    "dict_type": "Send an object in curly brackets.",
    "list_type": "Send a list in square brackets.",
    "model_attributes_type": "Send an object in curly brackets.",
    "datetime_type": "Send date, time and offset in quotes: 2026-11-24T02:00:00-06:00.",
    "timezone_aware": "A time needs its offset from UTC: 2026-11-24T02:00:00-06:00.",
}


def answer_problems(api: NinjaAPI) -> None:
    """Teach the API our words for each kind of no."""
    handlers: Mapping[type[Exception], Callable[..., HttpResponse]] = {
        Refused: _refused,
        law.FactsError: _bad_facts,
        Denied: _denied,
        AuthenticationError: _no_key,
        HttpError: _unreadable,
        Throttled: _too_often,
        ValidationError: _wrong_shape,
        RequestDataTooBig: _too_much,
        Http404: _not_here,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)


def in_house_form(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, with the library's own plain "Method not allowed" said in our form."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        if response.status_code != 405:
            return response
        allowed = response.headers["Allow"]
        told = problem(405, "method", f"This address answers to {allowed}.")
        told.headers["Allow"] = allowed
        return told

    return answer


def problem(
    status: int, code: str, message: str, findings: Iterable[Finding | schemas.FindingOut] = ()
) -> HttpResponse:
    """The answer in the house form."""
    shown = [
        one
        if isinstance(one, schemas.FindingOut)
        else schemas.FindingOut(field=one.path, code=one.code, message=one.message)
        for one in findings
    ]
    body = schemas.ProblemOut(error=schemas.Problem(status=status, code=code, message=message, findings=shown))
    return HttpResponse(body.model_dump_json(), status=status, content_type="application/json; charset=utf-8")


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    found: tuple[Finding, ...] = getattr(error, "findings", ())
    own = [schemas.FindingOut(field=error.field, code=error.code, message=error.reason)] if error.field else []
    return problem(409 if error.code in CONFLICTS else 422, error.code, error.reason, found or own)


def _bad_facts(request: HttpRequest, error: law.FactsError) -> HttpResponse:
    return problem(422, "facts", error.findings[0].message, error.findings)


def _denied(request: HttpRequest, error: Denied) -> HttpResponse:
    actor = getattr(request, "auth", None)
    audit.record_denied(actor if isinstance(actor, Actor) else None, timezone.now(), error.code, get_route(request))
    DENIALS.labels(code=error.code).inc()
    if error.code == "token.scope":
        return problem(403, "key-scope", "This key is not good for this call. Its agency can make one that is.")
    if error.code in HIDDEN:
        return problem(404, "not-here", "This is not here, or not for this key.")
    return problem(403, "denied", "This key's agency may not do this here.")


def _no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    audit.record_denied(None, timezone.now(), "token", get_route(request))
    DENIALS.labels(code="token").inc()
    told = problem(401, "key", "Send a good key: Authorization: Bearer <key>.")
    told.headers["WWW-Authenticate"] = "Bearer"
    return told


def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    cause = error.__cause__
    if isinstance(cause, BodyRefused):
        return problem(cause.status, cause.code, cause.message, cause.findings)
    if isinstance(cause, RequestDataTooBig):
        return _too_much(request, cause)
    return problem(error.status_code, "unreadable", "This could not be read. Send one JSON object in UTF-8.")


def _too_much(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, "too-large", f"This is too much: send at most {LARGEST_BODY_BYTES} bytes.")


def _too_often(request: HttpRequest, error: Throttled) -> HttpResponse:
    told = problem(429, "too-often", "This was asked too often from your address. Wait a minute, then ask again.")
    told.headers["Retry-After"] = str(error.wait or 60)
    return told


def too_many_calls(seconds: int) -> HttpResponse:
    """The answer to a key, or to an address without a good one, that called too often in this minute."""
    return problem(429, "too-often", f"This was asked too often. Wait {seconds} seconds, then ask again.")


def _not_here(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, "not-here", "This is not here, or not for this key.")


def _wrong_shape(request: HttpRequest, error: ValidationError) -> HttpResponse:
    findings = [_finding(one) for one in error.errors]
    return problem(422, "shape", findings[0].message, findings)


def _finding(wrong: Mapping[str, Any]) -> schemas.FindingOut:
    """One fault found by pydantic, in our words; what was sent is never repeated."""
    kind, path = str(wrong["type"]), _path(wrong["loc"])
    if kind == "extra_forbidden":
        last = str(wrong["loc"][-1])
        near = law.nearest_word(last, schemas.KNOWN_NAMES - {last})
        words = f"We know no field of this name here.{f' Did you mean {near}?' if near else ''}"
        return schemas.FindingOut(field=path, code="shape.unknown-field", message=words)
    words = _MESSAGES.get(kind) or f"{wrong['msg']}."
    return schemas.FindingOut(field=path, code=f"shape.{kind.replace('_', '-')}", message=words)


def _path(places: Iterable[object]) -> str:
    """Where, as `statements[3].fact`: without the library's own first words."""
    words = list(places)[1:]
    if words and words[0] in schemas.BODY_NAMES:
        words = words[1:]
    text = "".join(f"[{word}]" if isinstance(word, int) else f".{_printable(str(word))}" for word in words)
    return text.removeprefix(".") or "body"


def _printable(word: str) -> str:
    return "".join(letter for letter in word[:80] if letter.isprintable())

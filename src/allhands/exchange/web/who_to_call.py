"""The one call that needs no key: whom to call, for other sites. Keeps nothing; any site may ask by GET."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Annotated, Any

from django.core.cache import caches
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Schema
from ninja.throttling import AnonRateThrottle
from pydantic import Field

from allhands import law
from allhands.directory import api as directory
from allhands.directory.contracts import Answer, Call, DutyLine, Form
from allhands.exchange.web import schemas
from allhands.exchange.web.v1 import api

NAME = "who_to_call"
RATE = "60/m"


class _InMemory(AnonRateThrottle):
    """For each caller's address, which is held in this process's memory for a minute and nowhere else."""

    cache = caches["memory"]


class WhoToCallIn(Schema):
    """Four answers, each of which may be left out. What cannot be read is named in `troubles`; the rest is answered."""

    who: Annotated[str, Field(description="family, carer, caseworker, school, police or other.")] = ""
    age: Annotated[str, Field(description="Years, such as `14`.")] = ""
    where: Annotated[str, Field(description="A county, ZIP code or nation in words.")] = ""
    state: Annotated[str, Field(description="Two letters, such as `ND`.")] = ""
    county: Annotated[str, Field(description="Five digits, such as `38079`.")] = ""
    nation: Annotated[str, Field(description="A nation's code in the packs, such as `tmbci`.")] = ""
    near: Annotated[str, Field(description="A position rounded to a tenth of a degree: `48.8,-99.8`.")] = ""
    urgent: Annotated[
        list[str], Field(description="harm, taken, health, suicide, weather, online or none; more than once.")
    ] = []


class CitedOut(Schema):
    """Where a rule stands. `level`: A own text, B part or older copy, C secondary."""

    citation: str
    pin: str
    address: str
    level: str
    read_on: date | None


class CallOut(Schema):
    """Somebody to call."""

    code: Annotated[str, Field(description="`911`, `police`, `care` or the id of a help line.")]
    name: schemas.Words
    number: str
    tel: str
    hours: schemas.Words
    is_open: Annotated[bool | None, Field(description="`null`: nobody has told us the hours.")]
    what: schemas.Words | None
    tells: Annotated[
        schemas.Words | None, Field(description="What they do with what one says. `null`: nobody has told us.")
    ]
    state: Annotated[str, Field(description="`verified`, `old`, or `unverified`: never compared with its source.")]
    verified_on: date | None
    origin: schemas.Words
    is_fictional: bool


class LawDutyOut(Schema):
    """Who must do what, and by when."""

    rule_id: str
    who: str
    recipient: str
    action: str
    plain: schemas.Words
    within: schemas.Words
    source: list[CitedOut]


class LawNoteOut(Schema):
    """What must be said with the law shown. `not-read`: we have not read this law, and federal law is shown."""

    code: str
    text: schemas.Words


class TroubleOut(Schema):
    """An answer that could not be read."""

    field: str
    text: schemas.Words


class PlaceOut(Schema):
    """One place that may be meant. All are given; none is guessed."""

    state: str
    county: str
    nation: str


class WhoToCallOut(Schema):
    """Whom to call this minute and what to say. Show `calls` in this order: 911 stands first when danger was not ruled
    out. Show `notes` wherever you show `duties`."""

    danger: bool
    because: list[schemas.Words]
    calls: list[CallOut]
    others: list[CallOut]
    say: list[schemas.Words]
    no_wait: LawDutyOut | None
    have: list[schemas.Words]
    duties: list[LawDutyOut]
    open_duties: Annotated[int, Field(description="Duties that may apply, depending on what is not known.")]
    notes: list[LawNoteOut]
    places: list[PlaceOut]
    troubles: list[TroubleOut]
    page: Annotated[str, Field(description="Address of the same answer as a page, with coarse codes only.")]
    made_at: datetime


@api.get(
    "/who-to-call",
    auth=None,
    throttle=[_InMemory(RATE)],
    response={200: WhoToCallOut, 400: schemas.ProblemOut, 422: schemas.ProblemOut, 429: schemas.ProblemOut},
    summary="Ask whom to call",
    openapi_extra={"x-needs": "no key"},
)
def who_to_call(request: HttpRequest, given: Query[WhoToCallIn]) -> dict[str, Any]:
    """For other sites: no key, by GET from anywhere, at most 60 times a minute. Nothing asked is stored or logged."""
    asked = directory.ask(Form(one=lambda name: str(getattr(given, name, "")), urgent=tuple(given.urgent)))
    return _show(directory.answer(asked, timezone.now()), directory.link_of(asked))


def open_to_other_sites(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """The view, readable by the scripts of any site, without cookies and by GET only."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Allow-Methods"] = "GET"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _show(answer: Answer, page: str) -> dict[str, Any]:
    return {
        "danger": answer.danger,
        "because": [_words(one) for one in answer.because],
        "calls": [_call(one) for one in answer.calls],
        "others": [_call(one) for one in answer.others],
        "say": [_words(one) for one in answer.say],
        "no_wait": _duty(answer.no_wait) if answer.no_wait else None,
        "have": [_words(one) for one in answer.have],
        "duties": [_duty(one) for one in answer.duties],
        "open_duties": answer.open_duties,
        "notes": [{"code": note.code, "text": _words(note.text)} for note in answer.notes],
        "places": [
            {"state": one.state, "county": one.county_fips, "nation": one.nation} for one in answer.asked.places
        ],
        "troubles": [{"field": one.field, "text": _words(one.text)} for one in answer.asked.troubles],
        "page": page,
        "made_at": answer.made_at,
    }


def _words(text: law.Text) -> dict[str, str]:
    return {"en": text.en, "es": text.es}


def _call(call: Call) -> dict[str, Any]:
    return {
        "code": call.code,
        "name": _words(call.name),
        "number": call.shown,
        "tel": call.tel,
        "hours": _words(call.hours),
        "is_open": call.is_open,
        "what": _words(call.what) if call.what else None,
        "tells": _words(call.tells) if call.tells else None,
        "state": call.state.value,
        "verified_on": call.verified_on,
        "origin": _words(call.origin),
        "is_fictional": call.is_fictional,
    }


def _duty(line: DutyLine) -> dict[str, Any]:
    return {
        "rule_id": line.rule_id,
        "who": line.who,
        "recipient": line.recipient,
        "action": line.action,
        "plain": _words(line.plain),
        "within": _words(line.within),
        "source": [
            {
                "citation": one.citation,
                "pin": one.pin,
                "address": one.address,
                "level": one.level,
                "read_on": one.read_on,
            }
            for one in line.source
        ],
    }

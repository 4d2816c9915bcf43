"""The demo door: the whole cast, one click each. There is no such page outside the demo world."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from allhands.access.api import can, check_operate
from allhands.agencies import actions, queries
from allhands.agencies.contracts import NotOnRecord
from allhands.agencies.demo import load as loader
from allhands.agencies.demo.world import Person, demo_id, demo_world
from allhands.agencies.sign_in import sessions
from allhands.agencies.sign_in.hats import put_on
from allhands.kernel.ids import AgencyId
from allhands.platform.web.asking import get_actor, require_actor
from allhands.ui.components.portrait.presenter import Portrait, drawn_portrait
from allhands.ui.roles import role_words

View = Callable[..., HttpResponse]
_PORTRAIT_PX = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class CastLine:
    """One person of the cast, as shown at the door."""

    key: str
    name: str
    role: str
    agency: str
    quote: str
    portrait: Portrait


def only_in_demo(view: View) -> View:
    """The view in the demo world, and no page anywhere else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.ALLHANDS_WORLD != "demo":
            raise Http404
        return view(request, *args, **kwargs)

    return answer


@require_safe
@only_in_demo
def show_door(request: HttpRequest) -> HttpResponse:
    """Everybody one can be."""
    actor = get_actor(request)
    context = {
        "cast": [_present(person) for person in demo_world().cast],
        "is_loaded": _is_loaded(),
        "may_reset": actor is not None and can(check_operate, actor),
    }
    return render(request, "agencies/demo.html", context)


@require_POST
@only_in_demo
def enter(request: HttpRequest, key: str) -> HttpResponse:
    """Come in as one of the cast."""
    person = next((person for person in demo_world().cast if person.key == key), None)
    if person is None or not _is_loaded():
        raise Http404
    hat = person.hats[0]
    member_id = loader.member_id(person.key, hat.agency, hat.role.value)
    logout(request)  # nothing of the one before stays in the session
    sessions.begin(request, actions.get_account_of(member_id))
    put_on(request, member_id)
    return redirect(settings.LOGIN_REDIRECT_URL)


@require_POST
@only_in_demo
def reset(request: HttpRequest) -> HttpResponse:
    """The demo story begins again."""
    check_operate(require_actor(request))
    loader.load(timezone.now(), fresh=True)
    return redirect("demo")


def _present(person: Person) -> CastLine:
    hat = person.hats[0]
    agency = next(agency for agency in demo_world().agencies if agency.key == hat.agency)
    return CastLine(
        key=person.key,
        name=person.name,
        role=role_words(hat.role),
        agency=agency.name,
        quote=person.quote.in_language(get_language() or "en"),
        portrait=drawn_portrait(person.name, size_px=_PORTRAIT_PX),
    )


def _is_loaded() -> bool:
    try:
        queries.get_agency(AgencyId(demo_id("agency", demo_world().agencies[0].key)))
    except NotOnRecord:
        return False
    return True

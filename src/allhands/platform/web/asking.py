"""What a view may ask about the request before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest, HttpResponseBase

from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def get_actor(request: HttpRequest) -> Actor | None:
    """Who acts in this request; None for a stranger."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def require_actor(request: HttpRequest) -> Actor:
    """Who acts in this request.

    Raises:
        Denied: `sign-in`, when nobody is signed in.
    """
    actor = get_actor(request)
    if actor is None:
        raise Denied("sign-in")
    return actor


def typed(request: HttpRequest, name: str) -> str:
    """One field of the form, without spaces around it."""
    return str(request.POST.get(name, "")).strip()


def get_route(request: HttpRequest) -> str:
    """The pattern of the address, such as `e/<id>`; never the address itself, which may hold what someone typed."""
    match = request.resolver_match
    return match.route if match is not None else ""


def for_machines(view: View) -> View:
    """Mark a view that answers even when nobody can be asked who acts, because the database is gone."""
    view.allhands_is_for_machines = True  # type: ignore[attr-defined]  # functions are open; the middleware reads it
    return view


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: the API answers programs in their own form."""
    return request.path.startswith("/api/")

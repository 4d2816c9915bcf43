"""Where a person is signed in, and ending it there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest

from allhands.agencies.models import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """One place where this person is signed in.

    Args:
        device: what the browser says of itself, shortened; its word only.
        is_here: the session of this very request.
    """

    id: str
    since: datetime
    device: str
    is_here: bool


_BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


def begin(request: HttpRequest, account: Account) -> None:
    """Signs a person in who came by another door than password or passkey, and notes where."""
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    UserSession.objects.create_from_request(request)


def list_sessions(request: HttpRequest) -> tuple[SessionView, ...]:
    """Every place where the signed-in person is signed in, this one first."""
    found = [
        SessionView(
            id=str(session.pk),
            since=session.created_at,
            device=name_device(session.user_agent),
            is_here=session.session_key == request.session.session_key,
        )
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    return tuple(sorted(found, key=lambda session: (not session.is_here, session.since)))


def end_others(request: HttpRequest) -> int:
    """Signs the person out everywhere but here; returns in how many places."""
    others = UserSession.objects.filter(user_id=request.user.pk).exclude(session_key=request.session.session_key)
    count = 0
    for session in others:
        session.end()
        count += 1
    return count


def name_device(user_agent: str) -> str:
    """Browser and system in two words, empty when neither is known.

    Example:
        >>> name_device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
        'Firefox, Linux'
    """
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return ", ".join(part for part in (browser, system) if part)

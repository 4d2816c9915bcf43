"""The idle lock: a page left alone is covered, and the person shows again that it is them. Nothing typed is lost.

Two clocks agree on it. The page's own counts hands on the keyboard in all tabs and covers them at once; the server's
counts requests, so that it holds without script too, and for a session whose cookie was carried away.
"""

from __future__ import annotations

import base64
import json
import time
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote, urlsplit

from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

_LOCKED_AT: Final = "locked-at"
_UNSENT: Final = "unsent"
_LARGEST_UNSENT: Final = 200_000
_TELL_EVERY: Final = timedelta(minutes=1)  # one write a minute and session is enough to measure minutes
# What a locked session may still open as itself: the ways to unlock, and to leave.
OPEN_WHILE_LOCKED: Final = frozenset(
    {
        "locked", "account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_login",
        "account_logout", "openid_connect_login", "openid_connect_callback", "set_language", "theme",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A form that was sent while the session was locked.

    Args:
        path: where it was going.
        page: the page it was on; the first one when the browser did not say.
        fields: names and values in their order; files do not come along.
    """

    path: str
    page: str
    fields: tuple[tuple[str, str], ...]


def is_locked(request: HttpRequest) -> bool:
    """Whether this session must show again who is there. Asked once a request."""
    known: bool | None = getattr(request, "allhands_locked", None)
    if known is None:
        known = request.user.is_authenticated and _is_locked(request)
        request.allhands_locked = known  # type: ignore[attr-defined]  # HttpRequest is open
    return known


def lock(request: HttpRequest) -> None:
    """From now on nobody acts in this session until they have shown who they are."""
    request.session[_LOCKED_AT] = time.time()
    request.allhands_locked = True  # type: ignore[attr-defined]  # as above


def take_unsent(request: HttpRequest, *, forget: bool = False) -> Unsent | None:
    """What was sent while locked; it is closed with a key of this session, and only an unlocked one gets here."""
    kept = request.session.pop(_UNSENT, None) if forget else request.session.get(_UNSENT)
    if not isinstance(kept, str):
        return None
    try:
        found = json.loads(_cipher(request).decrypt(kept.encode()))
    except InvalidToken:
        return None  # the session was begun anew, or the secret changed
    return Unsent(
        path=found["path"], page=found["page"], fields=tuple((name, value) for name, value in found["fields"])
    )


class IdleLock:
    """Middleware, before the one that finds who acts: a locked session is a stranger's, but for the ways to unlock."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: HttpResponseBase = self.get_response(request)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """A form that a locked person sent is kept for them; everything else goes on, as a stranger's."""
        if getattr(view, "allhands_is_for_machines", False) or not request.user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if not is_locked(request):
            if _is_by_hand(request, name or ""):
                _note_hand(request)
            return None
        if name in OPEN_WHILE_LOCKED:
            return None
        if request.method == "POST" and _is_from_a_page(request) and _keep_unsent(request):
            return HttpResponseRedirect(f"{reverse('locked')}?next={quote(reverse('unsent'))}")
        request.user = AnonymousUser()
        return None


def _is_locked(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    shown = max((float(one.get("at", 0)) for one in records), default=0.0)
    if float(request.session.get(_LOCKED_AT, 0.0)) > shown:
        return True
    minutes = settings.ALLHANDS_IDLE_MINUTES
    row = _tracked(request) if minutes else None
    return row is not None and time.time() - max(row.last_seen_at.timestamp(), shown) > minutes * 60


def _tracked(request: HttpRequest) -> UserSession | None:
    """Where the session's last hand is noted. Asked once a request."""
    if not hasattr(request, "allhands_tracked"):
        row = UserSession.objects.filter(session_key=request.session.session_key).only("last_seen_at").first()
        request.allhands_tracked = row  # type: ignore[attr-defined]  # as above
    found: UserSession | None = request.allhands_tracked  # type: ignore[attr-defined]  # as above
    return found


def _note_hand(request: HttpRequest) -> None:
    """Not kept in the session itself: a page on its way would write back what another has just changed there."""
    if not settings.ALLHANDS_IDLE_MINUTES:
        return
    row, now = _tracked(request), timezone.now()
    if row is None:
        UserSession.objects.create_from_request(request)
    elif row.last_seen_at < now - _TELL_EVERY:
        UserSession.objects.filter(pk=row.pk).update(last_seen_at=now)


def _is_by_hand(request: HttpRequest, name: str) -> bool:
    """Rows that renew themselves and the feed behind them are nobody's hand."""
    return name != "live" and "X-Allhands-Live" not in request.headers


def _is_from_a_page(request: HttpRequest) -> bool:
    """A form that somebody sent, not a script in the background, which keeps its own copy."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _keep_unsent(request: HttpRequest) -> bool:
    fields = [(name, value) for name, all_ in request.POST.lists() for value in all_ if name != "csrfmiddlewaretoken"]
    came_from = urlsplit(request.headers.get("Referer", ""))
    page = came_from.path if came_from.netloc == request.get_host() and came_from.path.startswith("/") else "/"
    plain = json.dumps({"path": request.get_full_path(), "page": page, "fields": fields}).encode()
    if not fields or len(plain) > _LARGEST_UNSENT:
        return False
    request.session[_UNSENT] = _cipher(request).encrypt(plain).decode()
    return True


def _cipher(request: HttpRequest) -> Fernet:
    """Closed at rest, as everything about a child: with the secret of this installation, and for this person only."""
    purpose = f"allhands unsent {request.user.pk}".encode()
    key = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=purpose).derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))

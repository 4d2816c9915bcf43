"""Writes signing in, failing to, signing out and changed factors into the journal. Ids only, never an address."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.http import HttpRequest
from django.utils import timezone

from allhands.agencies import queries
from allhands.agencies.models import Account
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit.api import Detail, Event, audited

DEMO_DOOR = "demo-enter"  # name of the address through which the cast comes in


def connect() -> None:
    """Listens to the events of signing in. Called once, when the slice is ready."""
    user_logged_in.connect(_signed_in, dispatch_uid="agencies.signed-in")
    user_login_failed.connect(_failed, dispatch_uid="agencies.sign-in-failed")
    user_logged_out.connect(_signed_out, dispatch_uid="agencies.signed-out")
    password_changed.connect(_password_changed, dispatch_uid="agencies.password-changed")
    authenticator_added.connect(_factor_added, dispatch_uid="agencies.factor-added")
    authenticator_removed.connect(_factor_removed, dispatch_uid="agencies.factor-removed")


def note_copied_passkey(account: Account) -> None:
    """Somebody came with a passkey that counts backwards: it is refused, and whoever reads the journal should know."""
    _write(Event.SIGN_IN_FAILED, account, {"why": "passkey-copied"})


def _signed_in(request: HttpRequest, user: Account, **_: Any) -> None:
    match = request.resolver_match
    is_demo = match is not None and match.url_name == DEMO_DOOR
    _write(Event.DEMO_SIGNED_IN if is_demo else Event.SIGNED_IN, user)


def _failed(**_: Any) -> None:
    _write(Event.SIGN_IN_FAILED, None)


def _signed_out(user: Account | None, **_: Any) -> None:
    _write(Event.SIGNED_OUT, user)


def _password_changed(user: Account, **_: Any) -> None:
    _write(Event.PASSWORD_CHANGED, user)


def _factor_added(user: Account, **_: Any) -> None:
    _write(Event.SECOND_FACTOR_ADDED, user)


def _factor_removed(user: Account, **_: Any) -> None:
    _write(Event.SECOND_FACTOR_REMOVED, user)


def _write(event: Event, account: Account | None, details: dict[str, Detail] | None = None) -> None:
    now = timezone.now()
    actor = queries.find_actor(account.pk, "", now) if account is not None else None
    subject_id = account.pk if account is not None else ""
    with audited(actor or SYSTEM, now, event, subject_id=subject_id, details=details or {}):
        pass

"""From a signed-in person to an actor: the hat in force."""

from __future__ import annotations

import enum

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from allhands.agencies import queries
from allhands.agencies.contracts import MemberView
from allhands.agencies.sign_in.lock import is_locked
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied

SESSION_HAT = "hat"
SESSION_SECOND_STEP = "second-step-by-provider"  # holds the account for which it was taken
SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class Standing(enum.Enum):
    """Why a signed-in person acts, or does not yet."""

    STRANGER = "stranger"
    NEEDS_SECOND_STEP = "needs-second-step"
    WITHOUT_HAT = "without-hat"
    ACTS = "acts"


def resolve_actor(request: HttpRequest) -> Actor | None:
    """Who acts: this session's person under the hat in force. None for a stranger, while a second step lacks, and
    while the session is locked."""
    account_id = account_of(request)
    if not account_id or is_locked(request) or _lacks_second_step(request, account_id):
        return None
    return queries.find_actor(account_id, request.session.get(SESSION_HAT, ""), timezone.now())


def standing_of(request: HttpRequest) -> Standing:
    """How far this person has come on the way to acting."""
    account_id = account_of(request)
    if not account_id:
        return Standing.STRANGER
    if _lacks_second_step(request, account_id):
        return Standing.NEEDS_SECOND_STEP
    return Standing.ACTS if queries.list_hats(account_id, timezone.now()) else Standing.WITHOUT_HAT


def hats_of(request: HttpRequest) -> tuple[MemberView, ...]:
    """What the signed-in person may act as now."""
    account_id = account_of(request)
    return queries.list_hats(account_id, timezone.now()) if account_id else ()


def put_on(request: HttpRequest, member_id: str) -> None:
    """From the next request the person acts under this hat.

    Raises:
        Denied: agencies.hat, it is not one of theirs or does not hold now.
    """
    if member_id not in {hat.id for hat in hats_of(request)}:
        raise Denied("agencies.hat")
    request.session[SESSION_HAT] = member_id


def account_of(request: HttpRequest) -> str:
    """The id of the signed-in account; empty for a stranger."""
    return str(request.user.pk) if request.user.is_authenticated else ""


def _lacks_second_step(request: HttpRequest, account_id: str) -> bool:
    if not settings.ALLHANDS_REQUIRE_MFA or request.session.get(SESSION_SECOND_STEP) == account_id:
        return False
    return not Authenticator.objects.filter(user_id=account_id, type__in=SECOND_STEPS).exists()

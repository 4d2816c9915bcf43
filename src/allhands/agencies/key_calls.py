"""How often a key may call, and how often one address may call without a good one. Counted for all processes together.

A good key is counted by itself, so that nobody who sends wrong ones makes it wait, not even from the same address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone

from allhands.agencies.actions.tokens import find_token
from allhands.platform.counts.store import Tally, tally
from allhands.platform.web.metrics import DENIALS

MINUTE: Final = 60
# A minute, from one address, with a wrong key or none. Beyond it nothing is looked at and nothing is journalled.
WRONG_KEYS: Final = 60
CODE: Final = "too-often"


def key_of(request: HttpRequest) -> str:
    """What stands behind `Authorization: Bearer`; empty when nothing does."""
    scheme, _, raw = request.headers.get("Authorization", "").partition(" ")
    return raw.strip() if scheme.lower() == "bearer" else ""


class KeyCalls:
    """Middleware, before the one that opens the request's transaction: a call counts at once and for good.

    It stands before the views that say how they answer a call too many: `allhands_too_many_calls(seconds)`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """The answer to one call too many; None lets the call go on."""
        answer: Callable[[int], HttpResponse] | None = getattr(view, "allhands_too_many_calls", None)
        if answer is None or not settings.ALLHANDS_API_CALLS_A_MINUTE:
            return None
        counted, most = _count(request)
        if counted.times <= most:
            return None
        DENIALS.labels(code=CODE).inc()
        response = answer(counted.seconds_left)
        response.headers["Retry-After"] = str(counted.seconds_left)
        return response


def _count(request: HttpRequest) -> tuple[Tally, int]:
    """How often it called in this minute, and how often it may."""
    key = find_token(key_of(request), timezone.now())
    if key is None:
        return tally(f"wrong key {get_ip(request)}", seconds=MINUTE), WRONG_KEYS
    return tally(f"key {key.pk}", seconds=MINUTE), settings.ALLHANDS_API_CALLS_A_MINUTE

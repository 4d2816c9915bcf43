"""How often one connection may press a public button. Counted for all processes under a digest, and soon forgotten."""

from __future__ import annotations

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from allhands.kernel.errors import Refused

CODE = "too-many"


def check_not_too_many(request: HttpRequest, action: str, *, field: str) -> None:
    """Only the place it comes from waits: no name, no address and no agency is counted.

    Args:
        action: its limit stands under this name in ACCOUNT_RATE_LIMITS.
        field: at which the page shows the refusal.

    Raises:
        Refused: `too-many`.
    """
    if not ratelimit.consume(request, action=action):
        said = _("Many came from this connection in a short time. Wait ten minutes, then press the button again.")
        raise Refused(CODE, said, field=field)


def status_of(refused: Refused) -> int:
    """The status of a public form that shows a refusal."""
    return 429 if refused.code == CODE else 422

"""The key of an agency's own software, and what each call needs of it."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import HttpBearer

from allhands.agencies import api as agencies
from allhands.agencies.contracts import Scope
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied


class AgencyKey(HttpBearer):
    """`Authorization: Bearer <key>`: a key of an agency, made on the agency's page and shown once.

    Args:
        needs: what the key must be good for; None when any key will do.
    """

    def __init__(self, needs: Scope | None = None) -> None:
        super().__init__()
        self.needs = needs

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The actor of the key, or None: the answer is 401 and says no more.

        Raises:
            Denied: `token.scope`, the key is good but not for this.
        """
        return agencies.authenticate_token(token, needs=self.needs)


def actor_of(request: HttpRequest) -> Actor:
    """The agency's software that calls.

    Raises:
        Denied: `token`; nobody was asked for a key, which is a bug of ours.
    """
    actor = getattr(request, "auth", None)
    if not isinstance(actor, Actor):
        raise Denied("token")
    return actor

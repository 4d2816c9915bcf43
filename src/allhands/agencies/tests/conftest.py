"""The county of the demo world alone: what other slices tell of it is theirs to test. And Wren, who signs in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from allhands.agencies.demo import load as loader
from allhands.kernel.actors import Actor, Role
from allhands.platform.testing.cast import Cast, make_account, make_member

EMAIL, PASSWORD = "wren@people.example", "seven lamps by the river"


@pytest.fixture(autouse=True)
def no_stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """No child is missing here."""
    monkeypatch.setattr(loader, "_stories", [])


@pytest.fixture
def wren(cast: Cast) -> Actor:
    """A caseworker with a password."""
    account = make_account(EMAIL, password=PASSWORD)
    EmailAddress.objects.create(user_id=account, email=EMAIL, verified=True, primary=True)
    return make_member("Wren", Role.CASEWORKER, cast.caseworker.agency_id, account_id=account)

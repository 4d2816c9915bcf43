"""Keys: shown once, kept as a hash, good for what they say and no longer."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from allhands.agencies import actions, api, queries
from allhands.agencies.commands import IssueToken
from allhands.agencies.contracts import IssuedToken, Scope
from allhands.agencies.models import ApiToken
from allhands.kernel.actors import ActorKind, AgencyKind
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
END = NOW + timedelta(days=90)


def issue(cast: Cast, *scopes: Scope, expires_at: datetime = END) -> IssuedToken:
    command = IssueToken(
        agency_id=cast.administrator.agency_id,
        name="Case system, north office",
        scopes=frozenset(scopes or {Scope.REPORTS_WRITE}),
        expires_at=expires_at,
    )
    return actions.issue_token(cast.administrator, command, NOW)


def test_token_acts_for_its_agency(cast: Cast) -> None:
    actor = api.authenticate_token(issue(cast).raw, now=NOW)
    assert actor is not None
    assert (actor.kind, actor.agency_id, actor.agency_kind) == (
        ActorKind.TOKEN,
        cast.administrator.agency_id,
        AgencyKind.CHILD_WELFARE,
    )
    assert (actor.member_id, actor.role) == ("", None)


def test_token_is_kept_as_sha256_only(cast: Cast) -> None:
    issued = issue(cast)
    row = ApiToken.objects.get()
    assert row.digest == hashlib.sha256(issued.raw.encode()).hexdigest()
    assert len(issued.raw.split("_", 2)[2]) == 43  # 256 bits in base 64
    assert issued.raw not in str(row.__dict__)
    assert Journal.objects.get().event == Event.TOKEN_ISSUED


@pytest.mark.parametrize("spoiled", ["", "x", "allhands_", "ALLHANDS"])
def test_token_unknown_is_nobody(cast: Cast, spoiled: str) -> None:
    issued = issue(cast)
    assert api.authenticate_token(spoiled, now=NOW) is None
    assert api.authenticate_token(issued.raw[:-1], now=NOW) is None
    assert api.authenticate_token(issued.prefix, now=NOW) is None


def test_token_ends(cast: Cast) -> None:
    issued = issue(cast)
    assert api.authenticate_token(issued.raw, now=END - timedelta(seconds=1)) is not None
    assert api.authenticate_token(issued.raw, now=END) is None


def test_token_revoked_opens_nothing(cast: Cast) -> None:
    issued = issue(cast)
    actions.revoke_token(cast.administrator, issued.id, NOW)
    assert api.authenticate_token(issued.raw, now=NOW) is None
    assert [token.revoked_at for token in queries.list_tokens(cast.administrator.agency_id)] == [NOW]


def test_token_is_good_for_its_scopes_only(cast: Cast) -> None:
    issued = issue(cast, Scope.EPISODES_READ)
    assert api.authenticate_token(issued.raw, needs=Scope.EPISODES_READ, now=NOW) is not None
    with pytest.raises(Denied, match=r"token\.scope"):
        api.authenticate_token(issued.raw, needs=Scope.REPORTS_WRITE, now=NOW)


def test_token_notes_the_day_of_use(cast: Cast) -> None:
    issued = issue(cast)
    api.authenticate_token(issued.raw, now=NOW)
    api.authenticate_token(issued.raw, now=NOW + timedelta(days=1))
    [token] = queries.list_tokens(cast.administrator.agency_id)
    assert str(token.last_used_on) == "2026-11-25"


@pytest.mark.parametrize("expires_at", [NOW, NOW + timedelta(days=367)], ids=["at once", "beyond a year"])
def test_token_needs_an_end_within_a_year(cast: Cast, expires_at: datetime) -> None:
    with pytest.raises(Refused) as refused:
        issue(cast, expires_at=expires_at)
    assert refused.value.code == "token-expiry"


def test_token_is_issued_and_revoked_by_the_administrator_only(cast: Cast) -> None:
    issued = issue(cast)
    command = IssueToken(
        agency_id=cast.administrator.agency_id, name="x", scopes=frozenset({Scope.REPORTS_WRITE}), expires_at=END
    )
    for actor in (cast.caseworker, cast.director, cast.outsider):
        with pytest.raises(Denied):
            actions.issue_token(actor, command, NOW)
        with pytest.raises(Denied):
            actions.revoke_token(actor, issued.id, NOW)

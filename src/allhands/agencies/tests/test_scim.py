"""An identity provider says that somebody left: their roles, sessions and keys end at once, and the agency is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allhands.agencies import actions, scim
from allhands.agencies.commands import HelpSignIn
from allhands.agencies.models import Account, ApiToken, Member
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import Actor, Role
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, account_of, make_account, make_key, make_member

pytestmark = pytest.mark.django_db
EMAIL = "wren@people.example"
USERS = "/scim/v2/Users"


class Provider:
    """An agency's identity provider with its key."""

    def __init__(self, agency_id: AgencyId, *scopes: str) -> None:
        self.key = make_key(agency_id, *(scopes or ("people:end",)), name="Directory")

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        return Client().generic(
            method, path, json.dumps(body) if body is not None else "", content_type="application/scim+json",
            headers={"Authorization": f"Bearer {self.key}"},
        )  # fmt: skip


def patch(value: object, path: str | None = "active") -> dict[str, object]:
    return {"schemas": [scim.PATCH], "Operations": [{"op": "Replace", "path": path, "value": value}]}


@pytest.fixture
def wren(cast: Cast) -> Actor:
    return make_member("Wren", Role.CASEWORKER, cast.caseworker.agency_id, account_id=make_account(EMAIL))


@pytest.fixture
def provider(cast: Cast) -> Provider:
    return Provider(cast.caseworker.agency_id)


def at_a_desk(who: Actor) -> Client:
    """A browser in which this person is signed in, noted as a real sign-in notes it."""
    client = Client()
    client.force_login(account_of(who))
    assert client.get("/agency").status_code == 200
    assert UserSession.objects.filter(user_id=account_of(who).pk).exists()
    return client


def test_a_person_is_found_by_work_email(provider: Provider, wren: Actor) -> None:
    found = provider.ask("GET", f'{USERS}?filter=userName eq "Wren@people.example"')
    assert found.headers["Content-Type"] == "application/scim+json"
    page = found.json()
    assert (page["totalResults"], page["schemas"]) == (1, [scim.LIST])
    one = page["Resources"][0]
    assert (one["userName"], one["active"], one["id"]) == (EMAIL, True, account_of(wren).pk)
    assert provider.ask("GET", one["meta"]["location"].removeprefix("http://localhost:8000")).json() == one
    assert provider.ask("GET", f"{USERS}?startIndex=2&count=1").json()["itemsPerPage"] == 1
    assert provider.ask("GET", f'{USERS}?filter=userName eq "nobody@x.example"').json()["totalResults"] == 0


@pytest.mark.parametrize(
    "body",
    [patch(False), patch("False"), patch({"active": False}, None), patch(False, f"{scim.USER}:active")],
    ids=["path", "word", "no path", "with schema"],
)
def test_inactive_ends_roles_sessions_and_keys(
    provider: Provider, wren: Actor, cast: Cast, settings: Settings, body: dict[str, object]
) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    desk, other = at_a_desk(wren), at_a_desk(cast.supervisor)
    ApiToken.objects.filter(pk=ApiToken.objects.get(name="Directory").pk).update(member_id=wren.member_id)
    theirs = make_key(wren.agency_id, name="Export at night")
    ApiToken.objects.filter(name="Export at night").update(member_id=wren.member_id)
    episodes.report_missing(wren, report(), timezone.now())
    link = actions.help_sign_in(cast.administrator, HelpSignIn(member_id=wren.member_id), timezone.now()).raw
    path = f"{USERS}/{account_of(wren).pk}"
    answer = provider.ask("PATCH", path, body)
    assert (answer.status_code, answer.json()["active"]) == (200, False)
    assert desk.get("/agency").headers["Location"].startswith("/sign-in")
    assert desk.get("/account").status_code == 302, "the session itself is over, not only the role"
    assert other.get("/agency").status_code == 200
    assert actions.authenticate_token(theirs) is None
    assert not actions.is_help_open(link, timezone.now())
    assert provider.ask("GET", path).json()["active"] is False, "the key that asked goes on"
    with acting_as(cast.supervisor):
        told = apps.get_model("channels", "Delivery").objects.get(refers_to__startswith="left-").body.decode()
    assert "Wren no longer works with us" in told
    assert "owner: 1." in told
    assert "Export at night" in told
    assert "Maya" not in told
    assert provider.ask("PATCH", path, patch(False)).status_code == 200, "said twice is said once"


def test_deleted_is_no_longer_shown(provider: Provider, wren: Actor) -> None:
    path = f"{USERS}/{account_of(wren).pk}"
    assert provider.ask("DELETE", path).status_code == 204
    for method in ("GET", "DELETE"):
        assert provider.ask(method, path).status_code == 404
    assert provider.ask("GET", f'{USERS}?filter=userName eq "{EMAIL}"').json()["totalResults"] == 0
    assert Member.objects.get(pk=wren.member_id).display_name == "Wren", "what she did stays in her name"


def test_whole_resource_as_some_providers_send_it(provider: Provider, wren: Actor) -> None:
    path = f"{USERS}/{account_of(wren).pk}"
    whole = provider.ask("GET", path).json()
    assert provider.ask("PUT", path, whole).json()["active"] is True
    renamed = provider.ask("PUT", path, {**whole, "userName": "other@people.example"})
    assert (renamed.status_code, renamed.json()["scimType"]) == (400, "mutability")
    assert provider.ask("PUT", path, {**whole, "active": False}).json()["active"] is False
    back = provider.ask("PUT", path, {**whole, "active": True})
    assert (back.status_code, back.json()["scimType"]) == (400, "mutability"), "nobody is let in this way"


def test_a_hat_elsewhere_is_not_this_agencys_to_end(provider: Provider, wren: Actor, cast: Cast) -> None:
    elsewhere = make_member("Wren", Role.OFFICER, cast.officer.agency_id, account_id=account_of(wren).pk)
    provider.ask("PATCH", f"{USERS}/{account_of(wren).pk}", patch(False))
    assert Member.objects.get(pk=elsewhere.member_id).ends_on is None
    assert Account.objects.get(email=EMAIL).is_active


def test_only_the_agencys_own_key_for_people(wren: Actor, cast: Cast) -> None:
    path = f"{USERS}/{account_of(wren).pk}"
    assert Client().get(path).status_code == 401
    assert Client().get(path).json()["schemas"] == [scim.ERROR]
    assert Provider(cast.caseworker.agency_id, "episodes:read").ask("DELETE", path).status_code == 403
    assert Provider(cast.officer.agency_id).ask("DELETE", path).status_code == 404
    key = Provider(cast.caseworker.agency_id).key
    told = Client().get("/api/v1/episodes/none", headers={"Authorization": f"Bearer {key}"})
    assert told.status_code == 403, "and it is good for nothing else"
    assert Member.objects.get(pk=wren.member_id).ends_on is None


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "kind"),
    [
        ("GET", '?filter=emails co "x"', None, 400, "invalidFilter"),
        ("GET", "?startIndex=first", None, 400, "invalidValue"),
        ("GET", "?startIndex=--5", None, 400, "invalidValue"),
        ("GET", "?count=1234567890", None, 400, "invalidValue"),
        ("POST", "", {"userName": "new@people.example"}, 501, None),
        ("PATCH", "/{id}", {"Operations": []}, 400, "invalidSyntax"),
        ("PATCH", "/{id}", patch("Robin", "displayName"), 400, "invalidPath"),
        ("PATCH", "/{id}", patch("perhaps"), 400, "invalidValue"),
        ("PATCH", "/{id}", [1], 400, "invalidSyntax"),
        ("PATCH", "/nobody", patch(False), 404, None),
    ],
)
def test_every_no_is_in_the_form_of_the_standard(
    provider: Provider, wren: Actor, method: str, path: str, body: object, status: int, kind: str | None
) -> None:
    answer = provider.ask(method, USERS + path.replace("{id}", account_of(wren).pk), body)
    told = answer.json()
    assert (answer.status_code, told["status"], told["schemas"]) == (status, str(status), [scim.ERROR])
    assert told.get("scimType") == kind
    assert told["detail"]


def test_ten_thousand_levels_are_no_fault(provider: Provider, wren: Actor) -> None:
    deep = Client().generic(
        "PATCH", f"{USERS}/{account_of(wren).pk}", "[" * 10_000, content_type="application/json",
        headers={"Authorization": f"Bearer {provider.key}"},
    )  # fmt: skip
    assert deep.status_code == 400


def test_it_says_what_it_can_do(provider: Provider) -> None:
    told = provider.ask("GET", "/scim/v2/ServiceProviderConfig").json()
    assert told["patch"]["supported"]
    assert told["filter"]["supported"]
    assert not told["bulk"]["supported"]

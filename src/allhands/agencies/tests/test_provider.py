"""Coming in through an organisation's own sign-in, against a real OpenID provider on this machine."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from allhands.agencies.contracts import MemberView
from allhands.agencies.models import Account, Member
from allhands.agencies.queries import list_hats
from allhands.agencies.sign_in.provider import Person, ProviderRules, changes, parse_roles, read_person
from allhands.kernel.actors import Role
from allhands.kernel.errors import Refused
from allhands.platform.testing.cast import Cast

# The provider's own library warns of its own changes to come.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

RULES = ProviderRules(
    domains=frozenset({"prairie.example"}), groups_claim="groups", roles={"cps": ("a1", Role.CASEWORKER)}
)
RUTH = {"email": "Ruth@prairie.example", "email_verified": True, "name": "Ruth", "groups": ["cps", "all"]}


def test_person_is_read_from_the_claims() -> None:
    assert read_person({**RUTH, "amr": ["pwd", "mfa"]}, RULES) == Person(
        email="ruth@prairie.example", name="Ruth", hats=frozenset({("a1", Role.CASEWORKER)}), has_second_step=True
    )


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"email": ""}, "provider-no-email"),
        ({"email": None}, "provider-no-email"),
        ({"email_verified": False}, "provider-email-unverified"),
        ({"email_verified": "true"}, "provider-email-unverified"),
        ({"email": "ruth@elsewhere.example"}, "provider-other-domain"),
        ({"email": "ruth@prairie.example.evil.example"}, "provider-other-domain"),
    ],
)
def test_claims_that_do_not_suffice_are_refused(changed: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_person({**RUTH, **changed}, RULES)
    assert refused.value.code == code


@pytest.mark.parametrize("groups", [None, "cps", ["cps"], ["CPS"], [], {"cps": 1}, ["cps "]])
def test_groups_give_the_roles_they_name_and_no_other(groups: object) -> None:
    assert bool(read_person({**RUTH, "groups": groups}, RULES).hats) is (groups in ("cps", ["cps"]))


def test_provider_governs_its_own_roles_only() -> None:
    person = read_person({**RUTH, "groups": []}, RULES)
    worn = [("a1", Role.CASEWORKER), ("a1", Role.SUPERVISOR), ("a2", Role.CASEWORKER)]
    assert changes(RULES, person, worn) == (frozenset(), frozenset({("a1", Role.CASEWORKER)}))


@pytest.mark.parametrize("text", ["cps", "cps=a1", "cps=a1:KING", "=a1:CASEWORKER", "cps=:CASEWORKER"])
def test_spoilt_mapping_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="GROUP=AGENCY:ROLE"):
        parse_roles(text)


SignIn = Callable[[str, dict[str, object]], Any]
"""From a subject and its claims to the answer, whose `client` is the browser that came back."""


@pytest.fixture
def sign_in(settings: Any, cast: Cast) -> Iterator[SignIn]:
    """Go to the provider, say who one is, and come back."""
    agency_id = cast.caseworker.agency_id
    with run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        app = {"provider_id": "organisation", "name": "x", "client_id": "c", "secret": "s"}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": issuer}}]}
        }
        settings.ALLHANDS_OIDC_ISSUER = issuer
        settings.ALLHANDS_OIDC_DOMAINS = ["prairie.example"]
        settings.ALLHANDS_OIDC_ROLES = f"cps={agency_id}:DISPATCHER"
        settings.ALLHANDS_REQUIRE_MFA = True

        def go(subject: str, claims: dict[str, object]) -> Any:
            httpx.put(f"{issuer}/users/{subject}", json=claims).raise_for_status()
            client = Client()
            away = client.get("/sign-in/with/organisation")
            back = httpx.post(away.headers["Location"], data={"sub": subject})
            answer = client.get(back.headers["Location"].replace("http://testserver", ""))
            answer.client = client
            return answer

        yield go


def hats(email: str) -> list[MemberView]:
    account = Account.objects.filter(email=email).first()
    return list(list_hats(account.pk, datetime.now(UTC))) if account else []


@pytest.mark.django_db
def test_group_lets_a_new_person_in_and_its_end_ends_the_role(sign_in: SignIn) -> None:
    new = {**RUTH, "email": "new@prairie.example", "amr": ["mfa"]}
    answer = sign_in("new", new)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert [hat.role for hat in hats("new@prairie.example")] == [Role.DISPATCHER]
    assert answer.client.get("/account").status_code == 200
    sign_in("new", {**new, "groups": []})
    assert hats("new@prairie.example") == []
    assert Member.objects.filter(account__email="new@prairie.example").count() == 1


@pytest.mark.django_db
def test_password_alone_at_the_provider_still_needs_a_second_step_here(sign_in: SignIn) -> None:
    answer = sign_in("new", {**RUTH, "email": "new@prairie.example"})
    assert answer.client.get("/report").headers["Location"].startswith("/sign-in")


@pytest.mark.django_db
def test_invited_person_comes_to_their_own_account(sign_in: SignIn, cast: Cast) -> None:
    account = Member.objects.get(pk=cast.caseworker.member_id).account
    Account.objects.filter(pk=account.pk).update(email="ruth@prairie.example")
    before = [hat.id for hat in hats("ruth@prairie.example")]
    sign_in("ruth", {**RUTH, "groups": []})
    assert [hat.id for hat in hats("ruth@prairie.example")] == before
    assert Account.objects.filter(email="ruth@prairie.example").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [{"groups": []}, {"email_verified": False}, {"email": "new@elsewhere.example"}, {"email": ""}],
)
def test_stranger_is_told_why_and_gets_no_account(sign_in: SignIn, changed: dict[str, object]) -> None:
    before = Account.objects.count()
    answer = sign_in("new", {**RUTH, "email": "new@prairie.example", **changed})
    assert answer.status_code == 403
    assert "You are not signed in" in answer.text
    assert Account.objects.count() == before


@pytest.mark.django_db
def test_subject_of_one_account_does_not_become_another(sign_in: SignIn, cast: Cast) -> None:
    sign_in("new", {**RUTH, "email": "new@prairie.example"})
    other = sign_in("new", {**RUTH, "email": "other@prairie.example"})
    assert other.status_code == 403
    assert "another account" in other.text


def coming_back(issuer: str) -> tuple[Client, str]:
    """A browser that was at the provider, and the address with which it was sent back."""
    httpx.put(f"{issuer}/users/new", json={**RUTH, "email": "new@prairie.example"}).raise_for_status()
    client = Client()
    away = client.get("/sign-in/with/organisation").headers["Location"]
    back = httpx.post(away, data={"sub": "new"}).headers["Location"]
    return client, back.replace("http://testserver", "")


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["another browser", "another state", "no state", "used twice", "another issuer"])
def test_an_answer_that_is_not_this_browsers_lets_nobody_in(sign_in: SignIn, settings: Any, how: str) -> None:
    client, back = coming_back(settings.ALLHANDS_OIDC_ISSUER)
    if how == "another browser":
        client = Client()
    elif how == "another state":
        back = re.sub(r"state=[^&]+", "state=guessed", back)
    elif how == "no state":
        back = re.sub(r"&?state=[^&]+", "", back)
    elif how == "used twice":
        client.get(back)
        client = Client()
        client.get("/sign-in/with/organisation")
    else:
        app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]
        app["settings"]["openid_configuration_overrides"] = {"issuer": "https://elsewhere.example"}
    assert client.get(back).status_code == 403
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_refusal_at_the_provider_leads_back_kindly(sign_in: SignIn) -> None:
    answer = Client().get("/sign-in/with/organisation/back?error=access_denied&state=x")
    assert answer.status_code == 403


@pytest.mark.django_db
def test_without_a_provider_there_is_no_such_door(client: Client) -> None:
    assert client.get("/sign-in/with/organisation").status_code == 404
    assert "/sign-in/with" not in client.get("/sign-in").text

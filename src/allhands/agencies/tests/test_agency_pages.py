"""One's own agency: everybody reads, the administrator changes, and secrets show once."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client
from pytest_django import Settings

from allhands.agencies import api, queries
from allhands.agencies.contracts import RouteKind
from allhands.agencies.models import ApiToken, ContactRoute, Invitation, Member
from allhands.kernel.actors import Actor, ActorKind
from allhands.platform.testing.cast import Cast, account_of, make_route

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(settings: Settings) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(account_of(actor))
    return client


def secret_on(page: bytes) -> str:
    found = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.decode(), re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def test_agency_page_is_read_by_all_and_changed_by_the_administrator(cast: Cast) -> None:
    make_route(cast.caseworker.agency_id, "phone", "+1 701 555 0100")
    read = browser(cast.caseworker).get("/agency").content.decode()
    assert "+1 701 555 0100" in read
    assert "Ruth Testworth" in read
    assert "Never tried" in read
    assert "Invite somebody" not in read
    assert "Olga Elsewhere" not in read
    assert "Invite somebody" in browser(cast.administrator).get("/agency").content.decode()


def words_of(page: bytes, typed_id: str) -> str:
    """A page without its CSRF tokens and the address that was typed."""
    without_tokens = re.sub(r"(csrfmiddlewaretoken. value=|X-CSRFToken.: )[^ >]+", "", page.decode())
    return without_tokens.replace(typed_id, "")


ACTS = [
    "/agency/routes/new",
    "/agency/routes/unknown/verify",
    "/agency/people/invite",
    "/agency/people/unknown/end",
    "/agency/people/unknown/let-in",
    "/agency/invitations/unknown/withdraw",
    "/agency/keys/new",
    "/agency/keys/unknown/revoke",
]


@pytest.mark.parametrize("path", ACTS)
def test_agency_acts_are_the_administrator_alone(cast: Cast, path: str) -> None:
    for actor in (cast.caseworker, cast.director, cast.outsider):
        assert browser(actor).post(path).status_code == 403
    assert Client().post(path).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("path", [path for path in ACTS if "unknown" in path])
def test_agency_acts_on_unknown_and_foreign_ids_look_the_same(cast: Cast, path: str) -> None:
    foreign = path.replace("unknown", cast.outsider.member_id)
    administrator = browser(cast.administrator)
    unknown_answer, foreign_answer = administrator.post(path), administrator.post(foreign)
    assert unknown_answer.status_code == foreign_answer.status_code == 403
    assert words_of(unknown_answer.content, "unknown") == words_of(foreign_answer.content, cast.outsider.member_id)


def test_invitation_link_shows_once_and_works(cast: Cast) -> None:
    administrator = browser(cast.administrator)
    values = {"display_name": "Wren", "email": "wren@people.example", "role": "CASEWORKER", "last_day": ""}
    link = secret_on(administrator.post("/agency/people/invite", values).content)
    assert "Welcome, Wren" in Client().get(link).content.decode()
    assert link.rsplit("/", 1)[1] not in administrator.get("/agency").content.decode()
    invitation = Invitation.objects.get()
    administrator.post(f"/agency/invitations/{invitation.pk}/withdraw")
    assert Client().get(link).status_code == 410


def test_invitation_with_mistakes_keeps_what_was_typed(cast: Cast) -> None:
    values = {"display_name": "Łucja Ashkii Biyáázh", "email": "nobody", "role": "CIRCUS", "last_day": "31.02."}
    page = browser(cast.administrator).post("/agency/people/invite", values).content.decode()
    assert page.count("usa-error-message") == 3
    assert "Łucja Ashkii Biyáázh" in page
    assert "<title>Error:" in page
    assert not Invitation.objects.exists()


def test_token_shows_once_and_works_until_revoked(cast: Cast) -> None:
    administrator = browser(cast.administrator)
    values = {"name": "Case system", "scopes": ["reports:write"], "days": "90"}
    raw = secret_on(administrator.post("/agency/keys/new", values).content)
    actor = api.authenticate_token(raw)
    assert actor is not None
    assert actor.kind is ActorKind.TOKEN
    shown = administrator.get("/agency").content.decode()
    assert raw not in shown
    assert ApiToken.objects.get().prefix in shown
    administrator.post(f"/agency/keys/{ApiToken.objects.get().pk}/revoke")
    assert api.authenticate_token(raw) is None


def test_token_without_scope_is_refused_kindly(cast: Cast) -> None:
    page = browser(cast.administrator).post("/agency/keys/new", {"name": "x", "days": "90"}).content.decode()
    assert "usa-error-message" in page
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize(
    ("kind", "address", "taken"),
    [
        ("phone", "+1 701 555 0100", True),
        ("phone", "call Ruth", False),
        ("email", "intake@prairie.example", True),
        ("email", "intake", False),
        ("web", "https://prairie.example/report", True),
        ("web", "javascript:alert(1)", False),
        ("fax", "701-555-0101", True),
        ("inbox", "x", False),
    ],
)
def test_route_is_checked_for_its_kind(cast: Cast, kind: str, address: str, taken: bool) -> None:
    values = {"kind": kind, "address": address, "purpose": "ANY", "is_always_open": "on"}
    browser(cast.administrator).post("/agency/routes/new", values)
    assert ContactRoute.objects.exists() is taken


def test_route_taken_twice_is_refused_and_tried_today_is_noted(cast: Cast) -> None:
    administrator = browser(cast.administrator)
    values = {"kind": "phone", "address": "+1 701 555 0100", "purpose": "ANY"}
    administrator.post("/agency/routes/new", values)
    assert "on the list already" in administrator.post("/agency/routes/new", values).content.decode()
    [route] = api.routes(cast.administrator.agency_id, RouteKind.PHONE)
    administrator.post(f"/agency/routes/{route.id}/verify")
    assert api.routes(cast.administrator.agency_id)[0].verified_on is not None


def test_role_ends_with_its_last_day(cast: Cast) -> None:
    administrator = browser(cast.administrator)
    path = f"/agency/people/{cast.caseworker.member_id}/end"
    assert "Ruth Testworth, caseworker" in administrator.get(path).content.decode()
    administrator.post(path, {"last_day": "2027-01-31"})
    assert str(Member.objects.get(pk=cast.caseworker.member_id).ends_on) == "2027-02-01"


def test_let_in_gives_a_link_and_refuses_oneself(cast: Cast) -> None:
    administrator = browser(cast.administrator)
    link = secret_on(administrator.post(f"/agency/people/{cast.caseworker.member_id}/let-in").content)
    assert Client().get(link).status_code == 200
    answer = administrator.post(f"/agency/people/{cast.administrator.member_id}/let-in")
    assert answer.status_code == 409
    assert queries.list_members(cast.administrator.agency_id)

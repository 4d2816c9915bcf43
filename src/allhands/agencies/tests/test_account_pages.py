"""One's own account: hats, second step behind a confirmation, sessions."""

from __future__ import annotations

import re
from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from allhands.agencies.models import Invitation, Member
from allhands.kernel.actors import Role
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast, account_of, make_account, make_member, make_route
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
PASSWORD = "seven lamps by the river"


@pytest.fixture(autouse=True)
def calm(settings: Settings) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.fixture
def signed_in(client: Client, cast: Cast) -> Client:
    account = make_account("wren@people.example", password=PASSWORD)
    make_member("Wren", Role.CASEWORKER, cast.caseworker.agency_id, account_id=account)
    make_member("Wren", Role.OFFICER, cast.officer.agency_id, account_id=account, starts_on=date(2025, 3, 3))
    client.post("/sign-in", {"login": "wren@people.example", "password": PASSWORD})
    return client


def test_account_of_a_stranger_asks_to_sign_in(client: Client) -> None:
    assert client.get("/account").headers["Location"] == "/sign-in?next=/account"


def test_account_shows_hats_and_changes_them(signed_in: Client) -> None:
    before = page(signed_in, "/account")
    assert "You act as caseworker, Test County Human Services" in re.sub(r"\s+", " ", before)
    [other] = re.findall(r'name="member" value="(\w+)"', before)
    assert signed_in.get("/account/hat").status_code == 405
    assert signed_in.post("/account/hat", {"member": other}).status_code == 302
    assert "You act as police officer, Test County Sheriff" in re.sub(r"\s+", " ", page(signed_in, "/account"))


def test_account_denies_a_hat_of_somebody_else(signed_in: Client, cast: Cast) -> None:
    answer = signed_in.post("/account/hat", {"member": cast.supervisor.member_id})
    assert answer.status_code == 403
    assert Journal.objects.filter(event=Event.ACCESS_DENIED, details__code="agencies.hat").count() == 1


def test_second_step_wants_a_confirmation_then_a_code(
    signed_in: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    asked = signed_in.get("/account/second-step/app")
    assert asked.status_code == 302
    assert asked.headers["Location"].startswith("/account/again")
    signed_in.post(asked.headers["Location"], {"password": PASSWORD, "next": "/account/second-step/app"})
    shown = page(signed_in, "/account/second-step/app")
    secret = re.search(r"<code>(\w+)</code>", shown)
    assert secret is not None
    code = totp.format_hotp_value(totp.hotp_value(secret[1], next(totp.yield_hotp_counters_from_time())))
    with django_capture_on_commit_callbacks(execute=True):
        answer = signed_in.post("/account/second-step/app", {"code": code})
    assert answer.headers["Location"] == "/account/second-step/codes"
    assert page(signed_in, "/account/second-step/codes").count("<code>") == 10
    assert "App for codes: set up." in page(signed_in, "/account")
    assert Journal.objects.filter(event=Event.SECOND_FACTOR_ADDED).exists()


def test_passkey_page_offers_to_add_this_device(signed_in: Client) -> None:
    signed_in.post("/account/again", {"password": PASSWORD})
    shown = page(signed_in, "/account/second-step/passkeys/add")
    assert "Add this device" in shown
    assert "creation_options" in shown


def test_second_step_is_taken_away_after_a_confirmation(signed_in: Client) -> None:
    account = signed_in.session["_auth_user_id"]
    Authenticator.objects.create(user_id=account, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert signed_in.post("/account/second-step/app/remove").headers["Location"].startswith("/account/again")
    signed_in.post("/account/again", {"password": PASSWORD})
    signed_in.post("/account/second-step/app/remove")
    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_password_changes_with_the_old_one(signed_in: Client) -> None:
    new = "four other quiet words"
    wrong = {"oldpassword": "no", "password1": new, "password2": new}
    assert signed_in.post("/account/password", wrong).status_code == 200
    assert signed_in.post("/account/password", wrong | {"oldpassword": PASSWORD}).headers["Location"] == "/account"
    assert Journal.objects.filter(event=Event.PASSWORD_CHANGED).exists()


def test_sessions_elsewhere_end(signed_in: Client, cast: Cast) -> None:
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (Android 15) Firefox/140.0"})
    elsewhere.post("/sign-in", {"login": "wren@people.example", "password": PASSWORD})
    assert "Firefox, Android" in page(signed_in, "/account")
    signed_in.post("/account/sessions/end")
    assert elsewhere.get("/account").status_code == 302
    assert signed_in.get("/account").status_code == 200


def test_a_tab_that_was_left_open_elsewhere_does_nothing_more(signed_in: Client, cast: Cast) -> None:
    elsewhere = Client()
    elsewhere.force_login(account_of(cast.administrator))
    assert elsewhere.get("/agency/people/invite").status_code == 200
    here = Client()
    here.force_login(account_of(cast.administrator))
    here.post("/account/sessions/end")
    stays_outside(elsewhere)
    assert here.get("/agency").status_code == 200


def test_a_tab_of_a_role_that_ended_does_nothing_more(client: Client, cast: Cast) -> None:
    other = make_member("Second Admin", Role.ADMINISTRATOR, cast.administrator.agency_id)
    client.force_login(account_of(other))
    assert client.get("/agency/people/invite").status_code == 200
    Member.objects.filter(pk=other.member_id).update(ends_on=date(2026, 1, 5))
    stays_outside(client)


def stays_outside(client: Client) -> None:
    """Next page, a form that was open, the live feed, rows that renew themselves: all of them a stranger's."""
    form = {"email": "new@people.example", "display_name": "New", "role": "CASEWORKER"}
    assert client.get("/agency").headers["Location"].startswith("/sign-in")
    assert client.post("/agency/people/invite", form).headers["Location"].startswith("/sign-in")
    assert not Invitation.objects.exists()
    assert client.get("/live").status_code == 401
    assert client.get("/", headers={"X-Requested-With": "XMLHttpRequest"}).headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize("kind", ["app", "passkey"])
def test_without_its_last_second_step_the_session_acts_for_nobody(
    signed_in: Client, settings: Settings, kind: str
) -> None:
    account = signed_in.session["_auth_user_id"]
    types = {"app": Authenticator.Type.TOTP, "passkey": Authenticator.Type.WEBAUTHN}
    only = Authenticator.objects.create(user_id=account, type=types[kind], data={"secret": "x", "name": "Desk"})
    settings.ALLHANDS_REQUIRE_MFA = True
    assert signed_in.get("/agency").status_code == 200
    remove = {"app": "/account/second-step/app/remove", "passkey": f"/account/second-step/passkeys/{only.pk}/remove"}
    signed_in.post("/account/again", {"password": PASSWORD})
    signed_in.post(remove[kind])
    assert not Authenticator.objects.filter(user_id=account).exists()
    assert signed_in.get("/agency").status_code == 302
    assert "One more step before you go on" in page(signed_in, "/account")


PAGES = [
    "/account",
    "/account/password",
    "/account/second-step/app",
    "/account/second-step/passkeys/add",
    "/account/second-step/codes/new",
    "/agency",
    "/agency/routes/new",
    "/agency/people/invite",
    "/agency/keys/new",
    "/sign-out",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_keep_the_house_rules(page_client: PageClient, cast: Cast, path: str, language: str) -> None:
    make_route(cast.administrator.agency_id, "phone", "+1 701 555 0100")
    page_client.sign_in(cast.administrator).client.cookies["django_language"] = language
    assert page_client.get(path, follow=True).status == 200


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in?next=/report", "/sign-in/help"])
@pytest.mark.parametrize("language", ["en", "es"])
def test_pages_of_strangers_keep_the_house_rules(page_client: PageClient, path: str, language: str) -> None:
    assert page_client.get(path, headers={"accept-language": language}).status == 200

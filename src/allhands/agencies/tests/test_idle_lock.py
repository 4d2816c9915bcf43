"""A session left alone locks, by script or without; nothing typed is lost, and only the person opens it again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route, expect
from pytest_django import Settings

from allhands.agencies.models import Account
from allhands.agencies.tests.conftest import EMAIL, PASSWORD
from allhands.kernel.actors import Actor
from allhands.platform.testing.browser import axe
from allhands.platform.testing.cast import Cast, account_of

LATER = "const now = Date.now; let by = 0; Date.now = () => now() + by; globalThis.later = (ms) => { by += ms; };"
FROM = {"Referer": "http://testserver/account"}


@pytest.fixture
def at_work(client: Client, settings: Settings, wren: Actor) -> Client:
    """A browser in which Wren signed in half an hour ago and has not been seen since."""
    settings.ALLHANDS_REQUIRE_MFA = False
    client.post("/sign-in", {"login": EMAIL, "password": PASSWORD})
    assert client.get("/agency").status_code == 200
    away(client)
    return client


def away(client: Client, minutes: int = 30) -> None:
    """The hand was last there so long ago."""
    then = timezone.now() - timedelta(minutes=minutes)
    UserSession.objects.update(last_seen_at=then)
    session = client.session
    session["account_authentication_methods"] = [
        {**one, "at": then.timestamp()} for one in session["account_authentication_methods"]
    ]
    session.save()


def unlock(client: Client, path: str) -> str:
    """Where the password leads to."""
    return str(client.post(path, {"password": PASSWORD}).headers.get("Location", ""))


@pytest.mark.django_db
def test_a_session_left_alone_asks_who_is_there_and_goes_on(at_work: Client) -> None:
    answer = at_work.get("/agency", follow=True)
    where = answer.redirect_chain[-1][0]
    assert where == "/account/again?next=%2Fagency"
    words = answer.content.decode()
    assert "Locked" in words
    assert "Wren" not in words
    assert at_work.post(where, {"password": "wrong"}).status_code == 200
    assert at_work.get("/account").status_code == 302, "still locked"
    assert unlock(at_work, where) == "/agency"
    assert at_work.get("/agency").status_code == 200


@pytest.mark.django_db
def test_a_hand_keeps_it_open_and_rows_that_renew_themselves_do_not(at_work: Client) -> None:
    away(at_work, 14)
    assert at_work.get("/agency", headers={"X-Allhands-Live": "1"}).status_code == 200
    assert UserSession.objects.get().last_seen_at < timezone.now() - timedelta(minutes=13)
    assert at_work.post("/locked/hand").status_code == 204
    assert UserSession.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.django_db
def test_while_locked_every_door_is_a_strangers(at_work: Client) -> None:
    for path in ("/", "/account", "/agency", "/search?q=Maya", "/report", "/account/second-step/app"):
        assert at_work.get(path).headers["Location"].startswith(("/sign-in?next=", "/locked")), path
    assert at_work.post("/account/sessions/end").headers["Location"].startswith("/sign-in?next=")
    assert at_work.get("/who-to-call").status_code == 200, "whom to call is told to anybody"
    assert at_work.post("/sign-out").status_code == 302


@pytest.mark.django_db
def test_a_form_sent_while_locked_is_kept_closed_and_sent_after(at_work: Client, wren: Actor) -> None:
    answer = at_work.post("/account/hat", {"member": wren.member_id, "words": "blue <jacket>"}, headers=FROM)
    assert answer.headers["Location"] == "/locked?next=/locked/unsent"
    assert "jacket" not in str(dict(at_work.session)), "it lies closed"
    again = at_work.get(answer.headers["Location"]).headers["Location"]
    assert unlock(at_work, again) == "/locked/unsent"
    page = at_work.get("/locked/unsent").content.decode()
    assert "blue &lt;jacket&gt;" in page
    assert 'action="/account/hat"' in page
    assert at_work.post("/locked/unsent").headers["Location"] == "/account", "the page it was on"
    assert at_work.get("/locked/unsent").headers["Location"] == "/"


@pytest.mark.django_db
def test_it_locks_by_hand_and_other_people_stay_open(at_work: Client, wren: Actor) -> None:
    away(at_work, 1)
    other = Client()
    other.force_login(Account.objects.get(email=EMAIL))
    assert at_work.post("/locked").status_code == 204
    assert at_work.get("/agency").headers["Location"].startswith("/sign-in?next=")
    assert other.get("/agency").status_code == 200, "the same person at another desk"


@pytest.mark.django_db
def test_a_tab_with_an_old_mark_against_forgery_locks_too(at_work: Client) -> None:
    """Somebody signed in anew in another tab: refused, this one's lock would show the page for another quarter hour."""
    away(at_work, 1)
    at_work.handler.enforce_csrf_checks = True
    assert at_work.post("/locked").status_code == 204
    assert at_work.get("/agency").status_code == 302


@pytest.mark.django_db
def test_nobody_locks_where_the_operator_says_so(at_work: Client, settings: Settings) -> None:
    settings.ALLHANDS_IDLE_MINUTES = 0
    assert at_work.get("/agency").status_code == 200


@pytest.mark.browser
def test_all_tabs_are_covered_and_open_again_together(browser_page: Page, wren: Actor, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # as the node does
    account = Account.objects.get(email=EMAIL)
    account.set_password(PASSWORD)
    account.save()
    browser_page.goto("/sign-in?next=/agency")
    browser_page.get_by_label("Work e-mail").fill(EMAIL)
    browser_page.get_by_label("Password").fill(PASSWORD)
    browser_page.get_by_role("button", name="Sign in", exact=True).click()
    expect(browser_page.get_by_text("Wren").first).to_be_attached()
    other = browser_page.context.new_page()
    other.goto("/account")
    browser_page.add_init_script(LATER)  # in this tab alone: the other one has to be told
    browser_page.goto("/agency")
    browser_page.route("**/locked", lambda route: _once_hidden(other, route))
    browser_page.evaluate("later(905_000)")
    browser_page.mouse.move(10, 10)
    for tab in (browser_page, other):
        expect(tab.get_by_role("heading", name="Locked")).to_be_visible()
    axe(browser_page)
    browser_page.set_extra_http_headers({"Accept-Language": "es"})
    browser_page.reload()
    expect(browser_page.get_by_role("heading", name="Bloqueado")).to_be_visible()
    axe(browser_page)
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Go on").click()
    expect(other).to_have_url("/account")
    expect(browser_page).to_have_url("/agency")


@pytest.mark.browser
def test_a_half_filled_form_is_kept_closed_and_laid_back(browser_page: Page, cast: Cast, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]  # as the node does
    account = account_of(cast.administrator)
    account.set_password(PASSWORD)
    account.save()
    EmailAddress.objects.update_or_create(
        user=account, email=account.email, defaults={"verified": True, "primary": True}
    )
    browser_page.goto("/sign-in?next=/agency/people/invite")
    browser_page.get_by_label("Work e-mail").fill(account.email)
    browser_page.get_by_label("Password").fill(PASSWORD)
    browser_page.get_by_role("button", name="Sign in", exact=True).click()
    expect(browser_page).to_have_url("/agency/people/invite")
    browser_page.add_init_script(LATER)
    browser_page.reload()
    browser_page.wait_for_load_state("networkidle")
    browser_page.locator("form input[type=email]").fill("half-typed@people.example")
    for _ in range(2):  # what was laid back once is typed still
        _lock_and_unlock(browser_page, "half-typed")
        expect(browser_page).to_have_url("/agency/people/invite")
        expect(browser_page.locator("form input[type=email]")).to_have_value("half-typed@people.example")
        assert not browser_page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('typed:')).length")
    browser_page.evaluate("for (const form of document.forms) form.noValidate = true")  # so that the server answers
    browser_page.locator("form input[type=email]").press("Enter")
    expect(browser_page.locator("[aria-invalid=true]").first).to_be_visible()
    _lock_and_unlock(browser_page, "half-typed")
    expect(browser_page.locator("form input[type=email]")).to_have_value("half-typed@people.example")


def _lock_and_unlock(page: Page, typed: str) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("later(905_000)")
    page.mouse.move(10, 10)
    expect(page.get_by_role("heading", name="Locked")).to_be_visible()
    kept = str(page.evaluate("JSON.stringify({...sessionStorage})"))
    assert "/agency/people/invite" in kept
    assert typed not in kept
    assert "data-lock-key" not in page.content()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


def _once_hidden(other: Page, route: Route) -> None:
    """The lock reaches the server late: a tab that asked before would be shown its page again."""
    expect(other.locator("body")).to_be_hidden()
    assert "/account" in other.url
    route.continue_()


@pytest.mark.parametrize(
    "path", ["/", "/agency", "/account", "/search?q=Maya", "/report", "/inbox", "/duties", "/keeping"]
)
def test_no_page_of_a_person_is_stored_by_the_browser(cast: Cast, settings: Settings, path: str) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    client = Client()
    client.force_login(account_of(cast.supervisor))
    answer = client.get(path)
    assert answer.status_code in {200, 302}
    assert "no-store" in answer.headers["Cache-Control"]
    assert "ETag" not in answer.headers

"""In a real browser: every page by axe at both widths, and a passkey from first to last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from allhands.agencies.demo import load as loader
from allhands.platform.testing.browser import axe, never_sideways, sign_in
from allhands.platform.testing.cast import Cast, make_route

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
STRANGERS_PAGES = ["/sign-in?next=/account", "/sign-in/help"]
MEMBERS_PAGES = [
    "/account",
    "/account/second-step/app",
    "/account/second-step/passkeys/add",
    "/agency",
    "/agency/routes/new",
    "/agency/people/invite",
    "/agency/keys/new",
    "/sign-out",
]


@pytest.fixture
def security_key(browser_page: Page) -> Iterator[None]:
    """A key inside the browser that answers for a person who is there and shows a finger."""
    devtools = browser_page.context.new_cdp_session(browser_page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield
    devtools.detach()


@pytest.mark.parametrize("path", STRANGERS_PAGES)
def test_pages_of_strangers_pass_axe(browser_page: Page, path: str) -> None:
    browser_page.goto(path)
    axe(browser_page)


@pytest.mark.parametrize("path", MEMBERS_PAGES)
def test_pages_of_members_pass_axe(browser_page: Page, cast: Cast, path: str) -> None:
    make_route(cast.administrator.agency_id, "phone", "+1 701 555 0100")
    sign_in(browser_page, cast.administrator)
    browser_page.goto(path)
    axe(browser_page)


def test_demo_door_passes_axe_and_lets_in(browser_page: Page, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    loader.load(NOW)
    browser_page.goto("/demo")
    axe(browser_page)
    with browser_page.expect_request(lambda request: request.url.endswith("/demo/enter/ruth")) as entered:
        browser_page.get_by_role("button", name="Enter as Ruth Amundson, caseworker").click(no_wait_after=True)
    assert entered.value.method == "POST"


@pytest.mark.usefixtures("security_key")
def test_passkey_is_added_and_signs_in_alone(browser_page: Page, cast: Cast) -> None:
    sign_in(browser_page, cast.caseworker)
    browser_page.goto("/account/second-step/passkeys/add")
    browser_page.get_by_label("Name of this device").fill("Desk key")
    browser_page.get_by_text("Sign in with it alone, without a password").click()
    browser_page.wait_for_load_state()  # the scripts that speak to the device are deferred
    browser_page.get_by_role("button", name="Add this device").click()
    browser_page.get_by_role("link", name="Use a security key").click()
    browser_page.wait_for_load_state()
    browser_page.get_by_role("button", name="Use a passkey").click()
    expect(browser_page.get_by_role("heading", name="Your saved codes")).to_be_visible()
    browser_page.context.clear_cookies()
    browser_page.goto("/sign-in?next=/account")
    browser_page.get_by_role("button", name="Use this device's passkey").click()
    expect(browser_page.get_by_text("Passkey Desk key")).to_be_visible()
    axe(browser_page)


@pytest.mark.parametrize("size", ["100%", "125%"])
def test_the_menu_of_a_narrow_phone_opens_on_the_page(browser_page: Page, cast: Cast, size: str) -> None:
    sign_in(browser_page, cast.caseworker)
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto("/account")
    browser_page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
    browser_page.locator(".drop.only-narrow > summary").click()
    box = browser_page.locator(".drop.only-narrow .drop__box").bounding_box()
    assert box is not None
    assert box["x"] >= 0, "the head may have two lines, and the menu stands on the right of either"
    assert box["x"] + box["width"] <= 320
    never_sideways(browser_page)

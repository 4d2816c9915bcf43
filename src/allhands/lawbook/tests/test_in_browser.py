"""The law book in a real browser: readable by everybody at 1280 and 320, and written without script."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from allhands.lawbook.tests.conftest import STATE
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.browser


def test_pages_of_the_law_are_readable_by_everybody(browser_page: Page) -> None:
    for address in ("/law", f"/law/{STATE}", "/law/conflicts", "/law/conflicts/c01"):
        browser_page.goto(address, timeout=60_000)
        axe(browser_page, is_long=True)


def test_rule_is_written_and_checked(browser_page: Page, cast: Cast) -> None:
    sign_in(browser_page, cast.supervisor)
    browser_page.goto("/packs", timeout=60_000)
    axe(browser_page)
    browser_page.select_option("#pack", STATE)
    browser_page.get_by_role("button", name="Begin", exact=True).click(timeout=60_000)
    axe(browser_page)
    browser_page.goto(f"{browser_page.url}/duties/accept-report", timeout=60_000)
    browser_page.get_by_label("Title (Spanish)").fill("")
    browser_page.get_by_role("button", name="Save the draft").click(timeout=60_000)
    assert "The Spanish text is missing." in browser_page.content()
    axe(browser_page)

"""The pages of the door in a real browser: WCAG 2.2 AA at both widths, and one act without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from allhands.access.tests.conftest import Response, State
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_pages_of_the_door_are_for_everybody(browser_page: Page, response: Response, state: State, cast: Cast) -> None:
    state(cast.caseworker, "circumstances.immigration_threat", True)
    browser_page.goto("/about-me")
    axe(browser_page)
    sign_in(browser_page, cast.caseworker)
    for path in ("consents/new", "glass", "why/circumstances.immigration_threat"):
        browser_page.goto(f"/e/{response.episode_id}/{path}")
        axe(browser_page)
    browser_page.goto(f"/e/{response.episode_id}")
    browser_page.goto(f"/e/{response.episode_id}/ledger")
    expect(browser_page.get_by_role("heading", level=1)).to_contain_text("Who knows what")
    axe(browser_page)
    browser_page.goto("/policies")
    axe(browser_page)

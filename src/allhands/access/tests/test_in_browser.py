"""The pages of the door in a real browser: WCAG 2.2 AA at both widths, and one act without a mouse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from allhands.access.actions import nation_keys
from allhands.access.tests.conftest import Response, State
from allhands.kernel.actors import Role
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import NATION, Cast, make_member
from allhands.platform.vault import nation_box

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


def test_a_key_of_the_nation_is_offered_and_confirmed_by_anybody(browser_page: Page, response: Response) -> None:
    line = nation_box.public_line(nation_box.new_private())
    nation_keys.offer(response.steward, NATION, line, "Council resolution 12", response.at)
    sign_in(browser_page, make_member("Dana Director", Role.DIRECTOR, response.steward.agency_id))
    browser_page.goto("/our-data/key")
    expect(browser_page.get_by_text(nation_box.fingerprint(nation_box.parse_public(line)))).to_be_visible()
    axe(browser_page)
    browser_page.get_by_role("button", name="It is the same: confirm, in my name").press("Enter")
    expect(browser_page.get_by_text("Locked to this key:")).to_be_visible()
    axe(browser_page)


def test_a_steward_reads_what_a_key_means(browser_page: Page, response: Response) -> None:
    sign_in(browser_page, response.steward)
    browser_page.goto("/our-data")
    axe(browser_page)
    browser_page.get_by_role("link", name="Our own key").click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Our own key")
    axe(browser_page)

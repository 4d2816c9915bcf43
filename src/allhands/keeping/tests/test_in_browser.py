"""The pages of keeping in a real browser: WCAG 2.2 AA at both widths, and an order from its form to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.keeping import api as keeping
from allhands.kernel.actors import Role
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import Cast, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_order_is_entered_confirmed_and_leaves_no_name(browser_page: Page, cast: Cast) -> None:
    now = timezone.now()
    over = now - timedelta(days=2)
    found = episodes.report_missing(cast.caseworker, report(at=over), over).episode_id
    episodes.mark_returned(cast.caseworker, found, over, "Ms Olsen", over)
    episodes.close(cast.caseworker, found, over)
    second = make_member("Dana Second", Role.DIRECTOR, cast.supervisor.agency_id)
    sign_in(browser_page, cast.supervisor)
    browser_page.goto(f"/e/{found}/keeping")
    axe(browser_page)
    browser_page.get_by_role("textbox", name="Court").fill("Juvenile Court")
    browser_page.get_by_text("Seal it: out of sight").click()
    browser_page.get_by_label("Docket number").fill("JV-14")
    browser_page.get_by_label("Day of the order").fill("2026-01-05")
    browser_page.get_by_text("This one response").click()
    browser_page.get_by_role("button", name="Enter the order").click()
    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Seal: Maya")
    axe(browser_page)
    keeping.decide(second, browser_page.url.rsplit("/", 1)[1], agrees=True, why_not="", now=timezone.now())
    browser_page.goto("/keeping")
    expect(browser_page.get_by_role("main")).not_to_contain_text("Maya")
    expect(browser_page.get_by_role("main")).to_contain_text("JV-14")
    axe(browser_page)

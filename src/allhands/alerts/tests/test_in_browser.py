"""The pages in a real browser: free of barriers at both widths, and in Spanish."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from allhands.alerts import ladder, models
from allhands.alerts.actions import asking, sending, writing
from allhands.alerts.tests.makers import People, a_draft
from allhands.alerts.tests.test_pages_after import sent_alone
from allhands.alerts.tests.test_subscriptions import subscribe
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_alert_pages_are_free_of_barriers(browser_page: Page, cast: Cast, lang: str) -> None:
    people, now = People(cast), timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    request_id = asking.ask(people.caseworker, maya, "us.states.nd.amber", "", now)
    local_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, local_id, now)
        writing.save(people.caseworker, alert_id, a_draft(people.number, seen_at=now), 1, now)
        writing.offer(people.caseworker, alert_id, now)
    sign_in(browser_page, people.officer)
    browser_page.context.set_extra_http_headers({"Accept-Language": lang})
    for path in ("/alerts", f"/alerts/requests/{request_id}", f"/alerts/{alert_id}/write", f"/alerts/{alert_id}/area"):
        browser_page.goto(path)
        axe(browser_page, lang)
    looks = ("night", "border", "large")
    with acting_as(people.officer):
        approval = sending.Approval(version=2, looked=True, second_looks=looks)
        sending.send(people.officer, alert_id, approval, now)
    with acting_as(SYSTEM):
        code = models.Alert.objects.get(pk=alert_id).code
    for path in (f"/alerts/{alert_id}", f"/alerts/{alert_id}/take-back", f"/a/{code}", "/alerts/near-me?state=ND"):
        browser_page.goto(path)
        axe(browser_page, lang)


def test_pages_after_an_alert_are_free_of_barriers(browser_page: Page, cast: Cast) -> None:
    people = People(cast)
    alert_id = sent_alone(people)
    own = subscribe("near@example.org", point=None, county_fips="38017")
    sign_in(browser_page, people.chief)
    browser_page.context.set_extra_http_headers({"Accept-Language": "es"})
    for path in (f"/alerts/{alert_id}", "/alerts/near-me/confirm?by=EMAIL", f"/alerts/near-me/{own}"):
        browser_page.goto(path)
        axe(browser_page)
    with acting_as(SYSTEM):
        models.Alert.objects.update(expires_at=timezone.now())
    sending.expire_all(timezone.now())
    browser_page.goto(f"/alerts/{alert_id}")
    axe(browser_page)


def test_a_choice_is_seen_in_a_persons_own_colours(browser_page: Page, cast: Cast) -> None:
    assert People(cast).number, "somebody here sends alerts"
    browser_page.emulate_media(forced_colors="active", reduced_motion="reduce")
    browser_page.goto("/alerts/near-me?around=58401")
    axe(browser_page)
    width = "node => getComputedStyle(node, '::before').borderTopWidth"
    chosen, other = (browser_page.locator(f"label[for=in-{lang}]").evaluate(width) for lang in ("en", "es"))
    assert (chosen, other) == ("8px", "2px"), "backgrounds and shadows are gone there"


def test_a_place_by_latitude_and_longitude_is_signed_up_for_on_a_phone(browser_page: Page, cast: Cast) -> None:
    assert People(cast).number, "somebody here sends alerts"
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.context.set_extra_http_headers({"Accept-Language": "es"})
    browser_page.goto("/alerts/near-me")
    browser_page.locator("#around").fill("46.877, -96.789")
    browser_page.locator("form[method=get] button").click()
    assert browser_page.locator("#map-name").inner_text() == "2 Una celda del mapa"
    axe(browser_page)
    browser_page.locator("#address").fill("near@example.org")
    browser_page.locator("form:has(#address) button").click()
    browser_page.wait_for_url("**/alerts/near-me/confirm**")


def test_a_cell_is_chosen_by_keyboard_alone(browser_page: Page, cast: Cast) -> None:
    assert People(cast).number, "somebody here sends alerts"
    browser_page.set_viewport_size({"width": 320, "height": 640})
    browser_page.goto("/alerts/near-me")
    browser_page.locator("#around").focus()
    browser_page.keyboard.type("58401")
    browser_page.keyboard.press("Enter")
    first = browser_page.locator("svg.cells a").first
    assert first.get_attribute("aria-current") == "true"
    browser_page.locator("svg.cells a").nth(3).focus()
    where = browser_page.locator("svg.cells a").nth(3).get_attribute("href") or ""
    browser_page.keyboard.press("Enter")
    browser_page.wait_for_url("**" + where)
    assert browser_page.locator("input[name=cell]").input_value() in where
    axe(browser_page)

"""The gallery: in the demo world only, and free of barriers in a real browser."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.test import RequestFactory
from playwright.sync_api import Page
from pytest_django import Settings

from allhands.platform.testing.browser import axe
from allhands.ui import gallery, views


@pytest.mark.parametrize("world", ["live", "drill"])
def test_gallery_is_not_there_outside_the_demo(world: str, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = world
    request = RequestFactory().get("/gallery")
    with pytest.raises(Http404):
        views.gallery(request)
    with pytest.raises(Http404):
        views.gallery_component(request, "clock")


def test_an_unknown_component_is_not_there(settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    with pytest.raises(Http404):
        views.gallery_component(RequestFactory().get("/gallery/no"), "no")


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["day", "night"])
def test_every_component_is_free_of_barriers(browser_page: Page, theme: str) -> None:
    browser_page.goto("/gallery")
    browser_page.get_by_role("button", name=theme.capitalize()).first.click()
    browser_page.wait_for_url("**/gallery")
    assert browser_page.locator("html").get_attribute("data-theme") == theme
    if theme == "day":
        axe(browser_page, is_long=True)
    else:  # by night only colours differ, and they are the same at every width
        axe(browser_page, rules=["color-contrast"], widths=[1280])


@pytest.mark.browser
def test_each_component_has_its_page_in_spanish(browser_page: Page) -> None:
    browser_page.goto("/gallery/clock")
    browser_page.get_by_role("button", name="Español").first.click()
    assert browser_page.locator("html").get_attribute("lang") == "es"
    assert set(gallery.component_names()) >= {"clock", "duty_row"}


@pytest.mark.browser
def test_spans_in_script_agree_with_the_server(browser_page: Page) -> None:
    browser_page.goto("/gallery/clock")
    said = browser_page.evaluate(
        """async () => { const { span } = await import("/static/ui/js/spans.js");
        const cases = [[0, "up"], [2939000, "down"], [3841000, "up"], [172770000, "up"], [187260000, "up"],
          [187260000, "down"]];
        return cases.map(([ms, rounding]) => span(ms, rounding)); }"""
    )
    assert said == ["less than 1 min", "48 min", "1 h 05 min", "2 d", "2 d 5 h", "2 d 4 h"]

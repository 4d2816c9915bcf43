"""Text becomes HTML in one place: pages work under Trusted Types in a real browser, and a planted string is refused."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from allhands.alerts import ladder
from allhands.alerts.actions import asking, writing
from allhands.alerts.tests.makers import People, a_draft
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.browser import sign_in
from allhands.platform.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LISTEN = """document.addEventListener("securitypolicyviolation", (told) => {
  (window.told ??= []).push(told.violatedDirective);
})"""
PLANTED = "<img src=x onerror='window.planted = true'>"


@pytest.fixture
def window(chromium: Browser, live_node: str) -> Iterator[Page]:
    """A window that keeps what the browser says about broken policies, and forgives it."""
    context = chromium.new_context(base_url=live_node)
    context.set_default_timeout(120_000)
    context.add_init_script(LISTEN)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.told ?? []")
    return found


def test_pages_work_and_break_no_policy(window: Page, cast: Cast) -> None:
    people, now = People(cast), timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    asked = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, asked, now)
        writing.save(people.caseworker, alert_id, a_draft(people.number, seen_at=now), 1, now)
    sign_in(window, people.caseworker)
    for path in ("/", f"/e/{maya}", f"/alerts/{alert_id}/area", "/who-to-call", "/report"):
        window.goto(path)
        if path.endswith("/area"):
            window.locator("[data-area-map][data-ready]").wait_for()  # the map's worker has started
        assert violations(window) == [], path
    side = window.locator("#side")
    side.evaluate("(found) => found.replaceChildren('old')")
    window.evaluate("document.body.dispatchEvent(new Event('allhands:saved'))")  # htmx lays the side in anew
    expect(side).not_to_have_text("old")
    assert violations(window) == []


def test_a_live_region_is_laid_in_anew(window: Page, cast: Cast) -> None:
    sign_in(window, cast.caseworker)
    window.goto("/")
    region = window.locator("[data-live-region]").first
    region.evaluate("(found) => { found.dataset.old = 'yes'; found.replaceChildren('old') }")
    window.evaluate("document.dispatchEvent(new Event('allhands:changed'))")
    expect(region).not_to_have_text("old")
    assert violations(window) == []


def test_a_planted_string_is_refused(window: Page) -> None:
    window.goto("/sign-in")
    for plant in (
        "document.body.innerHTML = text",
        "document.body.insertAdjacentHTML('beforeend', text)",
        "document.createElement('script').text = text",
        "new Worker('/static/ui/js/clocks.js')",
    ):
        tried = f"(text) => {{ try {{ {plant}; return 'taken' }} catch (no) {{ return no.name }} }}"
        assert window.evaluate(tried, PLANTED) == "TypeError", plant
    assert window.evaluate("window.planted") is None
    assert "require-trusted-types-for" in violations(window)


def test_what_our_parser_reads_can_run_nothing(window: Page, cast: Cast) -> None:
    sign_in(window, cast.caseworker)
    window.goto("/")
    read = """(text) => {
      const page = new DOMParser().parseFromString(text, "text/html");
      document.querySelector("main").append(...page.body.childNodes);
      return document.querySelector("main").innerHTML;
    }"""
    text = (
        f"<p id=kept>kept</p>{PLANTED}<script>window.planted = true</script><iframe srcdoc='x'></iframe>"
        "<a href=' javascript:planted()'>x</a><template><script>1</script></template>"
    )
    laid_in = window.evaluate(read, text)
    assert "kept" in laid_in
    assert not [bad for bad in ("onerror", "<script", "<iframe", "javascript:") if bad in laid_in.split("kept", 1)[1]]
    assert window.evaluate("window.planted") is None

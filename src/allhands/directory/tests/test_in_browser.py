"""In a real browser: for everybody, at both widths, in both languages, without script and without signal."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from allhands.platform.testing.browser import axe
from allhands.platform.testing.cast import COUNTY, NATION, Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_KEPT = """async ([address]) => {
  const end = Date.now() + 120000;
  while (Date.now() < end) {
    for (const name of await caches.keys()) if (await (await caches.open(name)).match(address)) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}"""


def patient(page: Page) -> Page:
    """The first page of a process reads packs and maps; on a busy machine that takes long."""
    page.set_default_timeout(120_000)
    expect.set_options(timeout=120_000)
    return page


@pytest.mark.parametrize("lang", ["en", "es"])
def test_who_to_call_is_for_everybody_and_opens_without_signal(browser_page: Page, cast: Cast, lang: str) -> None:
    page = patient(browser_page)
    page.goto(f"/who-to-call?lang={lang}")
    axe(page, lang)
    page.get_by_label("2.", exact=False).first.fill("9")
    page.locator("#where").fill("Prairie County, ND")
    page.get_by_role("button", name="Show me" if lang == "en" else "Mostrar").click()
    expect(page.locator("#answer .call-first--911")).to_be_visible()
    assert page.url.endswith("/who-to-call#answer")  # nothing typed stands in the address
    for more in page.locator("details.more > summary").all():
        more.click()
    axe(page, lang)
    page.goto(f"/who-can-act/nd-{COUNTY}?lang={lang}")
    axe(page, lang)
    page.goto(f"/who-to-call?lang={lang}")
    assert page.evaluate(_KEPT, [f"/who-to-call?lang={lang}"])
    assert page.context.cookies() == []
    page.context.set_offline(True)
    page.reload()
    expect(page.locator("[data-no-signal]")).to_be_visible()
    expect(page.locator("#answer .call-first--911")).to_be_visible()
    axe(page, lang)


def test_two_taps_from_a_phone_in_a_tribal_area_to_who_starts_the_alert_without_signal(
    browser_page: Page, cast: Cast
) -> None:
    page = patient(browser_page)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto("/who-can-act?lang=en")  # the one load with signal
    axe(page)
    assert page.evaluate(_KEPT, [f"/who-can-act/{NATION}?lang=en"])
    page.context.set_offline(True)
    page.reload()  # tap one: the page on the home screen
    page.get_by_role("link", name="Sample Nation").click()  # tap two
    first = page.locator("dl.card__first")
    expect(first).to_be_in_viewport()
    expect(first.locator("dt")).to_have_text("Starts the alert")
    expect(first).to_contain_text("Reaches this land")
    expect(page.locator("[data-no-signal]")).to_be_visible()
    axe(page)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_phone_script_is_printed_on_one_sheet(browser_page: Page, lang: str) -> None:
    page = patient(browser_page)
    page.goto(f"/who-to-call?lang={lang}")
    page.locator("#age").fill("14")
    page.locator("#where").fill("Rolette County")
    page.locator("label[for=urgent-taken]").click()
    page.get_by_role("button", name="Show me" if lang == "en" else "Mostrar").click()
    page.get_by_role("button", name="Phone script" if lang == "en" else "Guion").click()
    expect(page.locator("h1")).to_have_text("Phone script" if lang == "en" else "Guion para el teléfono")
    assert len(PdfReader(io.BytesIO(page.pdf(format="Letter"))).pages) == 1


def test_everything_works_without_script(chromium: Browser, live_node: str, cast: Cast) -> None:
    context = chromium.new_context(
        base_url=live_node, java_script_enabled=False, viewport={"width": 320, "height": 640}
    )
    page = patient(context.new_page())
    page.goto("/who-to-call?lang=en")
    expect(page.locator("[data-here]")).to_be_hidden()
    page.locator("#where").fill("58316")
    page.get_by_role("button", name="Show me").click()
    expect(page.locator("#answer")).to_contain_text("Turtle Mountain")
    page.get_by_role("button", name="Phone script").click()
    expect(page.locator("h1")).to_have_text("Phone script")
    assert context.cookies() == []
    context.close()

"""The pages in a real browser: WCAG 2.2 AA at both widths, in both languages, with the longest names."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from allhands.channels import api
from allhands.channels.actions.send import send_email
from allhands.channels.email.port import watch_nothing
from allhands.channels.tests.makers import NOW, an_email, an_item
from allhands.channels.tests.messages import SENT, a_message
from allhands.channels.tests.test_pages import PACKET
from allhands.channels.tests.test_road_signs import TABLE
from allhands.channels.web.packet import MEDIA_TYPE
from allhands.kernel.actors import Actor
from allhands.kernel.ids import DeliveryId
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "Wolfeschlegelsteinhausenbergerdorff-Arrowsmith of the Longest County"


def some_item(sender: Actor, recipient: Actor) -> DeliveryId:
    packet = api.Part(name="packet.json", media_type=MEDIA_TYPE, content=PACKET, sensitivity="P3")
    return api.queue(sender, an_item(sender, recipient, sender_label=LONG, subject=LONG, parts=(packet,)))


@pytest.mark.parametrize("lang", ["en", "es"])
def test_inbox_reads_and_confirms_for_everybody(browser_page: Page, cast: Cast, lang: str) -> None:
    item = some_item(cast.caseworker, cast.officer)
    sign_in(browser_page, cast.officer)
    browser_page.context.set_extra_http_headers({"Accept-Language": lang})
    for path in ("/inbox", f"/inbox/{item}"):
        browser_page.goto(path)
        axe(browser_page, lang)
    browser_page.get_by_role("button", name="Confirm" if lang == "en" else "Confirmar").click()
    browser_page.get_by_text("Sgt. Testworth").first.wait_for()
    axe(browser_page, lang)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_operator_sees_what_waits(browser_page: Page, cast: Cast, lang: str) -> None:
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker, recipient_label=LONG))
    send_email(delivery_id, mail=None, sender="", clock=lambda: NOW, watch=watch_nothing)
    sign_in(browser_page, cast.operator)
    browser_page.context.set_extra_http_headers({"Accept-Language": lang})
    browser_page.goto("/ops/channels")
    axe(browser_page, lang)
    browser_page.get_by_role("textbox", name="How do you know?" if lang == "en" else "¿Cómo lo sabe?").fill(
        "told by phone"
    )
    browser_page.get_by_role("button", name="Give it up" if lang == "en" else "Dejarlo").click()
    waits = "Nothing waits for a person" if lang == "en" else "Nada espera a una persona"
    browser_page.get_by_text(waits).wait_for()
    axe(browser_page, lang)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_sign_operator_sees_the_sign_and_confirms(browser_page: Page, cast: Cast, lang: str) -> None:
    api.import_signs(cast.operator, TABLE, SENT)
    api.broadcast(a_message(), [api.Way.SIGNS], {}, SENT)
    sign_in(browser_page, cast.operator)
    browser_page.context.set_extra_http_headers({"Accept-Language": lang})
    browser_page.goto("/ops/channels")
    axe(browser_page, lang)
    browser_page.get_by_role("link", name="road sign" if lang == "en" else "letrero").first.click()
    axe(browser_page, lang)
    shows = "It shows now" if lang == "en" else "Ya lo muestra"
    browser_page.get_by_role("button", name=shows).first.click()
    browser_page.get_by_role("heading", name="DMS-2").wait_for()
    assert not browser_page.get_by_role("heading", name="DMS-1").count()

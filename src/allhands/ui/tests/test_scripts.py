"""The small scripts of the frame, in a real browser against a made-up server: drafts, live rows, copying."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

SCRIPTS = Path(__file__).resolve().parents[1] / "static" / "ui" / "js"
ORIGIN = "http://allhands.test"
BOARD = """<!doctype html><html lang="en"><body>
<p data-state-line data-text-changes="{{count}} changes. Show them" data-text-change="1 change. Show it"
   data-text-stale="Not live since {{time}}."
   data-text-no-signal="No signal since {{time}}." data-text-reload="Reload"></p>
<section id="board" data-live-region data-live-topics="board">
<button>{row}</button></section>
<span data-live-line data-live-href="/live" data-text-live="Live"></span>
<script type="module" src="/static/ui/js/live.js"></script></body></html>"""
FORM = """<!doctype html><html lang="en"><body>
<p data-draft-line data-text-server="Saved {time} on our server."
data-text-phone="Saved on this device {time}."></p>
<form data-draft-url="/draft" data-draft-key="r7"><input name="name">
<input type="radio" name="sure" value="seen"></form>
<script type="module" src="/static/ui/js/draft.js"></script></body></html>"""

pytestmark = pytest.mark.browser


@dataclass
class Server:
    """What the made-up server answers, and what it was sent."""

    page: str = ""
    live: str = ": quiet\n\n"
    drafts: list[str] = field(default_factory=list)
    takes_drafts: bool = True

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(ORIGIN)
        if path.startswith("/static/ui/js/"):
            script = (SCRIPTS / path.rsplit("/", 1)[1]).read_text(encoding="utf-8")
            route.fulfill(body=script, content_type="text/javascript")
        elif path == "/live":
            route.fulfill(body=self.live, content_type="text/event-stream")
        elif path == "/draft":
            self._take_draft(route)
        else:
            route.fulfill(body=self.page, content_type="text/html")

    def _take_draft(self, route: Route) -> None:
        if not self.takes_drafts:
            route.abort()
            return
        self.drafts.append(route.request.post_data or "")
        route.fulfill(status=204)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def window(chromium: Browser, server: Server) -> Iterator[Page]:
    context = chromium.new_context()
    context.set_default_timeout(120_000)
    expect.set_options(timeout=120_000)  # a loaded machine is slow, not wrong
    opened = context.new_page()
    opened.route("**/*", server.answer)
    yield opened
    context.close()


def test_a_draft_is_sent_while_typing(window: Page, server: Server) -> None:
    server.page = FORM
    window.goto(ORIGIN + "/")
    window.fill("[name=name]", "Wičháȟpi")
    expect(window.locator("[data-draft-line]")).to_contain_text("on our server")
    assert "Wičháȟpi" in server.drafts[-1]
    assert window.evaluate("localStorage.length") == 0


def test_a_draft_without_signal_stays_here_and_comes_back(window: Page, server: Server) -> None:
    server.page, server.takes_drafts = FORM, False
    window.goto(ORIGIN + "/")
    window.fill("[name=name]", "Maya")
    window.check("[name=sure]")
    expect(window.locator("[data-draft-line]")).to_contain_text("on this device")
    server.takes_drafts = True
    window.reload()
    expect(window.locator("[name=name]")).to_have_value("Maya")
    expect(window.locator("[name=sure]")).to_be_checked()
    expect(window.locator("[data-draft-line]")).to_contain_text("on our server")
    assert window.evaluate("localStorage.length") == 0


def test_a_changed_row_comes_by_itself_when_nobody_is_there(window: Page, server: Server) -> None:
    server.page, server.live = BOARD.format(row="old"), ": quiet\n\n"
    window.goto(ORIGIN + "/")
    server.page, server.live = BOARD.format(row="fresh"), "retry: 100\ndata: board\n\n"
    expect(window.locator("#board")).to_contain_text("fresh")


def test_a_changed_row_waits_while_the_focus_is_in_it(window: Page, server: Server) -> None:
    server.page, server.live = BOARD.format(row="old"), "retry: 100\ndata: board\n\n"
    window.goto(ORIGIN + "/")
    window.locator("#board button").focus()
    server.page = BOARD.format(row="fresh")
    show = window.get_by_role("button", name="Show")
    show.wait_for()
    assert "old" in window.locator("#board").inner_text()
    show.click()
    expect(window.locator("#board")).to_contain_text("fresh")


def test_another_topic_changes_nothing(window: Page, server: Server) -> None:
    server.page, server.live = BOARD.format(row="old"), "data: packs\n\n"
    window.goto(ORIGIN + "/")
    server.page = BOARD.format(row="fresh")
    window.wait_for_timeout(500)
    assert "old" in window.locator("#board").inner_text()

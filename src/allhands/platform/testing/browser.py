"""A real browser on a real node: Chromium, granian, PostgreSQL."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from allhands.kernel.actors import Actor
from allhands.platform.database.server import EmbeddedServer
from allhands.platform.testing import machines
from allhands.platform.testing.cast import account_of

WIDTHS = (1280, 320)
_HEIGHT = 900
BROWSER_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_WIDE_FONTS = "Verdana, 'DejaVu Sans', sans-serif"
_BEYOND = """async family => {
    await document.fonts.ready;
    const root = document.documentElement;
    if (family) root.style.setProperty("--family", family);
    const width = window.innerWidth;
    const beyond = document.scrollingElement.scrollWidth <= width ? [] : [
        `${document.scrollingElement.scrollWidth - width} px`,
        ...Array.from(document.querySelectorAll("body *"))
            .filter(node => node.getBoundingClientRect().right > width + 0.5)
            .slice(-3).map(node => node.outerHTML.slice(0, 160)),
    ];
    root.style.removeProperty("--family");
    return beyond;
}"""
_START_SECONDS = 120.0
_ANSWER_MS = 120_000


def find_chromium() -> str | None:
    """The browser of this machine."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    return None


@pytest.fixture(scope="session")
def node_process(database_server: EmbeddedServer, database_name: str, django_db_setup: None) -> Iterator[str]:
    """A web process in the demo world on the test database, as its own process; yields its address."""
    port = machines.free_port()
    address = f"http://localhost:{port}"
    environment = machines.environment_of_test_database(
        database_server, database_name, ALLHANDS_WORLD="demo", ALLHANDS_ORIGIN=address
    )
    command = [sys.executable, "-m", "allhands", "web", "--port", str(port), "--processes", "1"]
    with subprocess.Popen(command, env=environment) as process:  # noqa: S603  our own command line
        try:
            _wait_for(f"{address}/healthz", process)
            yield address
        finally:
            process.terminate()
            process.wait(120)


@pytest.fixture
def live_node(node_process: str, transactional_db: None) -> str:
    """The address of a running node. What the test writes is committed, and gone after it."""
    return node_process


@pytest.fixture(scope="module")
def chromium(node_process: str) -> Iterator[Browser]:
    """One browser for the tests of a module.

    Playwright keeps an event loop running in this thread. Django would take every test meanwhile for asynchronous code,
    and nobody else could run a loop, so the browser does not outlive the module.
    """
    found = find_chromium()
    if found is None:
        pytest.skip("no Chromium on this machine; browser tests need one (script/test installs it as root)")
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=found, args=list(BROWSER_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser, live_node: str) -> Iterator[Page]:
    """A fresh window of 1280 pixels. An error in its console, or a call to another machine, fails the test."""
    context = chromium.new_context(base_url=live_node, viewport={"width": WIDTHS[0], "height": _HEIGHT})
    context.set_default_timeout(_ANSWER_MS)
    expect.set_options(timeout=_ANSWER_MS)  # a loaded machine is slow, not wrong
    complaints = _listen(context, live_node)
    page = context.new_page()
    yield page
    context.close()
    assert not complaints, "the browser complained:\n- " + "\n- ".join(complaints)


def sign_in(page: Page, actor: Actor) -> None:
    """Give the browser this member's session, under this hat."""
    client = Client()
    client.force_login(account_of(actor))
    session = client.session
    session["hat"] = actor.member_id
    session.save()
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": str(session.session_key), "domain": "localhost", "path": "/"}])


def axe(
    page: Page,
    lang: str = "en",
    *,
    rules: Sequence[str] = (),
    widths: Sequence[int] = WIDTHS,
    is_long: bool = False,
) -> None:
    """Hold the page, as it stands, to WCAG 2.2 AA at 1280 and 320 pixels, without sideways scrolling.

    Args:
        lang: of a test that runs once in each language; Spanish is longer and has the same colours, so it is looked at
            in the narrow width, without contrast.
        rules: names of axe's rules, where only these can say something new; none means all of WCAG 2.2 AA.
        widths: fewer, where width can change nothing of what the rules look at.
        is_long: hundreds of texts, for which contrast takes half a minute: it is looked at in the first width only.
    """
    options: dict[str, Any] = {"runOnly": list(rules)} if rules else dict(_RULES)
    page.wait_for_load_state()  # a text just waited for may stand there before its style sheet does
    before = page.viewport_size
    for number, width in enumerate(widths if lang == "en" else widths[-1:]):
        if lang != "en" or (is_long and number):
            options = {**options, "rules": {"color-contrast": {"enabled": False}}}
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        never_sideways(page)
        result = Axe().run(page, options=options)
        assert not result.response["violations"], f"{page.url} at {width} px\n{result.generate_report()}"
    if before is not None:
        page.set_viewport_size(before)


def never_sideways(page: Page) -> None:
    """Nothing of the page lies beyond its right edge, neither in its own font nor in a wide one of the machine.

    Our font comes after the page, and some browsers never take it (reader modes, saved data): until then the
    page stands in a font that may be a tenth wider.
    """
    for family in ("", _WIDE_FONTS):
        beyond = page.evaluate(_BEYOND, family)
        assert not beyond, f"{page.url} scrolls sideways at {page.viewport_size}, font {family or 'its own'}: {beyond}"


def _listen(context: BrowserContext, address: str) -> list[str]:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def stop_strangers(route: Any) -> None:
        if route.request.url.startswith((address, "data:", "blob:")):
            route.continue_()
            return
        complaints.append(f"asked another machine: {route.request.url}")
        route.abort()

    context.on("console", hear)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.route("**/*", stop_strangers)
    return complaints


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, "the node ended at its start"
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError(f"the node did not answer within {_START_SECONDS:.0f} seconds")

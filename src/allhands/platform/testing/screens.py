"""Pictures of the pages of a running demo, in each of the ways people see them, one sheet a page.

`script/screens http://localhost:8000 FOLDER [word ...]` takes those whose name holds one of the words, or all.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageOps
from playwright.sync_api import Browser, Page, sync_playwright

from allhands.platform.testing.browser import BROWSER_ARGUMENTS, find_chromium

_TALLEST: Final = 2600
_GAP: Final = 16
_CHILD: Final = ".board__child a"  # the first child of the board; a selector, as it begins with a dot


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a page is looked at.

    Args:
        context, media: what Playwright calls them.
    """

    name: str
    width: int
    context: dict[str, Any]
    media: dict[str, Any]
    is_grey: bool = False


WAYS: Final = (
    Way(name="day-1280", width=1280, context={}, media={}),
    Way(name="day-320", width=320, context={}, media={}),
    Way(name="night-320", width=320, context={"color_scheme": "dark"}, media={}),
    Way(name="print-grey", width=760, context={}, media={"media": "print"}, is_grey=True),
    Way(name="forced-colours", width=320, context={"forced_colors": "active"}, media={}),
    Way(name="no-script", width=320, context={"java_script_enabled": False}, media={}),
    Way(name="spanish", width=320, context={"locale": "es-US"}, media={}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A page to look at: who looks, where, and by which links of that page one gets there.

    Args:
        person: key in the demo world; empty for a stranger.
        through: parts of addresses; each is the first link of the page that holds it. One that begins with `=` is put
            in place of the last part of the address; one that begins with a dot is a selector.
    """

    name: str
    person: str
    path: str
    through: tuple[str, ...] = ()


SIGHTS: Final = (
    Sight(name="demo-door", person="", path="/demo"),
    Sight(name="sign-in", person="", path="/sign-in"),
    Sight(name="sign-in-help", person="", path="/sign-in/help"),
    Sight(name="not-found", person="ruth", path="/nowhere"),
    Sight(name="refused", person="ruth", path="/ops"),
    Sight(name="board", person="ruth", path="/"),
    Sight(name="board-empty", person="ruth", path="/?show=closed"),
    Sight(name="board-of-police", person="cole", path="/"),
    Sight(name="board-of-nobody", person="jo", path="/"),
    Sight(name="owed", person="ruth", path="/duties"),
    Sight(name="search-empty", person="ruth", path="/search?q=zzzz"),
    Sight(name="report-first", person="ruth", path="/report"),
    Sight(name="report-nation", person="ruth", path="/report", through=("=tribe",)),
    Sight(name="report-call", person="ruth", path="/report", through=("=call",)),
    Sight(name="report-check", person="ruth", path="/report", through=("=check",)),
    Sight(name="episode", person="ruth", path="/", through=(_CHILD,)),
    Sight(name="facts", person="ruth", path="/", through=(_CHILD, "/facts")),
    Sight(name="fact", person="ruth", path="/", through=(_CHILD, "/facts", "/facts/")),
    Sight(name="photo", person="ruth", path="/", through=(_CHILD, "/photo")),
    Sight(name="returned", person="ruth", path="/", through=(_CHILD, "/returned")),
    Sight(name="handoff", person="ruth", path="/", through=(_CHILD, "/handoff")),
    Sight(name="duty", person="ruth", path="/duties", through=("/d/",)),
    Sight(name="notice", person="ruth", path="/", through=(_CHILD, "/n/")),
    Sight(name="inbox", person="cole", path="/inbox"),
    Sight(name="inbox-item", person="cole", path="/inbox", through=("/inbox/",)),
    Sight(name="account", person="ruth", path="/account"),
    Sight(name="agency", person="ruth", path="/agency"),
    Sight(name="agency-administrator", person="jo", path="/agency"),
    Sight(name="agreement", person="jo", path="/agency/agreements/new"),
    Sight(name="operations", person="jo", path="/ops"),
    Sight(name="channels", person="jo", path="/ops/channels"),
    Sight(name="api", person="", path="/api/v1/docs"),
    Sight(name="gallery", person="", path="/gallery"),
)


def take(address: str, folder: Path, words: list[str]) -> Iterator[str]:
    """The name of each sheet as it is finished."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=list(BROWSER_ARGUMENTS))
        signed_in: dict[str, Any] = {}
        for sight in SIGHTS:
            if words and not any(word in sight.name for word in words):
                continue
            if sight.person and sight.person not in signed_in:
                signed_in[sight.person] = _sign_in(browser, address, sight.person)
            pictures = [_picture(browser, address, sight, way, signed_in.get(sight.person)) for way in WAYS]
            _sheet(pictures).save(folder / f"{sight.name}.png")
            yield sight.name
        browser.close()


def _sign_in(browser: Browser, address: str, person: str) -> Any:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.goto("/demo")
    page.locator(f"form[action='/demo/enter/{person}'] button").first.click()
    page.wait_for_url(f"{address}/**")
    state = context.storage_state()
    context.close()
    return state


def _picture(browser: Browser, address: str, sight: Sight, way: Way, state: Any) -> Image.Image:
    context = browser.new_context(
        base_url=address, viewport={"width": way.width, "height": 900}, storage_state=state, **way.context
    )
    page = context.new_page()
    _go(page, sight)
    if way.media:
        page.emulate_media(**way.media)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB")
    context.close()
    return ImageOps.grayscale(picture).convert("RGB") if way.is_grey else picture


def _go(page: Page, sight: Sight) -> None:
    page.goto(sight.path)
    for part in sight.through:
        if part.startswith("="):
            page.goto(f"{page.url.rpartition('/')[0]}/{part[1:]}")
        else:
            link = part if part.startswith(".") else f"a[href*='{part}']"
            page.goto(str(page.locator(link).first.get_attribute("href")))


def _sheet(pictures: list[Image.Image]) -> Image.Image:
    """The pictures beside each other, the tall ones cut off."""
    cut = [picture.crop((0, 0, picture.width, min(picture.height, _TALLEST))) for picture in pictures]
    width = sum(picture.width + _GAP for picture in cut)
    sheet = Image.new("RGB", (width, max(picture.height for picture in cut)), "#808080")
    at = 0
    for picture in cut:
        sheet.paste(picture, (at, 0))
        at += picture.width + _GAP
    return sheet


if __name__ == "__main__":
    for finished in take(sys.argv[1].rstrip("/"), Path(sys.argv[2]), sys.argv[3:]):
        sys.stdout.write(f"{finished}\n")
        sys.stdout.flush()

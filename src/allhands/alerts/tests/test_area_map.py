"""The area on a map, in a real browser: counties, nations, circle, corners, travel time; by mouse and by keyboard."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from allhands.alerts import drafting, ladder, queries
from allhands.alerts.actions import asking, writing
from allhands.alerts.contracts import AlertId
from allhands.alerts.tests.makers import People, a_draft
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.browser import axe, sign_in
from allhands.platform.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Place = tuple[float, float]  # longitude, latitude
CASS, TURTLE_MOUNTAIN, FARGO = (-97.25, 46.93), (-99.75, 48.84), (-96.789, 46.877)
JUMP = """(at) => {
  const { map } = document.querySelector("[data-area-map]");
  const still = map.once("idle");
  map.jumpTo({ center: at, zoom: 7 });
  return still.then(() => null);
}"""
CORNERS = [(-98.0, 47.0), (-97.0, 47.0), (-97.0, 47.5), (-98.0, 47.5)]


@pytest.fixture
def alert_id(cast: Cast, live_node: str) -> AlertId:
    """An alert for which nothing is chosen yet."""
    people, now = People(cast), timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.caseworker):
        made = writing.start(people.caseworker, request_id, now)
        writing.save(people.caseworker, made, a_draft(people.number, area=drafting.DraftArea()), 1, now)
    return made


@pytest.fixture
def map_page(browser_page: Page, cast: Cast, alert_id: AlertId) -> Page:
    sign_in(browser_page, cast.caseworker)
    browser_page.goto(f"/alerts/{alert_id}/area")
    browser_page.locator("[data-area-map][data-ready]").wait_for()
    return browser_page


def choose_tool(page: Page, name: str) -> None:
    page.locator(".area-map__tools").get_by_text(name).click()


def press(page: Page, at: Place) -> None:
    """The mouse, at a place on the map."""
    spot = page.evaluate("(at) => document.querySelector('[data-area-map]').map.project(at)", list(at))
    page.locator(".maplibregl-canvas").click(position={"x": spot["x"], "y": spot["y"]})


def go_and_press(page: Page, at: Place) -> None:
    """The keyboard: the map is moved until the place lies under the cross, then Space."""
    page.evaluate(JUMP, list(at))
    page.locator(".maplibregl-canvas").focus()
    page.keyboard.press("Space")


def kept(page: Page, alert_id: AlertId) -> drafting.DraftArea:
    """What the server keeps when the form is sent."""
    page.get_by_role("button", name="Save and show the area").click()
    page.locator("[data-area-map][data-ready]").wait_for()
    assert not page.locator(".usa-error-message").count()
    with acting_as(SYSTEM):
        found = queries.find_alert(alert_id)
    assert found is not None
    return drafting.from_json(found.draft).area


def near(found: Place | None, wanted: Place, degrees: float = 0.1) -> bool:
    return found is not None and max(abs(found[0] - wanted[1]), abs(found[1] - wanted[0])) < degrees


HANDS = (press, go_and_press)


def test_counties_and_nations_are_chosen_and_let_go_by_mouse_and_keyboard(map_page: Page, alert_id: AlertId) -> None:
    for act, word, wanted in zip(
        HANDS, ("Chosen", "No longer chosen"), ((("38017",), ("tmbci",)), ((), ())), strict=True
    ):
        choose_tool(map_page, "Choose counties")
        act(map_page, CASS)
        expect(map_page.locator("[data-told]")).to_have_text(f"{word}: Cass County, ND.")
        choose_tool(map_page, "Choose the land of nations")
        act(map_page, TURTLE_MOUNTAIN)
        area = kept(map_page, alert_id)
        assert (area.county_fips, area.nations) == wanted


def test_a_circle_and_a_travel_time_are_drawn_by_mouse_and_keyboard(map_page: Page, alert_id: AlertId) -> None:
    for act, middle in zip(HANDS, (CASS, FARGO), strict=True):
        choose_tool(map_page, "Set the middle of a circle")
        act(map_page, middle)
        map_page.get_by_role("button", name="1 km more").press("Enter")
        assert near(kept(map_page, alert_id).centre, middle)
    assert kept(map_page, alert_id).radius_km == 12
    for _ in range(2):
        map_page.get_by_role("button", name="15 minutes more").click()
    for _ in range(4):
        map_page.get_by_role("button", name="5 km per hour more").press("Space")
    expect(map_page.get_by_role("list", name="Chosen")).to_contain_text("Circle, 10 km around 46.8")
    assert kept(map_page, alert_id).radius_km == 10
    map_page.get_by_role("button", name="Remove: Circle").press("Enter")
    assert kept(map_page, alert_id).centre is None


def test_an_area_is_drawn_corner_by_corner_by_mouse_and_keyboard(map_page: Page, alert_id: AlertId) -> None:
    choose_tool(map_page, "Draw corner by corner")
    for act, corner in zip((press, press, go_and_press, go_and_press, go_and_press), [*CORNERS, FARGO], strict=True):
        act(map_page, corner)
    map_page.get_by_role("button", name="Take the last corner away").press("Enter")
    area = kept(map_page, alert_id)
    assert len(area.polygon) == 5
    assert all(near(found, wanted) for found, wanted in zip(area.polygon, CORNERS, strict=False))


def test_a_corner_and_the_edge_of_a_circle_are_moved_by_hand(map_page: Page, alert_id: AlertId) -> None:
    choose_tool(map_page, "Set the middle of a circle")
    press(map_page, FARGO)
    edge = map_page.locator(".area-map__pin--edge").bounding_box()
    assert edge is not None
    x, y = edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2
    map_page.mouse.move(x, y)
    map_page.mouse.down()
    map_page.mouse.move(x + 40, y, steps=5)
    map_page.mouse.up()
    assert kept(map_page, alert_id).radius_km > 15


def test_the_keyboard_moves_the_map_after_enter_and_leaves_it_by_tab(map_page: Page) -> None:
    canvas = map_page.locator(".maplibregl-canvas")
    middle = "document.querySelector('[data-area-map]').map.getCenter().lng"
    canvas.focus()
    before = map_page.evaluate(middle)
    map_page.keyboard.press("ArrowRight")
    assert map_page.evaluate(middle) == before, "the page scrolls, the map stays"
    map_page.keyboard.press("Enter")
    expect(map_page.locator("[data-told]")).to_contain_text("Arrow keys move the map")
    map_page.keyboard.press("ArrowRight")
    map_page.wait_for_function(f"(before) => {middle} > before", arg=before)
    map_page.keyboard.press("Tab")
    assert map_page.evaluate("document.activeElement.className") != "maplibregl-canvas"


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_map_is_free_of_barriers(map_page: Page, alert_id: AlertId, lang: str) -> None:
    map_page.context.set_extra_http_headers({"Accept-Language": lang})
    map_page.goto(f"/alerts/{alert_id}/area")
    map_page.locator("[data-area-map][data-ready]").wait_for()
    map_page.locator("label[for=map-corners]").click()
    for corner in CORNERS:
        press(map_page, corner)
    axe(map_page, lang)


def test_without_webgl_the_lists_do_all_of_it(chromium: Browser, live_node: str, cast: Cast, alert_id: AlertId) -> None:
    context = chromium.new_context(base_url=live_node)
    context.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page = context.new_page()
    sign_in(page, cast.caseworker)
    page.goto(f"/alerts/{alert_id}/area")
    expect(page.get_by_text("The map cannot be shown here. The lists and fields below do all of it.")).to_be_visible()
    expect(page.locator("[data-area-map]")).to_be_hidden()
    page.get_by_text("More counties").click()
    page.locator("label[for=county-38017]").click()
    page.get_by_role("button", name="Save and show the area").click()
    expect(page.locator("#county-38017")).to_be_checked()
    context.close()

"""The frame around every page: who acts, where they may go, which world."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from pytest_django import Settings

from allhands.kernel.actors import Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId, MemberId
from allhands.ui import nav, views
from allhands.ui.context import Frame, build_frame
from allhands.ui.themes import THEME_COOKIE, Theme

RUTH = Actor(
    kind=ActorKind.MEMBER,
    member_id=MemberId("m1"),
    agency_id=AgencyId("a1"),
    agency_kind=AgencyKind.CHILD_WELFARE,
    role=Role.CASEWORKER,
    label="Ruth Amundson",
)


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Each test registers for itself, whatever the slices registered before."""
    monkeypatch.setattr(nav, "_items", {})
    monkeypatch.setattr(nav, "_places", {})
    monkeypatch.setattr(nav, "_agency_names", [])
    monkeypatch.setattr(nav, "_asked_counts", [])
    monkeypatch.setattr(nav, "_footers", [])
    with translation.override("en"):
        yield


def _frame(path: str = "/gallery", actor: Actor | None = RUTH, theme: str = "") -> Frame:
    request = RequestFactory().get(path)
    request.actor = actor  # type: ignore[attr-defined]  # as the actor middleware does
    if theme:
        request.COOKIES[THEME_COOKIE] = theme
    return build_frame(request)


def _staff(actor: Actor | None = RUTH, path: str = "/gallery") -> str:
    request = RequestFactory().get(path)
    return render_to_string("ui/frames/staff.html", {"frame": _frame(path, actor)}, request)


def test_navigation_is_ordered_and_shown_to_the_roles_it_is_for() -> None:
    nav.register(
        nav.NavItem(key="team", label="Team", url_name="ui:gallery", order=2, roles=frozenset({Role.SUPERVISOR}))
    )
    nav.register(nav.NavItem(key="two", label="Two", url_name="ui:gallery", order=2))
    nav.register(nav.NavItem(key="one", label="One", url_name="ui:theme", order=1))
    assert [link.label for link in _frame().links] == ["One", "Two"]


def test_a_second_registration_replaces_the_first() -> None:
    nav.register(nav.NavItem(key="one", label="Old", url_name="ui:gallery"))
    nav.register(nav.NavItem(key="one", label="New", url_name="ui:gallery"))
    assert [link.label for link in _frame().links] == ["New"]


def test_only_the_deepest_link_above_the_page_is_current() -> None:
    nav.register(nav.NavItem(key="a", label="Gallery", url_name="ui:gallery"))
    nav.register(nav.NavItem(key="b", label="Theme", url_name="ui:theme"))
    assert [link.current for link in _frame("/gallery/clock").links] == [True, False]


def test_a_link_nobody_serves_is_not_drawn() -> None:
    nav.register(nav.NavItem(key="a", label="Nowhere", url_name="no-such-page"))
    assert _frame().links == ()


def test_a_stranger_sees_no_navigation_and_no_count() -> None:
    nav.register(nav.NavItem(key="a", label="Gallery", url_name="ui:gallery"))
    nav.register_asked_count(lambda actor: 3)
    frame = _frame(actor=None)
    assert (frame.links, frame.asked, frame.person) == ((), None, "")


def test_staff_frame_says_the_hat_the_count_and_where_you_are() -> None:
    nav.register(nav.NavItem(key="a", label="Board", url_name="ui:gallery"))
    nav.register_place(nav.Place.ASKED, "ui:gallery")
    nav.register_agency_name(lambda actor: "Prairie County Human Services")
    nav.register_asked_count(lambda actor: 2)
    html = _staff()
    assert "You act as caseworker, Prairie County Human Services" in html
    assert 'aria-current="page"' in html
    assert "2</span> asked of you" in html
    assert '<a href="#main">Skip to the page</a>' in html


@pytest.mark.parametrize(("world", "word"), [("demo", "Demo"), ("drill", "Drill")])
def test_demo_and_drill_are_said_on_every_frame(world: str, word: str, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = world
    for frame in ("staff", "public", "lite", "print"):
        html = render_to_string(f"ui/frames/{frame}.html", {"frame": _frame()}, RequestFactory().get("/"))
        assert f"<strong>{word}</strong>" in html, frame
        assert f"· {word} ·" in html.split("</title>")[0], frame


def test_live_carries_no_band(settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "live"
    assert 'class="world' not in _staff()


def test_lite_pages_load_no_script_and_no_font() -> None:
    html = render_to_string("ui/frames/lite.html", {"frame": _frame(actor=None)}, RequestFactory().get("/"))
    assert "<script" not in html
    assert "woff2" not in html
    assert "vendor/lite.css" in html


@pytest.mark.parametrize(("cookie", "theme"), [("", Theme.AUTO), ("night", Theme.NIGHT), ("pink", Theme.AUTO)])
def test_theme_is_read_from_the_cookie(cookie: str, theme: Theme) -> None:
    assert _frame(theme=cookie).theme is theme


@pytest.mark.parametrize(
    ("target", "location"), [("/gallery?x=1", "/gallery?x=1"), ("https://elsewhere.example/", "/"), ("", "/")]
)
def test_theme_switch_remembers_and_goes_back_home_only(target: str, location: str) -> None:
    request = RequestFactory().post("/theme", {"theme": "night", "next": target})
    response = views.set_theme(request)
    assert response.headers["Location"] == location
    assert response.cookies[THEME_COOKIE].value == "night"


def test_theme_switch_marks_the_choice_in_force() -> None:
    html = render_to_string("ui/frames/_theme.html", {"frame": _frame(theme="night")})
    assert 'value="night" aria-pressed="true"' in html
    assert 'value="day" aria-pressed="false"' in html

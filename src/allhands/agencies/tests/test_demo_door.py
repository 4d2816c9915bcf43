"""The demo door: everybody in one click, nobody outside the demo world, reset by the operator alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import Settings

from allhands.agencies.demo import load as loader
from allhands.agencies.demo.world import demo_world
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
CAST = [person.key for person in demo_world().cast]


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    settings.ALLHANDS_REQUIRE_MFA = False
    loader.load(NOW)


@pytest.mark.parametrize("world", ["live", "drill"])
@pytest.mark.parametrize("path", ["/demo", "/demo/enter/ruth", "/demo/reset"])
def test_demo_door_is_no_page_elsewhere(client: Client, settings: Settings, demo: None, world: str, path: str) -> None:
    settings.ALLHANDS_WORLD = world
    answer = client.get(path) if path == "/demo" else client.post(path)
    assert answer.status_code == 404
    assert "/demo" not in client.get("/sign-in").content.decode()


@pytest.mark.usefixtures("demo")
def test_demo_door_shows_everybody_drawn_and_quoted(client: Client) -> None:
    page = client.get("/demo").content.decode()
    assert page.count("Drawn portrait. Not a real person.") == len(CAST)
    for person in demo_world().cast:
        assert f"Enter as {person.name}" in page
    assert "A child in my care is missing." in page


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("language", ["en", "es"])
def test_demo_door_keeps_the_house_rules(page_client: PageClient, language: str) -> None:
    assert page_client.get("/demo", headers={"accept-language": language}).status == 200


@pytest.mark.usefixtures("demo")
def test_demo_door_speaks_spanish(client: Client) -> None:
    page = client.get("/demo", headers={"accept-language": "es"}).content.decode()
    assert "Falta una niña que está a mi cargo." in page
    assert "A child in my care" not in page


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("key", CAST)
def test_demo_enter_acts_as_the_person(client: Client, key: str) -> None:
    person = next(person for person in demo_world().cast if person.key == key)
    assert client.get(f"/demo/enter/{key}").status_code == 405
    assert client.post(f"/demo/enter/{key}").headers["Location"] == "/"
    assert "here</strong>" in client.get("/account").content.decode()
    page = client.get("/agency").content.decode()
    assert person.name in re.sub(r"\s+", " ", page)
    assert Journal.objects.filter(event=Event.DEMO_SIGNED_IN).count() == 1


@pytest.mark.usefixtures("demo")
def test_demo_enter_leaves_nothing_of_the_one_before(client: Client) -> None:
    client.post("/demo/enter/ruth")
    first = client.session["hat"]
    client.post("/demo/enter/cole")
    assert client.session["hat"] != first
    assert client.post("/demo/enter/nobody").status_code == 404


@pytest.mark.usefixtures("demo")
def test_demo_reset_is_for_the_operator(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[bool] = []
    monkeypatch.setattr(loader, "_stories", [lambda now, fresh: told.append(fresh)])
    assert client.post("/demo/reset").headers["Location"].startswith("/sign-in")
    client.post("/demo/enter/ruth")
    assert client.post("/demo/reset").status_code == 403
    assert "Enter as the operator" in client.get("/demo").content.decode()
    client.post("/demo/enter/jo")
    assert 'action="/demo/reset"' in client.get("/demo").content.decode()
    assert client.post("/demo/reset").headers["Location"] == "/demo"
    assert told == [True]


def test_demo_door_says_when_it_is_empty(client: Client, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    page = client.get("/demo").content.decode()
    assert "allhands demo load" in page
    assert "Enter as Ruth" not in page
    assert client.post("/demo/enter/ruth").status_code == 404

"""The page for programs and the form behind it: complete, readable, and bound by our own policy."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from allhands.exchange.tests.program import software_of
from allhands.exchange.web.v1 import api
from allhands.platform.testing.browser import axe
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient

DOCS, FORM = "/api/v1/docs", "/api/v1/openapi.json"


@pytest.mark.django_db
def test_form_is_open_and_names_every_call() -> None:
    form = Client().get(FORM).json()
    assert form["openapi"].startswith("3.1")
    assert {(path, *methods) for path, methods in form["paths"].items()} == {
        ("/api/v1/reports", "post"),
        ("/api/v1/episodes/{episode_id}", "get"),
        ("/api/v1/episodes/{episode_id}/duties", "get"),
        ("/api/v1/episodes/{episode_id}/statements", "post"),
        ("/api/v1/duties/{duty_id}/evidence", "post"),
        ("/api/v1/duties/{duty_id}/document", "post"),
        ("/api/v1/assess", "post"),
        ("/api/v1/who-to-call", "get"),
    }
    assert form["components"]["securitySchemes"]


def test_every_call_says_what_it_needs_and_how_it_fails() -> None:
    for methods in api.get_openapi_schema()["paths"].values():
        for said in methods.values():
            assert said["description"]
            assert "x-needs" in said
            refusals = {"422", "429"} if said["x-needs"] == "no key" else {"401", "403", "422", "429"}
            assert refusals <= {str(status) for status in said["responses"]}


@pytest.mark.parametrize(("language", "words"), [("en", "For programs"), ("es", "Para programas")])
def test_page_tells_every_call_and_shape(page_client: PageClient, language: str, words: str) -> None:
    page = page_client.get(DOCS, headers={"Accept-Language": language})
    assert page.status == 200
    assert page.h1.startswith(words)
    form = api.get_openapi_schema()
    for path in form["paths"]:
        assert path in page.text
    for name, shape in form["components"]["schemas"].items():
        assert page.elements(f"//*[@id='shape-{name}']")
        for member in shape.get("properties", {}):
            assert member in page.text
    wanted = {str(href)[1:] for href in page.document.xpath("//main//a/@href") if str(href).startswith("#")}
    assert wanted <= {str(one) for one in page.document.xpath("//@id")}


def example_in(text: str) -> Any:
    """The report of the first example, as somebody would paste it."""
    found = re.search(r"-d '(.*?)'\n", text + "\n", re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def test_examples_of_page_and_reference_are_the_same_and_work(page_client: PageClient, cast: Cast) -> None:
    [sample] = [one.text_content() for one in page_client.get(DOCS).elements("//pre[contains(., 'curl')]")]
    reference = (Path(settings.ALLHANDS_ROOT) / "docs/reference/api.md").read_text(encoding="utf-8")
    assert example_in(str(sample)) == example_in(reference)
    assert software_of(cast.caseworker).report(example_in(reference)).status == 201


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_is_free_of_barriers_and_of_complaints(browser_page: Page, theme: str) -> None:
    browser_page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    answer = browser_page.goto(DOCS)
    assert answer is not None
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    assert browser_page.locator("h1").is_visible()
    if theme == "light":
        axe(browser_page)
    else:  # only colours differ, and they are the same at every width
        axe(browser_page, rules=["color-contrast"], widths=[1280])

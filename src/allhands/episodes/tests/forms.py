"""Filling in the pages of the intake as a browser without script does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from lxml.html import FormElement

from allhands.episodes import models
from allhands.episodes.contracts import Json
from allhands.kernel.actors import Actor
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.pages import Page, PageClient

Typed = str | list[str]


def typed_form(page: Page) -> dict[str, object]:
    """What the page's form would send if it were sent as it stands, buttons left out."""
    form = cast("FormElement", page.elements("//main//form[@method='post']")[0])
    values: dict[str, list[str]] = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(str(value))
    return {name: texts if len(texts) > 1 else texts[0] for name, texts in values.items()}


def press(client: PageClient, page: Page, button: str = "continue", /, **fields: Typed) -> Page:
    """Fill in fields (`__` for the dot) and press a button, whose value may be given; the page it leads to."""
    changes = {name.replace("__", "."): value for name, value in fields.items()}
    form = page.elements("//main//form[@method='post']")[0]
    sent = {button: "1"} | {**typed_form(page), **changes}
    return client.post(str(form.get("action") or page.path), sent, follow=True)


def begin(client: PageClient) -> Page:
    """The first question of a new report."""
    return client.get("/report", follow=True)


def answers_of(actor: Actor, page: Page) -> Mapping[str, Json]:
    """What the server has kept of the draft a page belongs to."""
    with acting_as(actor):
        return cast("Mapping[str, Json]", models.Draft.objects.get(pk=draft_of(page)).answers)


def draft_of(page: Page) -> str:
    """The id of the draft a page belongs to."""
    return page.path.split("/")[2]


def faults_of(page: Page) -> dict[str, str]:
    """What is wrong by the id of the control, as the summary says it; the same words stand by the field."""
    found = {
        str(link.get("href")).removeprefix("#"): link.text_content()
        for link in page.elements("//*[@data-error-summary]//a")
    }
    beside = " ".join(page.texts("//*[contains(@class, 'usa-error-message')]"))
    assert all(words in beside for words in found.values()), f"{found} is not said beside the fields: {beside}"
    return found

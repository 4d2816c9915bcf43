"""One client for all page tests: it looks at every page it gets and fails on a broken house rule."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pytest
from django.http import HttpResponseBase
from django.test import Client
from lxml import html as lxml_html
from lxml.html import FormElement, HtmlElement
from pytest_django import Settings

from allhands.kernel.actors import Actor
from allhands.platform.testing import house_rules
from allhands.platform.testing.cast import account_of

Fields = Mapping[str, object]
Headers = Mapping[str, str] | None
_SESSION_HAT = "hat"  # the key under which the slice of agencies keeps the hat in force


class Page:
    """An answer, read as a person would read it."""

    def __init__(self, client: PageClient, path: str, response: HttpResponseBase) -> None:
        self._client = client
        self.path = path
        self.response: Any = response
        self.status = response.status_code

    @property
    def location(self) -> str:
        """Where the answer sends the browser; empty when nowhere."""
        return str(self.response.headers.get("Location", ""))

    @property
    def document(self) -> HtmlElement:
        """The parsed page."""
        return cast("HtmlElement", lxml_html.fromstring(self.response.content.decode()))

    @property
    def h1(self) -> str:
        """The words of the heading."""
        return self.texts("//h1")[0]

    @property
    def text(self) -> str:
        """Every visible word, in reading order."""
        return house_rules.words(self.document)

    def texts(self, xpath: str) -> list[str]:
        """The words of each element found."""
        return [house_rules.words(element) for element in self.elements(xpath)]

    def elements(self, xpath: str) -> list[HtmlElement]:
        """The elements found."""
        return cast("list[HtmlElement]", self.document.xpath(xpath))

    def submit(self, action: str | None = None, /, *, follow: bool = True, **fields: object) -> Page:
        """Fill in a form of this page and send it with everything it already holds.

        Args:
            action: the address the form goes to; None when the page has one form in its main part.
        """
        form = self._form(action)
        filled: dict[str, object] = dict(form.form_values())
        unknown = set(fields) - set(form.fields)
        assert not unknown, f"the form has no field {sorted(unknown)}; it has {sorted(form.fields)}"
        filled |= fields
        method = self._client.post if form.method.lower() == "post" else self._client.get
        return method(form.get("action") or self.path, filled, follow=follow)

    def _form(self, action: str | None) -> FormElement:
        forms = [form for form in self.elements("//form") if action is None or form.get("action") == action]
        if action is None and len(forms) > 1:
            forms = cast("list[HtmlElement]", self.document.xpath("//main//form"))
        assert len(forms) == 1, f"{len(forms)} forms match; actions: {[form.get('action') for form in forms]}"
        return cast("FormElement", forms[0])


class PageClient:
    """Asks for pages and holds each to the house rules of `house_rules`."""

    def __init__(self) -> None:
        self.client = Client()

    def sign_in(self, actor: Actor) -> PageClient:
        """Come back as this member, under this hat."""
        self.client.force_login(account_of(actor))
        session = self.client.session
        session[_SESSION_HAT] = actor.member_id
        session.save()
        return self

    def get(self, path: str, data: Any = None, *, follow: bool = False, headers: Headers = None) -> Page:
        """Ask for a page."""
        return self._look(path, self.client.get(path, data, follow=follow, headers=headers))

    def post(self, path: str, data: Fields | None = None, *, follow: bool = False, headers: Headers = None) -> Page:
        """Send a form. Files are sent when a value is one."""
        return self._look(path, self.client.post(path, dict(data or {}), follow=follow, headers=headers))

    def _look(self, path: str, response: Any) -> Page:
        for where, _status in getattr(response, "redirect_chain", [])[-1:]:
            path = where
        page = Page(self, path, response)
        broken = house_rules.find_broken(response)
        assert not broken, f"{path} breaks house rules:\n- " + "\n- ".join(broken)
        return page


@pytest.fixture
def page_client(db: None, settings: Settings) -> PageClient:
    """A stranger's browser, without script. Signing in needs no second step here; that step has tests of its own."""
    settings.ALLHANDS_REQUIRE_MFA = False
    return PageClient()

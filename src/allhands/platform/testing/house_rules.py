"""What every page of the house must be. Each rule answers with the ways in which it is broken."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import cast

from django.http import HttpResponse
from lxml import html as lxml_html
from lxml.html import HtmlElement

Rule = Callable[[HtmlElement], Iterator[str]]

_SPACE = re.compile(r"\s+")
_BEFORE_A_MARK = re.compile(r" (?=[,.;:!?)])")  # "<b>Maya</b>, 14" reads "Maya, 14"
_ERROR_PREFIX = re.compile(r"^Error: ")
_TYPED = "//input[not(@type='hidden' or @type='submit' or @type='button' or @type='image')] | //select | //textarea"
_DATA_SCRIPTS = {"application/json", "application/ld+json"}


def find_broken(response: HttpResponse) -> list[str]:
    """Every broken rule of an HTML answer, in words; nothing for other answers."""
    if not response.headers.get("Content-Type", "").startswith("text/html") or not response.content:
        return []
    document = cast("HtmlElement", lxml_html.fromstring(response.content.decode()))
    is_whole = b"<html" in response.content
    rules: list[Rule] = [*_EVERYWHERE, *(_WHOLE_PAGES if is_whole else [])]
    return [*_headers(response), *(found for rule in rules for found in rule(document))]


def words(element: HtmlElement) -> str:
    """The words of an element, spaces joined, script and style left out."""
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
    spaced = _SPACE.sub(" ", " ".join(str(piece) for piece in cast("list[object]", pieces))).strip()
    return _BEFORE_A_MARK.sub("", spaced)


def _headers(response: HttpResponse) -> Iterator[str]:
    if "no-store" not in response.headers.get("Cache-Control", ""):
        yield "the page may be kept by a shared computer: Cache-Control lacks no-store"
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        yield "the Content-Security-Policy is missing or allows inline code"


def _one_heading(document: HtmlElement) -> Iterator[str]:
    headings = document.xpath("//h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1, want one"
        return
    title = words(document.xpath("//title")[0]) if document.xpath("//title") else ""
    if not _ERROR_PREFIX.sub("", title).startswith(words(headings[0])):
        yield f"the title {title!r} does not begin with the h1 {words(headings[0])!r}"


def _language(document: HtmlElement) -> Iterator[str]:
    if document.get("lang") not in {"en", "es"}:
        yield f"html lang is {document.get('lang')!r}"


def _labels(document: HtmlElement) -> Iterator[str]:
    labelled = set(document.xpath("//label/@for"))
    for control in document.xpath(_TYPED):
        named = control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
        if not named and not control.xpath("ancestor::label"):
            yield f"no label for {control.get('name') or control.tag}"


def _nothing_inline(document: HtmlElement) -> Iterator[str]:
    for script in document.xpath("//script[not(@src)]"):
        if script.get("type") not in _DATA_SCRIPTS:
            yield "a script inside the page"
    for element in document.xpath("//style | //*[@style]"):
        yield f"a style inside the page, at {element.tag}"
    for attribute in document.xpath("//@*[starts-with(name(), 'on')]"):
        yield f"an event handler inside the page: {attribute.attrname}"
    for address in document.xpath("//@href | //@action | //@src"):
        if str(address).strip().lower().startswith("javascript:"):
            yield "an address that is code"


def _csrf(document: HtmlElement) -> Iterator[str]:
    # A form that only asks and changes nothing says so: a token would need a cookie, and its page leaves no trace.
    for form in document.xpath("//form[not(@data-changes-nothing)]"):
        if (form.get("method") or "get").lower() == "post" and not form.xpath(".//input[@name='csrfmiddlewaretoken']"):
            yield f"a form to {form.get('action')!r} without its CSRF token"


def _buttons(document: HtmlElement) -> Iterator[str]:
    for button in document.xpath("//button | //a[@href]"):
        pictures = button.xpath(".//img/@alt | .//*[@aria-label]/@aria-label | .//title/text()")
        if not words(button) and not button.get("aria-label") and not any(pictures):
            yield f"a {button.tag} without words"


def _pictures(document: HtmlElement) -> Iterator[str]:
    for picture in document.xpath("//img[not(@alt)]"):
        yield f"a picture without alternative text: {picture.get('src')}"


def _ids(document: HtmlElement) -> Iterator[str]:
    for name, count in Counter(document.xpath("//@id")).items():
        if count > 1:
            yield f"the id {name} stands {count} times"


_EVERYWHERE: list[Rule] = [_labels, _nothing_inline, _csrf, _buttons, _pictures, _ids]
_WHOLE_PAGES: list[Rule] = [_one_heading, _language]

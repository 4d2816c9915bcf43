"""Rules about the texts of an alert: addresses on the web, markup, letters XML cannot carry, languages."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from allhands.wire.cap.model import Alert
from allhands.wire.reports import Report

_URI: Final = re.compile(r"[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(.+)", re.ASCII)
# CAP-v1.2-os 3.3.3 forbids entities and character references of HTML inside text.
_ENTITY: Final = re.compile(r"&(#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_MARKUP: Final = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(\s[^<>]*)?/?>")
# XML 1.0, 2.2: every other letter cannot stand in a document at all.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks that turn the direction of reading and can make a text look like another one.
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def is_uri(text: str) -> bool:
    """Whether a text is a whole or relative URI; letters outside ASCII are let through."""
    if not _URI.fullmatch(text):
        return False
    try:
        urlsplit(text).port  # noqa: B018  reading the port is the check
    except ValueError:
        return False
    return True


def is_absolute_uri(text: str) -> bool:
    """Whether a text is a URI with its scheme, and with a host where the scheme has one."""
    match = _SCHEME.fullmatch(text)
    if not match or not is_uri(text):
        return False
    return not text.lower().startswith(("http:", "https:")) or bool(urlsplit(text).hostname)


def check_texts(alert: Alert, report: Report, path: str) -> None:
    """Letters that XML cannot hold (error), hidden direction marks and HTML (warnings), in every text."""
    for at, text in _texts(alert, path):
        if _NOT_XML.search(text):
            report.error(at, "text-control", "The text holds a control character that XML cannot carry.")
        if _DIRECTION.search(text):
            report.warn(at, "text-direction", "The text holds hidden marks that turn the direction of reading.")
        if _ENTITY.search(text):
            report.warn(
                at, "text-entity", "The text shows HTML entities such as &amp;quot; to people.", "CAP-v1.2-os 3.3.3"
            )
        if _MARKUP.search(text):
            report.warn(at, "text-markup", "The text shows HTML tags to people.", "CAP-v1.2-os 3.3.3")


def check_languages(alert: Alert, report: Report, path: str) -> None:
    """Whether two <info> in different languages say the same words (3.2.2 language)."""
    spoken: dict[tuple[str, str], str] = {}
    for number, info in enumerate(alert.infos, start=1):
        language = (info.language or "en-US").split("-")[0].lower()
        for name in ("event", "headline", "description", "instruction"):
            text = getattr(info, name)
            before = spoken.setdefault((name, text), language) if text else language
            if before != language:
                at = f"{path}/info[{number}]/{name}"
                report.warn(at, "text-same", "The same words stand under two languages; one of them is not translated.")


def _texts(value: object, path: str) -> Iterator[tuple[str, str]]:
    """Every text in a value with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, tuple):
        for number, item in enumerate(value, start=1):
            yield from _texts(item, f"{path}[{number}]")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _texts(getattr(value, field.name), f"{path}/{_ELEMENTS.get(field.name, _camel(field.name))}")


# Where the element's name is not ours in another case.
_ELEMENTS: Final = {
    "infos": "info",
    "codes": "code",
    "areas": "area",
    "resources": "resource",
    "parameters": "parameter",
    "event_codes": "eventCode",
    "geocodes": "geocode",
    "name": "valueName",
}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)

"""A list to Atom (RFC 4287) and to JSON Feed 1.1: the same bytes for the same list, plain text only."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Final

from lxml import etree

from allhands.wire.errors import EncodeRefused
from allhands.wire.feeds.model import Entry, Feed
from allhands.wire.feeds.validate import validate
from allhands.wire.reports import has_errors

_ATOM: Final = "http://www.w3.org/2005/Atom"
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'

Json = str | list["Json"] | dict[str, "Json"]


def encode_atom(feed: Feed) -> bytes:
    """Atom in UTF-8; entries in the order given.

    Raises:
        EncodeRefused: `validate` finds an error.
    """
    _refuse_errors(feed)
    root = etree.Element(_tag("feed"), nsmap={None: _ATOM})  # type: ignore[dict-item]  # None is the default
    root.set(_XML_LANG, feed.language)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "updated", _time(feed.updated_at))
    _add(_add(root, "author"), "name", feed.author)
    _add(root, "link", rel="self", href=feed.feed_url, type="application/atom+xml")
    _add(root, "link", rel="alternate", href=feed.home_url, type="text/html")
    for entry in feed.entries:
        _write_entry(_add(root, "entry"), entry)
    etree.indent(root, space="  ")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8") + b"\n"


def _write_entry(parent: etree._Element, entry: Entry) -> None:
    if entry.language:
        parent.set(_XML_LANG, entry.language)
    _add(parent, "id", entry.id)
    _add(parent, "title", entry.title)
    _add(parent, "updated", _time(entry.updated_at))
    if entry.published_at:
        _add(parent, "published", _time(entry.published_at))
    if entry.url:
        _add(parent, "link", rel="alternate", href=entry.url, type="text/html")
    for link in entry.links:
        attributes = {"rel": "related", "href": link.url, "type": link.media_type}
        _add(parent, "link", **attributes, **({"title": link.title} if link.title else {}))
    if entry.text:
        _add(parent, "content", entry.text, type="text")


def encode_json(feed: Feed) -> bytes:
    """JSON Feed 1.1 in UTF-8, keys in the order of its specification.

    Raises:
        EncodeRefused: `validate` finds an error.
    """
    _refuse_errors(feed)
    document: dict[str, Json] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.feed_url,
        "authors": [{"name": feed.author}],
        "language": feed.language,
        "items": [_item(entry) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8") + b"\n"


def _item(entry: Entry) -> Json:
    item: dict[str, Json] = {"id": entry.id, "title": entry.title}
    optional = {"url": entry.url, "content_text": entry.text, "image": entry.image_url, "language": entry.language}
    item.update({key: text for key, text in optional.items() if text})
    # An item needs a content; the title says it again when there is no other text.
    item.setdefault("content_text", entry.title)
    item["date_modified"] = _time(entry.updated_at)
    if entry.published_at:
        item["date_published"] = _time(entry.published_at)
    if entry.links:
        item["attachments"] = [
            {"url": link.url, "mime_type": link.media_type, **({"title": link.title} if link.title else {})}
            for link in entry.links
        ]
    return item


def _refuse_errors(feed: Feed) -> None:
    findings = validate(feed)
    if has_errors(findings):
        raise EncodeRefused(findings)


def _time(instant: datetime) -> str:
    return instant.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _tag(name: str) -> str:
    return f"{{{_ATOM}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(parent, _tag(name), attributes)
    element.text = text
    return element

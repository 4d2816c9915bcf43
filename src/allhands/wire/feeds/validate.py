"""What both forms demand of a list."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from allhands.kernel.findings import Finding
from allhands.wire.feeds.model import Entry, Feed
from allhands.wire.reports import Report

_IRI: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_WEB: Final = re.compile(r"https?://[^\s<>\"{}|\\^`/]+[^\s<>\"{}|\\^`]*", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", re.ASCII)  # RFC 3066, 2.1
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEDIA_TYPE: Final = re.compile(r"[a-z]+/[\w!#$&^.+-]+", re.ASCII)
_SOURCE: Final = "RFC 4287; JSON Feed 1.1"


def validate(feed: Feed) -> tuple[Finding, ...]:
    """Everything for which a reader would drop the list or an entry."""
    report = Report("feeds", _SOURCE)
    _check_id(feed.id, report, "/feed/id")
    _check_required(("title", feed.title), ("author", feed.author), report=report, path="/feed")
    _check_time(feed.updated_at, report, "/feed/updated_at")
    _check_language(feed.language, report, "/feed/language")
    for name, url in (("feed_url", feed.feed_url), ("home_url", feed.home_url)):
        if not _is_web(url):
            report.error(f"/feed/{name}", "url-form", f"“{url[:60]}” is no web address.")
    seen: set[str] = set()
    for number, entry in enumerate(feed.entries, start=1):
        path = f"/feed/entries[{number}]"
        _check_entry(entry, report, path)
        if entry.id in seen:
            report.error(f"{path}/id", "id-repeated", "Two entries have the same id; readers keep one of them.")
        seen.add(entry.id)
    return report.findings()


def _check_entry(entry: Entry, report: Report, path: str) -> None:
    _check_id(entry.id, report, f"{path}/id")
    _check_required(("title", entry.title), report=report, path=path)
    for name, instant in (("updated_at", entry.updated_at), ("published_at", entry.published_at)):
        if instant is not None:
            _check_time(instant, report, f"{path}/{name}")
    for name, url in (("url", entry.url), ("image_url", entry.image_url)):
        if url and not _is_web(url):
            report.error(f"{path}/{name}", "url-form", f"“{url[:60]}” is no web address.")
    if not entry.text and not entry.url:
        report.error(path, "nothing-said", "An entry needs a text or a page to open.")
    if _NOT_XML.search(entry.text):
        report.error(f"{path}/text", "text-control", "The text holds a control character that XML cannot carry.")
    if entry.language:
        _check_language(entry.language, report, f"{path}/language")
    _check_links(entry, report, path)


def _check_links(entry: Entry, report: Report, path: str) -> None:
    for link in entry.links:
        if not _is_web(link.url) or not _MEDIA_TYPE.fullmatch(link.media_type) or _NOT_XML.search(link.title):
            report.error(f"{path}/links", "link-form", "A link has a web address and a media type such as image/png.")


def _check_id(identifier: str, report: Report, path: str) -> None:
    if not _IRI.fullmatch(identifier) or _NOT_XML.search(identifier):
        report.error(path, "id-form", f"“{identifier[:60]}” is no IRI; write an address or a tag: URI.")


def _is_web(url: str) -> bool:
    return bool(_WEB.fullmatch(url)) and not _NOT_XML.search(url)


def _check_language(language: str, report: Report, path: str) -> None:
    if not _LANGUAGE.fullmatch(language):
        report.error(path, "language-form", f"“{language[:40]}” is no language tag; write en-US or es-US.")


def _check_required(*values: tuple[str, str], report: Report, path: str) -> None:
    for name, text in values:
        if not text.strip():
            report.error(f"{path}/{name}", "required", f"{name} is required.")
        if _NOT_XML.search(text):
            report.error(f"{path}/{name}", "text-control", "The text holds a control character that XML cannot carry.")


def _check_time(instant: datetime, report: Report, path: str) -> None:
    if instant.utcoffset() is None:
        report.error(path, "time-without-offset", "A time needs its offset from UTC.")

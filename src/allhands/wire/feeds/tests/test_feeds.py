"""Both forms say the same, are always the same bytes, and refuse what readers would drop."""

from __future__ import annotations

import dataclasses
import json
import re
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from allhands.wire import cap, feeds
from allhands.wire.errors import EncodeRefused

SPEC = Path(__file__).parents[1] / "SPEC.md"
NOW = datetime(2026, 11, 24, 2, tzinfo=timezone(timedelta(hours=-6)))
ENTRY = feeds.Entry(
    id="tag:alerts.example.gov,2026:a1",
    title="EXERCISE: Testy McTestface, 9",
    updated_at=NOW,
    published_at=NOW,
    url="https://alerts.example.gov/a1",
    text="Green coat & <hat>.",
    language="es-US",
    image_url="https://alerts.example.gov/a1.png",
    links=(feeds.Link(url="https://alerts.example.gov/a1.cap", media_type="application/cap+xml", title="CAP"),),
)
FEED = feeds.Feed(
    id="https://alerts.example.gov/",
    title="Alerts",
    updated_at=NOW,
    author="Example State Clearinghouse",
    feed_url="https://alerts.example.gov/atom",
    home_url="https://alerts.example.gov/",
    entries=(ENTRY,),
)
words = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=30).filter(
    lambda text: bool(text.strip())
)


def test_atom_is_read_by_our_own_reader() -> None:
    feed = cap.decode_feed(feeds.encode_atom(FEED))
    assert feed.findings == ()
    assert [(entry.title, entry.link) for entry in feed.entries] == [(ENTRY.title, "https://alerts.example.gov/a1.cap")]


def test_atom_has_plain_text_and_utc() -> None:
    root = etree.fromstring(feeds.encode_atom(FEED))
    content = root.find(".//{*}content")
    assert content is not None
    assert (content.get("type"), content.text) == ("text", "Green coat & <hat>.")
    assert root.findtext("{*}updated") == "2026-11-24T08:00:00Z"


def test_json_says_the_same() -> None:
    document = json.loads(feeds.encode_json(FEED))
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    [item] = document["items"]
    assert (item["id"], item["title"], item["content_text"]) == (ENTRY.id, ENTRY.title, ENTRY.text)
    assert item["date_modified"] == "2026-11-24T08:00:00Z"
    assert item["attachments"] == [{"url": ENTRY.links[0].url, "mime_type": "application/cap+xml", "title": "CAP"}]


def test_entry_without_text_repeats_its_title_in_json() -> None:
    entry = dataclasses.replace(ENTRY, text="", published_at=None, links=(), image_url="")
    [item] = json.loads(feeds.encode_json(dataclasses.replace(FEED, entries=(entry,))))["items"]
    assert item["content_text"] == ENTRY.title


@given(title=words, text=words, author=words)
@settings(deadline=None)
def test_any_text_comes_through(title: str, text: str, author: str) -> None:
    feed = dataclasses.replace(FEED, author=author, entries=(dataclasses.replace(ENTRY, title=title, text=text),))
    data = feeds.encode_atom(feed)
    assert etree.fromstring(data).findtext(".//{*}content") == text
    assert json.loads(feeds.encode_json(feed))["items"][0]["title"] == title
    assert feeds.encode_atom(feed) == data


@pytest.mark.parametrize(
    ("feed", "code"),
    [
        (dataclasses.replace(FEED, id="alerts"), "id-form"),
        (dataclasses.replace(FEED, id="urn:a\x01b"), "id-form"),
        (dataclasses.replace(FEED, id="urn:a\ud800"), "id-form"),
        (dataclasses.replace(FEED, feed_url="https://a.example/\x01"), "url-form"),
        (dataclasses.replace(FEED, language="en\x00"), "language-form"),
        (dataclasses.replace(FEED, language=""), "language-form"),
        (dataclasses.replace(FEED, entries=(dataclasses.replace(ENTRY, language="es_US"),)), "language-form"),
        (dataclasses.replace(FEED, title=" "), "required"),
        (dataclasses.replace(FEED, author="a\x00"), "text-control"),
        (dataclasses.replace(FEED, home_url="alerts.example.gov"), "url-form"),
        (dataclasses.replace(FEED, updated_at=datetime(2026, 1, 1)), "time-without-offset"),  # noqa: DTZ001
        (dataclasses.replace(FEED, entries=(ENTRY, ENTRY)), "id-repeated"),
        (dataclasses.replace(FEED, entries=(dataclasses.replace(ENTRY, url="javascript:alert(1)"),)), "url-form"),
        (dataclasses.replace(FEED, entries=(dataclasses.replace(ENTRY, url="", text=""),)), "nothing-said"),
        (dataclasses.replace(FEED, entries=(dataclasses.replace(ENTRY, text="\x0b"),)), "text-control"),
        (
            dataclasses.replace(
                FEED, entries=(dataclasses.replace(ENTRY, links=(feeds.Link(url="x", media_type="y"),)),)
            ),
            "link-form",
        ),
    ],
)
def test_broken_feed_is_not_written(feed: feeds.Feed, code: str) -> None:
    for write in (feeds.encode_atom, feeds.encode_json):
        with pytest.raises(EncodeRefused) as refused:
            write(feed)
        assert f"feeds.{code}" in {finding.code for finding in refused.value.findings}


def test_instants_are_utc_in_both() -> None:
    feed = dataclasses.replace(FEED, updated_at=NOW.astimezone(UTC))
    assert feeds.encode_atom(feed) == feeds.encode_atom(FEED)


def test_findings_are_in_the_specification() -> None:
    documented = set(re.findall(r"`feeds\.([a-z-]+)`", SPEC.read_text()))
    source = "".join(path.read_text() for path in SPEC.parent.glob("*.py"))
    assert set(re.findall(r"report\.error\([^)]*?, \"([a-z-]+)\"", source)) <= documented

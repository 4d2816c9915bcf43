"""Person Finder's own documents are read; our Atom fits the grammar of RFC 4287."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from allhands.wire import feeds, pfif
from allhands.wire.reports import has_errors

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize("version", ["1.2", "1.4"])
def test_person_finder_document_is_read(version: str) -> None:
    decoded = pfif.decode((DATA / "pfif" / f"test.pfif-{version}.xml").read_bytes())
    [person] = decoded.document.persons
    assert decoded.version.name == version
    assert not has_errors(decoded.findings)
    assert (person.person_record_id, person.home_domain) == ("test.google.com/person.21009", "test.google.com")
    assert (person.home_city, person.description, person.age) == ("_test_home_city", "_test_description", "35-45")
    assert [note.author_made_contact for note in person.notes] == [False, True, None, False]
    assert {note.person_record_id for note in person.notes} == {person.person_record_id}


def test_both_versions_say_the_same_of_the_notes() -> None:
    old, new = (
        pfif.decode((DATA / "pfif" / f"test.pfif-{version}.xml").read_bytes()).document.persons[0].notes
        for version in ("1.2", "1.4")
    )
    assert old[1:] == new[1:]


def test_our_atom_fits_the_grammar() -> None:
    grammar = etree.RelaxNG(etree.parse(DATA / "feeds" / "atom_rfc4287_converted.rng"))
    now = datetime(2026, 11, 24, tzinfo=UTC)
    link = feeds.Link(url="https://alerts.example.gov/1.cap", media_type="application/cap+xml", title="CAP")
    entries = tuple(
        feeds.Entry(id=f"tag:example.gov,2026:{n}", title="EXERCISE", updated_at=now, text="Text", links=(link,))
        for n in range(3)
    )
    feed = feeds.Feed(
        id="tag:example.gov,2026:feed",
        title="Alerts",
        updated_at=now,
        author="Example State Clearinghouse",
        feed_url="https://alerts.example.gov/atom",
        home_url="https://alerts.example.gov/",
        entries=entries,
    )
    root = etree.fromstring(feeds.encode_atom(feed))
    assert grammar.validate(root), grammar.error_log

"""Records are read from every version, written with consent and an end, and shrink when their time has come."""

from __future__ import annotations

import dataclasses
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allhands.wire import pfif
from allhands.wire.errors import EncodeRefused
from allhands.wire.reports import has_errors

SPEC = Path(__file__).parents[1] / "SPEC.md"
NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
NOTE = pfif.Note(
    note_record_id="example.org/note.1",
    person_record_id="example.org/person.1",
    author_name="Example agency",
    source_date=NOW,
    author_made_contact=False,
    status="believed_missing",
    text="Last seen at the bus stop.",
)
PERSON = pfif.Person(
    person_record_id="example.org/person.1",
    entry_date=NOW,
    expiry_date=NOW + timedelta(days=30),
    source_date=NOW,
    full_name="Testy McTestface",
    sex="female",
    date_of_birth="2013-04",
    age="12-14",
    home_country="US",
    photo_url="https://alerts.example.gov/p.jpg",
    notes=(NOTE,),
)
CONSENT = {"example.org/person.1"}
words = st.text(alphabet=st.characters(blacklist_categories=["Cs", "Cc", "Cn", "Zs", "Zl", "Zp"]), max_size=20)
moments = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2080, 1, 1)).map(  # noqa: DTZ001
    lambda value: value.replace(microsecond=0, tzinfo=UTC)
)
persons = st.builds(
    pfif.Person,
    person_record_id=st.just("example.org/person.1"),
    entry_date=st.none() | moments,
    expiry_date=moments,
    author_name=words,
    source_date=moments,
    full_name=words.filter(bool),
    description=words,
    sex=st.sampled_from(["", "female", "male", "other"]),
    age=st.sampled_from(["", "9", "12-14"]),
    home_city=words,
    notes=st.sampled_from([(), (NOTE,), (NOTE, dataclasses.replace(NOTE, note_record_id="example.org/note.2"))]),
)


@given(persons)
@settings(deadline=None)
def test_record_comes_back_the_same(person: pfif.Person) -> None:
    document = pfif.Document(persons=(person,))
    data = pfif.encode(document, consent_for=CONSENT)
    assert pfif.decode(data).document == document
    assert pfif.encode(document, consent_for=CONSENT) == data


def test_good_record_has_no_findings() -> None:
    assert pfif.validate(pfif.Document(persons=(PERSON,))) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"person_record_id": ""}, "mandatory-missing"),
        ({"full_name": ""}, "mandatory-missing"),
        ({"source_date": None}, "mandatory-missing"),
        ({"person_record_id": "person.1", "notes": ()}, "id-form"),
        ({"sex": "F"}, "word-unknown"),
        ({"date_of_birth": "4/2013"}, "value-form"),
        ({"date_of_birth": "2013-02-30"}, "value-form"),
        ({"date_of_birth": "0000-01"}, "value-form"),
        ({"person_record_id": ".org/person.1", "notes": ()}, "id-form"),
        ({"person_record_id": "example.org/", "notes": ()}, "id-form"),
        ({"notes": (NOTE, NOTE)}, "id-repeated"),
        ({"age": "about 12"}, "value-form"),
        ({"age": "14-12"}, "value-form"),
        ({"home_country": "USA"}, "value-form"),
        ({"full_name": "a\x00b"}, "text-control"),
        ({"entry_date": datetime(2026, 1, 1)}, "time-without-offset"),  # noqa: DTZ001
        ({"expiry_date": datetime(2027, 1, 1)}, "time-without-offset"),  # noqa: DTZ001
        ({"notes": (dataclasses.replace(NOTE, person_record_id="example.org/person.2"),)}, "note-of-another"),
        ({"notes": (dataclasses.replace(NOTE, status="lost"),)}, "word-unknown"),
        ({"notes": (dataclasses.replace(NOTE, linked_person_record_id="/person.2"),)}, "id-form"),
        ({"notes": (dataclasses.replace(NOTE, note_record_id=""),)}, "mandatory-missing"),
        ({"notes": (dataclasses.replace(NOTE, text=""),)}, "mandatory-missing"),
        ({"expiry_date": None}, "expiry-missing"),
    ],
)
def test_broken_record_is_not_written(changes: dict[str, object], code: str) -> None:
    person = dataclasses.replace(PERSON, **changes)  # type: ignore[arg-type]  # changes are of the fields' types
    with pytest.raises(EncodeRefused) as refused:
        pfif.encode(pfif.Document(persons=(person,)), consent_for=CONSENT | {"", "person.1"})
    assert f"pfif.{code}" in {finding.code for finding in refused.value.findings}


@pytest.mark.parametrize(
    "document",
    [pfif.Document(persons=(PERSON,)), pfif.Document(notes=(NOTE,))],
    ids=["person", "note"],
)
def test_nothing_is_written_without_consent(document: pfif.Document) -> None:
    with pytest.raises(EncodeRefused) as refused:
        pfif.encode(document, consent_for=())
    assert {finding.code for finding in refused.value.findings} == {"pfif.consent-missing"}


def test_expired_record_keeps_four_fields() -> None:
    before = NOW + timedelta(days=30, seconds=-1)
    assert pfif.expire(PERSON, at=before) is PERSON
    after = NOW + timedelta(days=31)
    placeholder = pfif.expire(PERSON, at=after)
    kept = {field.name for field in dataclasses.fields(placeholder) if getattr(placeholder, field.name)}
    assert kept == {"person_record_id", "source_date", "entry_date", "expiry_date"}
    assert (placeholder.source_date, placeholder.entry_date) == (after, after)
    assert pfif.expire(placeholder, at=after + timedelta(days=9)) == placeholder


def test_placeholder_is_written_without_consent() -> None:
    document = pfif.expire_all(pfif.Document(persons=(PERSON,), notes=(NOTE,)), at=NOW + timedelta(days=31))
    data = pfif.encode(document, consent_for=())
    assert document.notes == ()
    assert b"Testy" not in data
    assert pfif.decode(data).document == document


def test_note_stands_once_inside_or_alone() -> None:
    findings = pfif.validate(pfif.Document(persons=(PERSON,), notes=(NOTE,)))
    assert [(finding.path, finding.code) for finding in findings] == [("/pfif/note[1]", "pfif.id-repeated")]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"author_email": "nobody"}, "email-form"),
        ({"author_phone": "ask me"}, "phone-form"),
        ({"home_state": "1234"}, "state-form"),
        ({"photo_url": "foo"}, "url-form"),
        ({"expiry_date": NOW}, "expired-at-birth"),
        ({"entry_date": NOW + timedelta(days=31, seconds=1)}, "expired-at-birth"),
    ],
)
def test_doubtful_record_is_read_with_a_warning(changes: dict[str, object], code: str) -> None:
    person = dataclasses.replace(PERSON, **changes)  # type: ignore[arg-type]  # changes are of the fields' types
    [finding] = pfif.validate(pfif.Document(persons=(person,)))
    assert (finding.code, finding.level.value) == (f"pfif.{code}", "warning")


def test_people_type_states_and_numbers_in_many_ways() -> None:
    for state, phone in (("US-ND", "+1 701 555 0100"), ("ND", "(701)555-0100x5"), ("71", "701.555.0100 #12")):
        person = dataclasses.replace(PERSON, home_state=state, author_phone=phone, author_email="a@example.org")
        assert pfif.validate(pfif.Document(persons=(person,))) == ()


def test_note_goes_with_its_expired_record() -> None:
    placeholder = pfif.expire(PERSON, at=NOW + timedelta(days=30))
    findings = pfif.validate(pfif.Document(persons=(placeholder,), notes=(NOTE,)))
    assert [(finding.path, finding.code) for finding in findings] == [("/pfif/note[1]", "pfif.note-of-expired")]


@pytest.mark.parametrize(
    "changes",
    [{"source_date": NOW}, {"entry_date": None}, {"expiry_date": NOW}],
    ids=["two dates", "one date", "a month late"],
)
def test_placeholder_is_dated_once_and_in_time(changes: dict[str, object]) -> None:
    placeholder = pfif.expire(PERSON, at=NOW + timedelta(days=30))
    changed = dataclasses.replace(placeholder, **changes)  # type: ignore[arg-type]  # changes are of the fields' types
    assert pfif.validate(pfif.Document(persons=(placeholder,))) == ()
    assert [finding.code for finding in pfif.validate(pfif.Document(persons=(changed,)))] == ["pfif.placeholder-dates"]


def test_dates_at_the_end_of_time_are_judged() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    changed = dataclasses.replace(PERSON, entry_date=last, expiry_date=last)
    assert pfif.validate(pfif.Document(persons=(changed,))) == ()


@pytest.mark.parametrize(
    ("version", "fields", "expected"),
    [
        ("1.1", "person_record_id first_name last_name note", False),
        ("1.1", "person_record_id last_name first_name note", True),
        ("1.2", "person_record_id last_name first_name note", False),
        ("1.2", "last_name first_name person_record_id note", True),
        ("1.2", "person_record_id last_name note first_name", True),
        ("1.3", "last_name first_name full_name source_date note person_record_id", False),
    ],
)
def test_order_of_fields_is_that_of_the_version(version: str, fields: str, expected: bool) -> None:
    texts = {"source_date": "2026-01-01T00:00:00Z", "person_record_id": "example.org/p.1"}
    body = "".join(f"<{name}>{texts.get(name, 'x' if name != 'note' else '')}</{name}>" for name in fields.split())
    found = pfif.decode(f'<pfif xmlns="http://zesty.ca/pfif/{version}"><person>{body}</person></pfif>'.encode())
    assert ("pfif.field-order" in {finding.code for finding in found.findings}) is expected


@pytest.mark.parametrize(
    ("version", "code"), [("1.2", None), ("1.3", "mandatory-missing"), ("1.4", "mandatory-missing")]
)
def test_date_of_the_source_is_asked_for_since_1_3(version: str, code: str | None) -> None:
    names = "<full_name>A</full_name>" if version != "1.2" else "<first_name>A</first_name><last_name>B</last_name>"
    record = f"<person><person_record_id>example.org/p.1</person_record_id>{names}</person>"
    found = pfif.decode(f'<pfif xmlns="http://zesty.ca/pfif/{version}">{record}</pfif>'.encode()).findings
    assert [finding.code for finding in found] == ([f"pfif.{code}"] if code else [])


@pytest.mark.parametrize("inside", ["", "<stranger/>"])
def test_document_without_records_is_an_error(inside: str) -> None:
    findings = pfif.decode(f'<pfif xmlns="http://zesty.ca/pfif/1.4">{inside}</pfif>'.encode()).findings
    assert "pfif.empty" in [finding.code for finding in findings]


def test_note_inside_a_note_is_not_passed_over() -> None:
    nested = "<pfif:note><pfif:note_record_id>example.org/n.2</pfif:note_record_id></pfif:note>"
    found = pfif.decode(OLDEST.replace("<pfif:found>", f"{nested}<pfif:found>").encode()).findings
    assert ("/pfif/person[1]/note[1]", "pfif.field-unknown") in [(finding.path, finding.code) for finding in found]


def test_second_record_with_the_same_id_is_an_error() -> None:
    findings = pfif.validate(pfif.Document(persons=(PERSON, dataclasses.replace(PERSON, notes=()))))
    assert [finding.code for finding in findings] == ["pfif.id-repeated"]


OLDEST = """<pfif:pfif xmlns:pfif="http://zesty.ca/pfif/1.1"><pfif:person>
<pfif:person_record_id>example.org/p.1</pfif:person_record_id><pfif:first_name>Testy</pfif:first_name>
<pfif:last_name>McTestface</pfif:last_name><pfif:home_zip>58316</pfif:home_zip><pfif:colour>red</pfif:colour>
<pfif:note><pfif:note_record_id>example.org/n.1</pfif:note_record_id><pfif:found>maybe</pfif:found></pfif:note>
</pfif:person></pfif:pfif>"""


def test_oldest_version_is_read_in_terms_of_the_newest() -> None:
    decoded = pfif.decode(OLDEST.encode())
    [person] = decoded.document.persons
    assert (person.full_name, person.home_postal_code) == ("Testy McTestface", "58316")
    assert person.notes[0].person_record_id == person.person_record_id
    codes = {(finding.code, finding.level.value) for finding in decoded.findings}
    assert {("pfif.field-unknown", "warning"), ("pfif.value-form", "error")} <= codes


@pytest.mark.parametrize(
    ("data", "code", "unreadable"),
    [
        (b"", "pfif.xml-malformed", True),
        (b"<pfif/>", "pfif.not-pfif", True),
        (b'<pfif xmlns="http://zesty.ca/pfif/1.9"/>', "pfif.not-pfif", True),
        (b"<!DOCTYPE x><pfif/>", "pfif.xml-doctype", False),
        (b"<a>" * 500, "pfif.xml-too-deep", False),
    ],
)
def test_other_bytes_are_refused(data: bytes, code: str, unreadable: bool) -> None:
    with pytest.raises(pfif.PfifError) as refused:
        pfif.decode(data)
    assert (refused.value.finding.code, refused.value.unreadable) == (code, unreadable)


@given(st.binary(max_size=300))
def test_arbitrary_bytes_raise_our_own_error(data: bytes) -> None:
    with pytest.raises(pfif.PfifError):
        pfif.decode(data)


@given(st.text(max_size=30))
def test_arbitrary_dates_are_judged(text: str) -> None:
    body = "".join(letter for letter in text if letter.isalnum() or letter in "-:TZ+. ")
    data = OLDEST.replace("<pfif:home_zip>", f"<pfif:source_date>{body}</pfif:source_date><pfif:home_zip>")
    assert has_errors(pfif.decode(data.encode()).findings)


def test_findings_are_in_the_specification() -> None:
    documented = set(re.findall(r"`pfif\.([a-z-]+)`", SPEC.read_text()))
    source = "".join(path.read_text() for path in SPEC.parent.glob("*.py"))
    written = set(re.findall(r"(?:report\.(?:error|warn|info)|speak)\([^)]*?, \"([a-z-]+)\"", source))
    assert written
    assert written <= documented

"""What a PFIF record must hold, and in which form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from allhands.kernel.findings import Finding
from allhands.wire.pfif.fields import NOTE_MANDATORY, SEXES, STATUSES, V1_4, Version
from allhands.wire.pfif.model import Document, Note, Person
from allhands.wire.reports import Report

_SOURCE: Final = "PFIF 1.4"
_DOMAIN: Final = re.compile(r"[^\s/]+")
_LOCAL: Final = re.compile(r"\S.*")
_URL: Final = re.compile(r"https?://\S+", re.IGNORECASE)
_FORMS: Final[Mapping[str, tuple[re.Pattern[str], str]]] = {
    "date_of_birth": (
        re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII),
        "a year, month or day such as 2013-04",
    ),
    "age": (re.compile(r"\d{1,3}(-\d{1,3})?", re.ASCII), "years, or a range such as 12-14"),
    "home_country": (re.compile(r"[A-Z]{2}", re.ASCII), "two capital letters (ISO 3166)"),
}
# Where we only doubt: a repository may keep what people typed.
_EMAIL: Final = re.compile(r"[^@]+@.+", re.DOTALL)
_PHONE: Final = re.compile(r"(\D*\d){3}.*", re.ASCII | re.DOTALL)
_STATE: Final = re.compile(r"([A-Z]{2}-)?[A-Z0-9]{1,3}", re.ASCII)
_DOUBTS: Final[Mapping[str, tuple[re.Pattern[str], str, str]]] = {
    "author_email": (_EMAIL, "email-form", "an e-mail address"),
    "email_of_found_person": (_EMAIL, "email-form", "an e-mail address"),
    "author_phone": (_PHONE, "phone-form", "a phone number"),
    "phone_of_found_person": (_PHONE, "phone-form", "a phone number"),
    "home_state": (_STATE, "state-form", "a code of ISO 3166-2 such as US-ND or ND"),
}
# PFIF 1.3 and 1.4, data expiry: copies must be gone within a day.
_GRACE: Final = timedelta(days=1)
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def validate(document: Document, *, version: Version = V1_4) -> tuple[Finding, ...]:
    """Everything wrong with the records.

    Args:
        version: the one they were read from; it decides what must be there.
    """
    report = Report("pfif", _SOURCE)
    for number, person in enumerate(document.persons, start=1):
        path = f"/pfif/person[{number}]"
        _check_person(person, version, report, path)
        for place, note in enumerate(person.notes, start=1):
            _check_note(note, report, f"{path}/note[{place}]")
            if note.person_record_id not in {"", person.person_record_id}:
                report.error(
                    f"{path}/note[{place}]/person_record_id", "note-of-another", "The note is about another person."
                )
    gone = {person.person_record_id for person in document.persons if person.is_placeholder}
    for number, note in enumerate(document.notes, start=1):
        path = f"/pfif/note[{number}]"
        _check_note(note, report, path)
        if note.person_record_id in gone:
            message = "The note is about a record that has expired; it must go with the record."
            report.error(path, "note-of-expired", message)
        if not note.person_record_id:
            report.error(path, "mandatory-missing", "A note that stands alone needs person_record_id.")
    _check_ids(document, report)
    return report.findings()


def _check_person(person: Person, version: Version, report: Report, path: str) -> None:
    for field in version.person_mandatory:
        name = version.name_in_14(field)
        if not getattr(person, name) and not (person.is_placeholder and name != "person_record_id"):
            report.error(path, "mandatory-missing", f"{name} is required.")
    _check_id(person.person_record_id, report, f"{path}/person_record_id")
    if person.sex and person.sex not in SEXES:
        report.error(
            f"{path}/sex",
            "word-unknown",
            f"“{person.sex[:20]}” is not one of {', '.join(SEXES)}; leave it out when unknown.",
        )
    for name, (form, words) in _FORMS.items():
        value = getattr(person, name)
        if value and not form.fullmatch(value):
            report.error(f"{path}/{name}", "value-form", f"“{value[:30]}” is not {words}.")
    _check_range(person.age, report, f"{path}/age")
    _check_day(person.date_of_birth, report, f"{path}/date_of_birth")
    _check_urls(("photo_url", person.photo_url), ("source_url", person.source_url), report=report, path=path)
    for line in person.profile_urls.split("\n"):
        _check_urls(("profile_urls", line), report=report, path=path)
    _check_record(person, report, path)
    _check_end(person, report, path)


def _check_end(person: Person, report: Report, path: str) -> None:
    """What the dates tell about a record's end; dates that name no offset tell nothing."""
    source, entry, end = (
        instant if instant is None or instant.utcoffset() is not None else None
        for instant in (person.source_date, person.entry_date, person.expiry_date)
    )
    if end is None:
        return
    if not person.is_placeholder:
        if (source is not None and end <= source) or (entry is not None and entry - end > _GRACE):
            report.warn(f"{path}/expiry_date", "expired-at-birth", "The record has expired when it is written.")
    elif source != entry or (source is not None and source - end > _GRACE):
        message = "What is left of an expired record is dated twice with the time it was made, within a day of its end."
        report.warn(path, "placeholder-dates", message)


def _check_note(note: Note, report: Report, path: str) -> None:
    for name in NOTE_MANDATORY:
        if not getattr(note, name):
            # Person Finder itself writes notes without an author; only the id is needed to keep a note apart.
            speak = report.error if name == "note_record_id" else report.warn
            speak(path, "mandatory-missing", f"{name} is required.")
    for name in ("note_record_id", "person_record_id", "linked_person_record_id"):
        _check_id(getattr(note, name), report, f"{path}/{name}")
    if note.status and note.status not in STATUSES:
        report.error(f"{path}/status", "word-unknown", f"“{note.status[:30]}” is not one of {', '.join(STATUSES)}.")
    _check_urls(("photo_url", note.photo_url), report=report, path=path)
    _check_record(note, report, path)


def _check_record(record: Person | Note, report: Report, path: str) -> None:
    for name in record.__slots__:
        value = getattr(record, name)
        if isinstance(value, datetime) and value.utcoffset() is None:
            report.error(f"{path}/{name}", "time-without-offset", "A time needs its offset from UTC.")
        if isinstance(value, str) and _NOT_XML.search(value):
            report.error(f"{path}/{name}", "text-control", "The text holds a control character that XML cannot carry.")
    for name, (form, code, words) in _DOUBTS.items():
        value = getattr(record, name, "")
        if value and not form.fullmatch(value):
            report.warn(f"{path}/{name}", code, f"“{value[:30]}” is not {words}.")


def _check_id(record_id: str, report: Report, path: str) -> None:
    domain, _, local = record_id.partition("/")
    if record_id and not (_DOMAIN.fullmatch(domain) and "." in domain.strip(".") and _LOCAL.fullmatch(local)):
        report.error(
            path, "id-form", f"“{record_id[:40]}” is no record id; write the home domain, a slash, and a local part."
        )


def _check_day(text: str, report: Report, path: str) -> None:
    if _FORMS["date_of_birth"][0].fullmatch(text):
        try:
            date.fromisoformat(f"{text}-01-01"[:10])
        except ValueError:
            report.error(path, "value-form", f"“{text}” is no day that exists.")


def _check_range(age: str, report: Report, path: str) -> None:
    low, dash, high = age.partition("-")
    if dash and low.isdigit() and high.isdigit() and int(low) > int(high):
        report.error(path, "value-form", "The range of ages runs backwards.")


def _check_urls(*values: tuple[str, str], report: Report, path: str) -> None:
    for name, value in values:
        if value.strip() and not _URL.fullmatch(value.strip()):
            report.warn(f"{path}/{name}", "url-form", f"“{value.strip()[:40]}” is no web address.")


def _check_ids(document: Document, report: Report) -> None:
    persons = [(f"/pfif/person[{n}]", one.person_record_id) for n, one in enumerate(document.persons, start=1)]
    enclosed = [
        (f"{path}/note[{place}]", note.note_record_id)
        for (path, _), person in zip(persons, document.persons, strict=True)
        for place, note in enumerate(person.notes, start=1)
    ]
    alone = [(f"/pfif/note[{n}]", one.note_record_id) for n, one in enumerate(document.notes, start=1)]
    _check_unique(persons, report)
    _check_unique(enclosed + alone, report)


def _check_unique(ids: list[tuple[str, str]], report: Report) -> None:
    seen: set[str] = set()
    for path, record_id in ids:
        if record_id and record_id in seen:
            report.error(path, "id-repeated", f"“{record_id[:40]}” stands twice.")
        seen.add(record_id)

"""Records to PFIF 1.4: only with consent, and only with an end.

PFIF was made for open registries after disasters. A missing child's record in one stays there for all to copy, so that
nothing is written that nobody agreed to, and nothing without a day on which it goes away.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from lxml import etree

from allhands.kernel.findings import Finding
from allhands.wire.errors import EncodeRefused
from allhands.wire.pfif.fields import NOTE_MANDATORY, V1_4
from allhands.wire.pfif.model import Document, Note, Person
from allhands.wire.pfif.validate import validate
from allhands.wire.pfif.values import format_time
from allhands.wire.reports import Report, has_errors

_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def encode(document: Document, *, consent_for: Collection[str]) -> bytes:
    """PFIF 1.4 in UTF-8, fields in the standard's order, the same bytes for the same records.

    Args:
        consent_for: record ids of the persons for whom somebody with the right to do so agreed to this export. The
            caller proves it; an empty collection writes nobody.
    Raises:
        EncodeRefused: a record breaks a rule, has no consent, or has no expiry date.
    """
    findings = validate(document) + _gate(document, consent_for)
    if has_errors(findings):
        raise EncodeRefused(findings)
    root = etree.Element(_tag("pfif"), nsmap={"pfif": V1_4.namespace})
    for person in document.persons:
        _write_person(root, person)
    for note in document.notes:
        _write_note(root, note)
    etree.indent(root, space="  ")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8") + b"\n"


def _gate(document: Document, consent_for: Collection[str]) -> tuple[Finding, ...]:
    report = Report("pfif", "our rule")
    for number, person in enumerate(document.persons, start=1):
        path = f"/pfif/person[{number}]"
        if person.expiry_date is None:
            report.error(path, "expiry-missing", "Set expiry_date: the day on which copies must go.")
        # A placeholder tells nothing and makes copies go away: it needs no consent.
        if person.person_record_id not in consent_for and not person.is_placeholder:
            report.error(path, "consent-missing", "Nobody agreed to send this record to an open registry.")
        for note in person.notes:
            _gate_note(note, report, path)
    for note in document.notes:
        _gate_note(note, report, "/pfif")
        if note.person_record_id not in consent_for:
            report.error("/pfif", "consent-missing", "Nobody agreed to send a note about this person.")
    return report.findings()


def _gate_note(note: Note, report: Report, path: str) -> None:
    for name in NOTE_MANDATORY:
        if not getattr(note, name):
            report.error(path, "mandatory-missing", f"A note needs {name}.")


def _write_person(root: etree._Element, person: Person) -> None:
    parent = etree.SubElement(root, _tag("person"))
    _write_fields(parent, person, V1_4.person)
    for note in person.notes:
        _write_note(parent, note)


def _write_note(parent: etree._Element, note: Note) -> None:
    _write_fields(etree.SubElement(parent, _tag("note")), note, V1_4.note)


def _write_fields(parent: etree._Element, record: Person | Note, names: tuple[str, ...]) -> None:
    for name in names:
        text = _text(getattr(record, name))
        if text:
            etree.SubElement(parent, _tag(name)).text = text


def _text(value: str | datetime | bool | None) -> str:
    if isinstance(value, datetime):
        return format_time(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or ""


def _tag(name: str) -> str:
    return f"{{{V1_4.namespace}}}{name}"

"""PFIF 1.1 to 1.4 to records of 1.4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypedDict

from lxml import etree

from allhands.kernel.findings import Finding, Level
from allhands.wire.errors import CodecError
from allhands.wire.hardened_xml import ONE_FEED, Limits, parse
from allhands.wire.pfif.fields import VERSIONS, Version
from allhands.wire.pfif.model import Document, Note, Person
from allhands.wire.pfif.validate import validate
from allhands.wire.pfif.values import parse_time
from allhands.wire.reports import Report

_TIMES: Final = frozenset({"source_date", "entry_date", "expiry_date"})
_BOOLEANS: Final = {"true": True, "false": False}


class PfifError(CodecError):
    """The bytes are no PFIF document, or one we will not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The records, in terms of 1.4, the version they were written in, and everything wrong with them."""

    document: Document
    version: Version
    findings: tuple[Finding, ...]


class _Dates(TypedDict, total=False):
    entry_date: datetime
    expiry_date: datetime
    source_date: datetime


def decode(data: bytes, *, limits: Limits = ONE_FEED) -> Decoded:
    """Reads a document; older fields get their names of 1.4, blanks around values are dropped.

    Raises:
        PfifError: not XML, not PFIF, or not safe to read.
    """
    root = parse(data, limits=limits, error=PfifError, prefix="pfif")
    name = etree.QName(root)
    version = VERSIONS.get(name.namespace or "")
    if name.localname != "pfif" or version is None:
        message = f"The document starts with <{name.localname}>, not with <pfif> of version 1.1, 1.2, 1.3 or 1.4."
        raise PfifError(Finding(path="/", code="pfif.not-pfif", level=Level.ERROR, message=message))
    report = Report("pfif", f"PFIF {version.name}")
    document = _Reader(version, report).document(root)
    report.extend(validate(document, version=version))
    return Decoded(document=document, version=version, findings=report.findings())


class _Reader:
    def __init__(self, version: Version, report: Report) -> None:
        self._version = version
        self._report = report

    def document(self, root: etree._Element) -> Document:
        persons = [
            self._person(child, f"/pfif/person[{n}]") for n, child in enumerate(self._all(root, "person"), start=1)
        ]
        notes = [self._note(child, f"/pfif/note[{n}]", "") for n, child in enumerate(self._all(root, "note"), start=1)]
        for child in root:
            if child.tag not in {self._tag("person"), self._tag("note")}:
                self._report.warn("/pfif", "field-unknown", f"<{etree.QName(child).localname}> is not known here.")
        if not persons and not notes:
            self._report.error("/pfif", "empty", "The document holds no person and no note.")
        return Document(persons=tuple(persons), notes=tuple(notes))

    def _person(self, element: etree._Element, path: str) -> Person:
        texts, dates = self._fields(element, self._version.person, path)
        identifier = texts.pop("person_record_id", "")
        notes = [
            self._note(child, f"{path}/note[{n}]", identifier)
            for n, child in enumerate(self._all(element, "note"), start=1)
        ]
        if "full_name" not in self._version.person:
            texts["full_name"] = f"{texts.get('given_name', '')} {texts.get('family_name', '')}".strip()
        if self._version.name != "1.4":
            texts["description"] = _description(texts.get("description", ""))
        return Person(person_record_id=identifier, notes=tuple(notes), **texts, **dates)

    def _note(self, element: etree._Element, path: str, person_id: str) -> Note:
        texts, dates = self._fields(element, self._version.note, path)
        contact = texts.pop("author_made_contact", "")
        if contact and contact not in _BOOLEANS:
            self._report.error(f"{path}/author_made_contact", "value-form", "Write true or false.")
        texts["person_record_id"] = texts.get("person_record_id") or person_id
        identifier = texts.pop("note_record_id", "")
        made = _BOOLEANS.get(contact)
        dates.pop("expiry_date", None)
        return Note(
            note_record_id=identifier,
            author_made_contact=made,
            entry_date=dates.get("entry_date"),
            source_date=dates.get("source_date"),
            **texts,
        )

    def _fields(self, element: etree._Element, known: tuple[str, ...], path: str) -> tuple[dict[str, str], _Dates]:
        texts: dict[str, str] = {}
        dates: _Dates = {}
        self._check_order(element, known, path)
        for child in element:
            name = etree.QName(child).localname
            if child.tag == self._tag("note") and known is self._version.person:
                continue
            if child.tag != self._tag(name) or name not in known:
                self._report.warn(
                    path, "field-unknown", f"<{name}> is no field of this record in {self._version.name}."
                )
                continue
            self._take(self._version.name_in_14(name), (child.text or "").strip(), texts, dates, path)
        return texts, dates

    def _check_order(self, element: etree._Element, known: tuple[str, ...], path: str) -> None:
        """Only warned of: Person Finder's own documents of 1.2 do not keep it, and every reader finds the fields."""
        places = self._version.places(known)
        furthest = 0
        for child in element:
            name = etree.QName(child).localname
            place = places.get(name, furthest)
            if place < furthest:
                message = f"<{name}> stands too late; {self._version.name} wants {self._version.order.value}."
                self._report.warn(path, "field-order", message)
                return
            furthest = place

    def _take(self, name: str, text: str, texts: dict[str, str], dates: _Dates, path: str) -> None:
        if name in texts or name in dates:
            self._report.error(f"{path}/{name}", "field-repeated", f"{name} stands twice; the first is kept.")
        elif name not in _TIMES:
            texts[name] = text
        elif text:
            instant = parse_time(text)
            if instant is None:
                self._report.error(
                    f"{path}/{name}", "value-form", f"“{text[:30]}” is no time; write 2026-03-07T21:14:05Z."
                )
            else:
                _set_date(dates, name, instant)

    def _tag(self, name: str) -> str:
        return f"{{{self._version.namespace}}}{name}"

    def _all(self, parent: etree._Element, name: str) -> list[etree._Element]:
        return parent.findall(self._tag(name))


def _set_date(dates: _Dates, name: str, instant: datetime) -> None:
    if name == "entry_date":
        dates["entry_date"] = instant
    elif name == "expiry_date":
        dates["expiry_date"] = instant
    else:
        dates["source_date"] = instant


def _description(other: str) -> str:
    """The description in the field `other` of older versions: `name: value` lines, values indented."""
    head, colon, rest = other.partition(":")
    if not colon or head.strip() != "description":
        return other
    return "\n".join(line.strip() for line in rest.strip().split("\n"))

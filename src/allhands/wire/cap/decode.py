"""CAP bytes to an alert and everything that is wrong with their form."""

from __future__ import annotations

import copy
import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from lxml import etree

from allhands.kernel.findings import Finding, Level
from allhands.wire.cap import values
from allhands.wire.cap.errors import CapError
from allhands.wire.cap.grammar import SIGNATURE
from allhands.wire.cap.model import (
    Alert,
    Area,
    CapVersion,
    Category,
    Certainty,
    Info,
    LonLat,
    MsgType,
    Reference,
    Resource,
    ResponseType,
    Scope,
    Severity,
    Status,
    Urgency,
    ValuePair,
)
from allhands.wire.cap.schemas import schema_errors
from allhands.wire.cap.structure import check_structure, local_name, numbered
from allhands.wire.cap.values import BadValue
from allhands.wire.hardened_xml import ONE_DOCUMENT, Limits, parse
from allhands.wire.reports import Report

# Rings of real warnings have under 200 points and no phone uses more; ten times that is read and judged.
MAX_RING_POINTS: Final = 2_000

Value = TypeVar("Value")
Code = TypeVar("Code", bound=enum.Enum)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What a document held.

    Args:
        alert: None when a required value is missing or cannot be read; the findings say which. An optional value that
            cannot be read is left out of the alert and is an error among the findings.
        signed: an XML signature is present. Present is not valid: see `signature.verify`.
    """

    alert: Alert | None
    version: CapVersion
    signed: bool
    findings: tuple[Finding, ...]


def decode(data: bytes, *, limits: Limits = ONE_DOCUMENT) -> Decoded:
    """The alert in a document and what is wrong with its form. What its values mean together is `validate`'s.

    Raises:
        CapError: not XML, not CAP, or not safe to read.
    """
    root = parse(data, limits=limits, error=CapError, prefix="cap")
    return decode_element(root)


def decode_element(root: etree._Element, path: str = "/alert") -> Decoded:
    """As `decode`, for an alert that stands inside a feed.

    Raises:
        CapError: the element is no CAP alert of a version we know.
    """
    version = _version(root, path)
    report = Report("cap", "CAP-v1.2-os")
    check_structure(root, version, report, path)
    alert = _Reader(version, report).alert(root, path)
    if not report.has_errors:
        for at, message in schema_errors(_without_signatures(root, version), version, path):
            report.error(at, "schema", message, "OASIS schema")
    signed = root.find(SIGNATURE) is not None
    return Decoded(alert=alert, version=version, signed=signed, findings=report.findings())


def _version(root: etree._Element, path: str) -> CapVersion:
    name = etree.QName(root)
    for version in CapVersion:
        if name.localname == "alert" and name.namespace == version.value:
            return version
    message = (
        f"The document starts with <{name.localname}> of “{name.namespace or 'no namespace'}”, not with a CAP alert."
    )
    raise CapError(Finding(path=path, code="cap.not-cap", level=Level.ERROR, message=message))


def _without_signatures(root: etree._Element, version: CapVersion) -> etree._Element:
    """CAP 1.1 lets an alert be signed (3.3.2.1), but its schema has no place for it; the schema of 1.2 has one."""
    if version is CapVersion.V1_2 or root.find(SIGNATURE) is None:
        return root
    bare = copy.deepcopy(root)
    for signature in bare.findall(SIGNATURE):
        bare.remove(signature)
    return bare


class _Missing(Exception):
    """A required value is absent or unreadable; the finding is already written."""


class _Reader:
    """Builds values from elements and writes a finding for each that cannot be read."""

    def __init__(self, version: CapVersion, report: Report) -> None:
        self._version = version
        self._report = report

    def alert(self, root: etree._Element, path: str) -> Alert | None:
        fields = _Fields(root, path)
        try:
            return self._alert(fields)
        except _Missing:
            return None

    def _alert(self, fields: _Fields) -> Alert:
        return Alert(
            identifier=self._name(fields, "identifier"),
            sender=self._name(fields, "sender"),
            sent_at=self._required(fields, "sent", self._time),
            status=self._required(fields, "status", Status),
            msg_type=self._required(fields, "msgType", MsgType),
            source=fields.text("source"),
            scope=self._optional(fields, "scope", Scope),
            restriction=fields.text("restriction"),
            addresses=values.parse_words(fields.text("addresses")),
            codes=fields.texts("code"),
            note=fields.text("note"),
            references=self._optional(fields, "references", self._references) or (),
            incidents=values.parse_words(fields.text("incidents")),
            infos=tuple(info for child, at in fields.all("info") if (info := self._info(child, at)) is not None),
        )

    def _info(self, element: etree._Element, path: str) -> Info | None:
        fields = _Fields(element, path)
        try:
            return self._whole_info(fields)
        except _Missing:
            return None

    def _whole_info(self, fields: _Fields) -> Info:
        return Info(
            language=fields.text("language").strip(),
            categories=self._many(fields, "category", Category),
            event=fields.text("event"),
            response_types=self._many(fields, "responseType", ResponseType),
            urgency=self._required(fields, "urgency", Urgency),
            severity=self._required(fields, "severity", Severity),
            certainty=self._required(fields, "certainty", _certainty),
            audience=fields.text("audience"),
            event_codes=self._pairs(fields, "eventCode"),
            effective_at=self._optional(fields, "effective", self._time),
            onset_at=self._optional(fields, "onset", self._time),
            expires_at=self._optional(fields, "expires", self._time),
            sender_name=fields.text("senderName"),
            headline=fields.text("headline"),
            description=fields.text("description"),
            instruction=fields.text("instruction"),
            web=self._not_empty(fields, "web"),
            contact=fields.text("contact"),
            parameters=self._pairs(fields, "parameter"),
            resources=tuple(self._resource(child, at) for child, at in fields.all("resource")),
            areas=tuple(self._area(child, at) for child, at in fields.all("area")),
        )

    def _resource(self, element: etree._Element, path: str) -> Resource:
        fields = _Fields(element, path)
        return Resource(
            description=fields.text("resourceDesc"),
            mime_type=fields.text("mimeType"),
            size_bytes=self._optional(fields, "size", _size),
            uri=self._not_empty(fields, "uri"),
            deref_uri=self._not_empty(fields, "derefUri"),
            digest=fields.text("digest"),
        )

    def _area(self, element: etree._Element, path: str) -> Area:
        fields = _Fields(element, path)
        return Area(
            description=fields.text("areaDesc"),
            polygons=self._many(fields, "polygon", _ring),
            circles=self._many(fields, "circle", values.parse_circle),
            geocodes=self._pairs(fields, "geocode"),
            altitude_ft=self._optional(fields, "altitude", values.parse_number),
            ceiling_ft=self._optional(fields, "ceiling", values.parse_number),
        )

    def _time(self, text: str) -> datetime:
        return values.parse_time(text.strip(values.BLANKS), strict=self._version is CapVersion.V1_2)

    def _references(self, text: str) -> tuple[Reference, ...]:
        is_new = self._version is CapVersion.V1_2
        return values.parse_references(text, old_form=self._version is CapVersion.V1_0, strict=is_new)

    def _pairs(self, fields: _Fields, name: str) -> tuple[ValuePair, ...]:
        return tuple(self._pair(child, at) for child, at in fields.all(name))

    def _pair(self, element: etree._Element, path: str) -> ValuePair:
        if self._version is CapVersion.V1_0:
            name, equals, value = (element.text or "").partition("=")
            if not equals:
                self._report.error(path, "pair", "CAP 1.0 writes code values as name=value.")
            return ValuePair(name=name.strip(), value=value.strip())
        fields = _Fields(element, path)
        return ValuePair(name=fields.text("valueName"), value=fields.text("value"))

    def _name(self, fields: _Fields, name: str) -> str:
        text = fields.text(name)
        if fields.has(name) and not values.is_name(text):
            message = f"<{name}> must not be empty nor hold blanks, commas, < or &."
            self._report.error(fields.at(name), f"{name}-form", message, "CAP-v1.2-os 3.2.1")
        return text

    def _not_empty(self, fields: _Fields, name: str) -> str:
        text = fields.text(name).strip()
        if fields.has(name) and not text:
            self._report.error(fields.at(name), "empty", f"<{name}> is empty; leave the element out instead.")
        return text

    def _required(self, fields: _Fields, name: str, read: Callable[[str], Value]) -> Value:
        value = self._optional(fields, name, read)
        if value is None:
            raise _Missing
        return value

    def _optional(self, fields: _Fields, name: str, read: Callable[[str], Value]) -> Value | None:
        found = fields.all(name)
        return self._read(*found[0], read) if found else None

    def _many(self, fields: _Fields, name: str, read: Callable[[str], Value]) -> tuple[Value, ...]:
        read_values = (self._read(child, at, read) for child, at in fields.all(name))
        return tuple(value for value in read_values if value is not None)

    def _read(self, element: etree._Element, path: str, read: Callable[[str], Value]) -> Value | None:
        text = element.text or ""
        try:
            value = read(text)
            if (
                isinstance(value, datetime)
                and self._version is CapVersion.V1_2
                and text.rstrip(values.BLANKS).endswith("+00:00")
            ):
                message = "UTC is written -00:00; +00:00 says a place whose clocks show it."
                self._report.warn(path, "time-utc", message, "CAP-v1.2-os 3.3.2")
            return value
        except BadValue as bad:
            self._report.error(path, f"{_dashed(local_name(element))}-form", str(bad))
        except ValueError:
            pass  # a word outside its list: check_structure has already reported it with the list
        return None


class _Fields:
    """The children of one element by name."""

    def __init__(self, element: etree._Element, path: str) -> None:
        self._path = path
        self._children: dict[str, list[tuple[etree._Element, str]]] = {}
        for child, at in numbered(element, path):
            self._children.setdefault(local_name(child), []).append((child, at))

    def has(self, name: str) -> bool:
        return name in self._children

    def at(self, name: str) -> str:
        return self._children[name][0][1] if self.has(name) else self._path

    def all(self, name: str) -> list[tuple[etree._Element, str]]:
        return self._children.get(name, [])

    def text(self, name: str) -> str:
        return (self._children[name][0][0].text or "") if self.has(name) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(child.text or "" for child, _ in self.all(name))


def _certainty(text: str) -> Certainty:
    return Certainty.LIKELY if text == "Very Likely" else Certainty(text)


def _ring(text: str) -> tuple[LonLat, ...]:
    return values.parse_ring(text, max_points=MAX_RING_POINTS)


def _size(text: str) -> int:
    digits = text.strip(values.BLANKS).removeprefix("+")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 15):
        raise BadValue("The size is a whole number of bytes, zero or more.")
    return int(digits)


def _dashed(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)

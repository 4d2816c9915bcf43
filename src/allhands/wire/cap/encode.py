"""An alert to CAP 1.2 bytes: always the same bytes for the same alert."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Final

from lxml import etree

from allhands.wire.cap import values
from allhands.wire.cap.model import Alert, Area, CapVersion, Info, Resource, ValuePair
from allhands.wire.cap.validate import validate
from allhands.wire.errors import EncodeRefused
from allhands.wire.reports import has_errors

_NAMESPACE: Final = CapVersion.V1_2.value
_DECLARATION: Final = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def encode(alert: Alert) -> bytes:
    """CAP 1.2 in UTF-8, indented by two, elements in the schema's order, absent values left out.

    Raises:
        EncodeRefused: `validate` finds an error; nothing wrong leaves.
    """
    findings = validate(alert)
    if has_errors(findings):
        raise EncodeRefused(findings)
    root = etree.Element(_name("alert"), nsmap={None: _NAMESPACE})  # type: ignore[dict-item]  # None is the default
    _write_alert(root, alert)
    etree.indent(root, space="  ")
    return _DECLARATION + etree.tostring(root, encoding="UTF-8") + b"\n"


def _write_alert(root: etree._Element, alert: Alert) -> None:
    assert alert.scope is not None, "validate refuses an alert without a scope"
    _add(root, "identifier", alert.identifier)
    _add(root, "sender", alert.sender)
    _add(root, "sent", values.format_time(alert.sent_at))
    _add(root, "status", alert.status.value)
    _add(root, "msgType", alert.msg_type.value)
    _add_if(root, "source", alert.source)
    _add(root, "scope", alert.scope.value)
    _add_if(root, "restriction", alert.restriction)
    _add_if(root, "addresses", values.format_words(alert.addresses))
    for code in alert.codes:
        _add(root, "code", code)
    _add_if(root, "note", alert.note)
    _add_if(root, "references", " ".join(map(values.format_reference, alert.references)))
    _add_if(root, "incidents", values.format_words(alert.incidents))
    for info in alert.infos:
        _write_info(_add(root, "info"), info)


def _write_info(parent: etree._Element, info: Info) -> None:
    _add_if(parent, "language", info.language)
    _add_codes(parent, "category", info.categories)
    _add(parent, "event", info.event)
    _add_codes(parent, "responseType", info.response_types)
    _add(parent, "urgency", info.urgency.value)
    _add(parent, "severity", info.severity.value)
    _add(parent, "certainty", info.certainty.value)
    _add_if(parent, "audience", info.audience)
    _add_pairs(parent, "eventCode", info.event_codes)
    _add_time(parent, "effective", info.effective_at)
    _add_time(parent, "onset", info.onset_at)
    _add_time(parent, "expires", info.expires_at)
    _add_if(parent, "senderName", info.sender_name)
    _add_if(parent, "headline", info.headline)
    _add_if(parent, "description", info.description)
    _add_if(parent, "instruction", info.instruction)
    _add_if(parent, "web", info.web)
    _add_if(parent, "contact", info.contact)
    _add_pairs(parent, "parameter", info.parameters)
    for resource in info.resources:
        _write_resource(_add(parent, "resource"), resource)
    for area in info.areas:
        _write_area(_add(parent, "area"), area)


def _write_resource(parent: etree._Element, resource: Resource) -> None:
    _add(parent, "resourceDesc", resource.description)
    _add(parent, "mimeType", resource.mime_type)
    _add_if(parent, "size", "" if resource.size_bytes is None else str(resource.size_bytes))
    _add_if(parent, "uri", resource.uri)
    _add_if(parent, "derefUri", resource.deref_uri)
    _add_if(parent, "digest", resource.digest)


def _write_area(parent: etree._Element, area: Area) -> None:
    _add(parent, "areaDesc", area.description)
    for ring in area.polygons:
        _add(parent, "polygon", values.format_ring(ring))
    for circle in area.circles:
        _add(parent, "circle", values.format_circle(circle))
    _add_pairs(parent, "geocode", area.geocodes)
    for name, height_ft in (("altitude", area.altitude_ft), ("ceiling", area.ceiling_ft)):
        _add_if(parent, name, "" if height_ft is None else values.format_number(height_ft))


def _name(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, _name(name))
    element.text = text
    return element


def _add_if(parent: etree._Element, name: str, text: str) -> None:
    if text:
        _add(parent, name, text)


def _add_time(parent: etree._Element, name: str, instant: datetime | None) -> None:
    if instant is not None:
        _add(parent, name, values.format_time(instant))


def _add_codes(parent: etree._Element, name: str, codes: tuple[enum.Enum, ...]) -> None:
    for code in codes:
        _add(parent, name, code.value)


def _add_pairs(parent: etree._Element, name: str, pairs: tuple[ValuePair, ...]) -> None:
    for pair in pairs:
        element = _add(parent, name)
        _add(element, "valueName", pair.name)
        _add(element, "value", pair.value)

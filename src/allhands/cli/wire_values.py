"""What `allhands wire` read in an item, as JSON: everything the codec keeps, named as its standard names it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from allhands.wire import cap, multi, pfif, same
from allhands.wire.pfif.values import format_time

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


def alert_value(checked: cap.Checked) -> Json:
    """An alert with all its parts; null when there is none. Absent texts and times are null, absent lists empty."""
    alert = checked.alert
    if alert is None:
        return None
    return {
        "kind": "alert",
        "version": checked.version.name.removeprefix("V").replace("_", "."),
        "identifier": alert.identifier,
        "sender": alert.sender,
        "sent": alert.sent_at.isoformat(),
        "status": alert.status.value,
        "msg_type": alert.msg_type.value,
        "source": alert.source or None,
        "scope": alert.scope.value if alert.scope else None,
        "restriction": alert.restriction or None,
        "addresses": list(alert.addresses),
        "codes": list(alert.codes),
        "note": alert.note or None,
        "references": [
            {"sender": one.sender, "identifier": one.identifier, "sent": _time(one.sent_at)} for one in alert.references
        ],
        "incidents": list(alert.incidents),
        "signed": checked.signed,
        "infos": [_info(info) for info in alert.infos],
    }


def feed_value(checked: cap.CheckedFeed) -> Json:
    """A list: its alerts, and the addresses of alerts that stand elsewhere."""
    return {
        "kind": checked.feed.kind.value,
        "title": checked.feed.title,
        "alerts": [alert_value(alert) for alert in checked.alerts],
        "links": [entry.link for entry in checked.feed.entries if entry.link],
    }


def _info(info: cap.Info) -> Json:
    return {
        # 3.2.2: an <info> without a language is in American English.
        "language": info.language or "en-US",
        "categories": [one.value for one in info.categories],
        "event": info.event,
        "response_types": [one.value for one in info.response_types],
        "urgency": info.urgency.value,
        "severity": info.severity.value,
        "certainty": info.certainty.value,
        "audience": info.audience or None,
        "event_codes": _pairs(info.event_codes),
        "effective": _time(info.effective_at),
        "onset": _time(info.onset_at),
        "expires": _time(info.expires_at),
        "sender_name": info.sender_name or None,
        "headline": info.headline or None,
        "description": info.description or None,
        "instruction": info.instruction or None,
        "web": info.web or None,
        "contact": info.contact or None,
        "parameters": _pairs(info.parameters),
        "resources": [_resource(resource) for resource in info.resources],
        "areas": [_area(area) for area in info.areas],
    }


def _resource(resource: cap.Resource) -> Json:
    """The file inside is told by the length of its base64: three megabytes on one line help nobody."""
    return {
        "description": resource.description,
        "mime_type": resource.mime_type or None,
        "size": resource.size_bytes,
        "uri": resource.uri or None,
        "digest": resource.digest or None,
        "deref_uri_characters": len(resource.deref_uri),
    }


def _area(area: cap.Area) -> Json:
    return {
        "description": area.description,
        "polygons": [[_point(point) for point in ring] for ring in area.polygons],
        "circles": [{"center": _point(one.center), "radius_km": one.radius_km} for one in area.circles],
        "geocodes": _pairs(area.geocodes),
        "altitude_ft": area.altitude_ft,
        "ceiling_ft": area.ceiling_ft,
    }


def _point(point: cap.LonLat) -> Json:
    """By name, because the world does not agree on the order."""
    return {"lat": point.lat, "lon": point.lon}


def _pairs(pairs: Iterable[cap.ValuePair]) -> Json:
    return [{"name": pair.name, "value": pair.value} for pair in pairs]


def _time(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def header_value(header: same.SameHeader | None) -> Json:
    """A SAME header; `encode` reads it back."""
    if header is None:
        return None
    codes = [location.code for location in header.locations]
    issued = header.issued
    return {
        "originator": header.originator,
        "originator_name": same.ORIGINATORS.get(header.originator),
        "event": header.event,
        "event_name": same.EVENT_NAMES.get(header.event),
        "locations": list(codes),
        "location_names": [same.location_name(code) if len(code) == 6 and code.isdecimal() else "" for code in codes],
        "valid_for_minutes": int(header.valid_for.total_seconds()) // 60,
        "issued": f"{issued.day:03}{issued.hour:02}{issued.minute:02}",
        "issued_day": issued.day,
        "issued_utc": f"{issued.hour:02}:{issued.minute:02}",
        "sender": header.sender,
    }


def message_value(text: str, message: multi.Message, sign: multi.Sign | None) -> Json:
    """A sign's pages with their lines and times, in tenths of a second; without a sign, on the most common one."""
    pages = multi.lay_out(message, sign or multi.SIGNS["freeway-27x125"])
    return {
        "normalized": multi.normalize(text),
        "text": " ".join(multi.plain_text(message).split()),
        "pages": [
            {
                "lines": [line.text for block in page.blocks for line in block.lines],
                "on_ds": page.on_ds,
                "off_ds": page.off_ds,
            }
            for page in pages
        ],
        "blank": message.is_blank,
    }


def records_value(decoded: pfif.Decoded) -> Json:
    """Persons with the notes inside them, and notes that stand alone; fields are called as in 1.4."""
    document = decoded.document
    persons: list[Json] = [
        _record(person) | {"notes": [_record(note) for note in person.notes]} for person in document.persons
    ]
    return {
        "version": decoded.version.name,
        "persons": persons,
        "placeholders": [person.person_record_id for person in document.persons if person.is_placeholder],
        "notes": [_record(note) for note in document.notes],
    }


def _record(record: pfif.Person | pfif.Note) -> dict[str, Json]:
    """The fields that are there."""
    value: dict[str, Json] = {}
    for field in dataclasses.fields(record):
        content = getattr(record, field.name)
        if isinstance(content, datetime):
            value[field.name] = format_time(content)
        elif isinstance(content, bool) or (isinstance(content, str) and content):
            value[field.name] = content
    return value

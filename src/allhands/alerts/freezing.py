"""An alert message as bytes that never change, and back. The digest is of exactly these bytes. Pure."""

from __future__ import annotations

import base64
import enum
import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any

from allhands.alerts.contracts import (
    AlertArea,
    AlertId,
    AlertMessage,
    AlertPhoto,
    AlertStatus,
    AlertText,
    CallNumber,
    Circle,
    EventCode,
    LatLon,
    MessageKind,
    Reference,
    TransmissionId,
)


def freeze(message: AlertMessage) -> bytes:
    """The message as canonical JSON in UTF-8: keys sorted, no blanks, instants with their offset, bytes as base64."""
    return json.dumps(_plain(message), sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(frozen: bytes) -> str:
    """SHA-256, 64 hex digits."""
    return hashlib.sha256(frozen).hexdigest()


def thaw(frozen: bytes) -> AlertMessage:
    """The message of these bytes.

    Raises:
        KeyError, ValueError: the bytes are not a frozen message.
    """
    raw = json.loads(frozen)
    return AlertMessage(
        transmission_id=TransmissionId(raw["transmission_id"]),
        alert_id=AlertId(raw["alert_id"]),
        identifier=raw["identifier"],
        sender=raw["sender"],
        sender_name=raw["sender_name"],
        sent_at=datetime.fromisoformat(raw["sent_at"]),
        expires_at=datetime.fromisoformat(raw["expires_at"]),
        kind=MessageKind(raw["kind"]),
        status=AlertStatus(raw["status"]),
        event=EventCode(raw["event"]),
        references=tuple(
            Reference(
                sender=one["sender"], identifier=one["identifier"], sent_at=datetime.fromisoformat(one["sent_at"])
            )
            for one in raw["references"]
        ),
        texts={lang: AlertText(**text) for lang, text in raw["texts"].items()},
        area=_area(raw["area"]),
        photo=_photo(raw["photo"]),
        call=CallNumber(**raw["call"]),
        public_url=raw["public_url"],
        world=raw["world"],
    )


def _area(raw: Mapping[str, Any]) -> AlertArea:
    return AlertArea(
        words=raw["words"],
        county_fips=tuple(raw["county_fips"]),
        nations=tuple(raw["nations"]),
        polygons=tuple(tuple(_point(point) for point in ring) for ring in raw["polygons"]),
        circles=tuple(Circle(centre=_point(one["centre"]), radius_km=one["radius_km"]) for one in raw["circles"]),
    )


def _point(raw: list[float]) -> LatLon:
    return (raw[0], raw[1])


def _photo(raw: Mapping[str, Any] | None) -> AlertPhoto | None:
    if raw is None:
        return None
    return AlertPhoto(jpeg=base64.b64decode(raw["jpeg"]), alt=raw["alt"], is_drawn=raw["is_drawn"])


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(each) for each in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    match value:
        case enum.Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case bytes():
            return base64.b64encode(value).decode()
        case _:
            return value

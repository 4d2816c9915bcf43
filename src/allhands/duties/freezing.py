"""A packet as bytes and back: what is frozen is the whole packet, so that nothing is looked up when it is drawn."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from pydantic import ConfigDict, TypeAdapter, with_config

from allhands.duties.packets.model import Packet
from allhands.kernel.ids import AgencyId

_PASSING = datetime(2000, 1, 1, tzinfo=UTC)
_ADAPTER: TypeAdapter[Packet] = TypeAdapter(
    with_config(ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"))(Packet)
)


def freeze(packet: Packet) -> bytes:
    """The packet as UTF-8 JSON, photo included."""
    return _ADAPTER.dump_json(packet)


def thaw(content: bytes) -> Packet:
    """The packet that `freeze` made these bytes from."""
    return _ADAPTER.validate_json(content)


def digest(packet: Packet, receiver: AgencyId | None = None) -> str:
    """SHA-256 of what the packet says and to which agency. Its id, how to answer, who printed it and when are not."""
    names = tuple(
        replace(name, said=tuple(replace(said, stated_at=_PASSING) for said in name.said)) for name in packet.names
    )
    said = replace(packet, notice_id="", printed_by="", as_of=_PASSING, reply=(), names=names)
    return hashlib.sha256(freeze(said) + (receiver or "").encode()).hexdigest()

"""A packet as JSON: the same words as on paper, both languages, keys that do not change."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from allhands.duties.packets.model import JSON, Deadline, GroupState, LeftOut, Packet, PacketField, Said, Section, Text
from allhands.duties.packets.words import NOT_KNOWN_YET

FORMAT = "allhands.packet/1"
MEDIA_TYPE = "application/vnd.allhands.packet+json"


def render_json(packet: Packet) -> bytes:
    """The packet for its recipient, UTF-8, sorted keys; the same packet always gives the same bytes.

    The document is `{format, kind, title, child, groups, sections, asks, reply, deadlines, sender, ...}`; each text is
    `{en, es}`; a field nobody knows has `known: false` and the words "Not known yet".
    """
    document = {
        "format": FORMAT,
        "kind": packet.kind.value,
        "notice_id": packet.notice_id,
        "episode_id": packet.episode_id,
        "world": packet.world,
        "title": _text(packet.title),
        "recipient": packet.recipient,
        "restricted": packet.restricted,
        "as_of": _instant(packet.as_of),
        "reported_at": _instant(packet.reported_at),
        "zone": packet.zone,
        "child": {"short_name": packet.short_name, "names": [_field(name) for name in packet.names]},
        "groups": [_group(group) for group in packet.groups],
        "sections": [_section(section) for section in packet.sections],
        "asks": [_text(ask) for ask in packet.asks],
        "reply": [_text(line) for line in packet.reply],
        "deadlines": [_deadline(deadline) for deadline in packet.deadlines],
        "sender": {
            "agency": packet.sender.agency,
            "person": packet.sender.person,
            "phone": packet.sender.phone,
            "after_hours": packet.sender.after_hours,
            "email": packet.sender.email,
        },
    }
    return _encode(document)


def render_left_out(packet: Packet) -> bytes:
    """What stays behind and why, for the sender's own screen. Never part of what is sent."""
    return _encode({"notice_id": packet.notice_id, "left_out": [_left_out(line) for line in packet.left_out]})


def _encode(document: JSON) -> bytes:
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def _text(text: Text) -> JSON:
    return {"en": text.en, "es": text.es}


def _instant(moment: datetime | None) -> JSON:
    return moment.astimezone(UTC).isoformat() if moment else None


def _field(field: PacketField) -> JSON:
    return {
        "fact": field.fact_id,
        "label": _text(field.label),
        "class": field.sensitivity,
        "known": bool(field.said),
        "said": [_said(said) for said in field.said],
        "words": _text(_words(field)),
        "reason": field.reason,
        "required_by": list(field.required_by),
    }


def _words(field: PacketField) -> Text:
    if not field.said:
        return NOT_KNOWN_YET
    return Text(en=" / ".join(s.value.en for s in field.said), es=" / ".join(s.value.es for s in field.said))


def _said(said: Said) -> JSON:
    return {
        "value": _text(said.value),
        "certainty": said.certainty,
        "stated_at": _instant(said.stated_at),
        "informant": said.informant,
    }


def _group(group: GroupState) -> JSON:
    return {
        "group": group.group.value,
        "title": _text(group.title),
        "state": "provided" if group.provided else "unavailable",
        "reason": None if group.provided else _text(group.reason),
    }


def _section(section: Section) -> JSON:
    return {
        "group": section.group.value,
        "title": _text(section.title),
        "fields": [_field(field) for field in section.fields],
    }


def _deadline(deadline: Deadline) -> JSON:
    return {
        "rule_id": deadline.rule_id,
        "title": _text(deadline.title),
        "due_at": _instant(deadline.due_at),
        "due_words": _text(deadline.due_words),
        "citation": deadline.citation,
    }


def _left_out(line: LeftOut) -> JSON:
    return {
        "fact": line.fact_id,
        "label": _text(line.label),
        "class": line.sensitivity,
        "reason": _text(line.reason),
    }

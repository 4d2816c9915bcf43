"""Owns the packets that notices carry: what each recipient is told. Pure: no Django, no clock; never sends."""

from allhands.duties.packets.as_email import EmailText, render_email
from allhands.duties.packets.as_json import MEDIA_TYPE, render_json, render_left_out
from allhands.duties.packets.as_pdf import render_pdf
from allhands.duties.packets.build import DEFAULT_ALLOWED, build
from allhands.duties.packets.fields import FIELDS
from allhands.duties.packets.model import (
    ChildNames,
    DutyLine,
    FactLine,
    Group,
    LeftOut,
    Packet,
    PacketInput,
    PacketKind,
    Photo,
    Sender,
    Text,
)

__all__ = [
    "DEFAULT_ALLOWED",
    "FIELDS",
    "MEDIA_TYPE",
    "ChildNames",
    "DutyLine",
    "EmailText",
    "FactLine",
    "Group",
    "LeftOut",
    "Packet",
    "PacketInput",
    "PacketKind",
    "Photo",
    "Sender",
    "Text",
    "build",
    "render_email",
    "render_json",
    "render_left_out",
    "render_pdf",
]

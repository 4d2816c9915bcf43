"""A packet as a tagged PDF on letter paper, black only, drawn by typst from `packet.typ`."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from pathlib import Path
from typing import Literal

import typst

from allhands.duties.packets import words
from allhands.duties.packets.clean import breakable, printable
from allhands.duties.packets.model import Deadline, GroupState, Packet, PacketField, Photo, Said, Section, Text
from allhands.duties.packets.values import show_day, show_moment

_TEMPLATE = Path(__file__).with_name("packet.typ")
_PHOTO_FILES = {"image/jpeg": "photo.jpg", "image/png": "photo.png"}

# Tried in this order. PDF/UA-1 (accessible) refuses a sheet with a letter that no font has; paper with one empty box
# is better than no paper, and the JSON keeps every letter.
_STANDARDS: tuple[Literal["ua-1"] | None, ...] = ("ua-1", None)

_LABELS = {
    "as_of": Text(en="As of", es="Al"),
    "printed_by": Text(en="printed by", es="impreso por"),
    "page": Text(en="Page", es="Página"),
    "of": Text(en="of", es="de"),
    "for": Text(en="For", es="Para"),
    "from": Text(en="From", es="De"),
    "informed": Text(en="The agency was told", es="La agencia se enteró"),
    "episode": Text(en="Reference", es="Referencia"),
    "asks": Text(en="What we ask of you", es="Lo que le pedimos"),
    "reply": Text(en="How to answer", es="Cómo responder"),
    "deadlines": Text(en="Deadlines and law", es="Plazos y ley"),
    "groups": Text(en="What this report contains", es="Lo que contiene este reporte"),
    "act": Text(en="Duty", es="Deber"),
    "due": Text(en="Due", es="Vence"),
    "law": Text(en="Law", es="Ley"),
    "photo_alt": Text(en="Photo of", es="Foto de"),
    "photo_taken": Text(en="Photo taken", es="Foto tomada"),
    "photo_when_unknown": Text(en="not known yet", es="aún no se sabe"),
    "restricted": Text(en="Restricted. Do not leave on a printer.", es="Restringido. No lo deje en una impresora."),
    "asked_by": Text(en="asked by", es="lo pide"),
    "unknown": words.NOT_KNOWN_YET,
    "not_started": Text(en="The clock has not started", es="El plazo no ha empezado"),
}


def render_pdf(packet: Packet, lang: str) -> bytes:
    """The packet as PDF bytes in `en` or `es`. A photo that cannot be drawn is said in words and holds nothing back."""
    try:
        return _draw(packet, packet.photo, lang)
    except typst.TypstError:
        if packet.photo is None:
            raise
        return _draw(packet, None, lang)


def _draw(packet: Packet, photo: Photo | None, lang: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="allhands-packet-") as folder:
        room = Path(folder)
        file = _lay_photo(photo, room)
        (room / "packet.typ").write_bytes(_TEMPLATE.read_bytes())
        data = json.dumps(_sheet(packet, file, lang), ensure_ascii=False)
        return _compile(room, data, packet)


def _compile(room: Path, data: str, packet: Packet) -> bytes:
    compiler = typst.Compiler(room / "packet.typ", root=room, font_paths=_fonts(), sys_inputs={"packet": data})
    made = int(packet.as_of.timestamp())
    for standard in _STANDARDS:
        try:
            pdf = compiler.compile(format="pdf", pdf_standards=standard, timestamp=made)
        except typst.TypstError:
            if standard == _STANDARDS[-1]:
                raise
        else:
            assert isinstance(pdf, bytes)
            return pdf
    raise AssertionError("the last standard either draws or raises")


@cache
def _fonts() -> typst.Fonts:
    """Typst's own fonts (Libertinus Serif carries Spanish, Diné, Lakota and Cherokee letters), then the machine's."""
    return typst.Fonts(include_system_fonts=True)


def _lay_photo(photo: Photo | None, room: Path) -> str:
    name = _PHOTO_FILES.get(photo.media_type, "") if photo else ""
    if photo and name:
        (room / name).write_bytes(photo.content)
    return name


def _sheet(packet: Packet, photo_file: str, lang: str) -> dict[str, object]:
    """Everything the template shows, already words in one language."""
    mark = words.NOT_LIVE.get(packet.world)
    return {
        "lang": lang,
        "labels": {key: text.into(lang) for key, text in _LABELS.items()},
        "title": packet.title.into(lang),
        "short_name": packet.short_name or words.NOT_KNOWN_YET.into(lang),
        "episode_id": printable(packet.episode_id),
        "recipient": breakable(packet.recipient),
        "sender": breakable(printable(f"{packet.sender.person}, {packet.sender.agency}".strip(", "))),
        "as_of": show_moment(packet.as_of, packet.zone).into(lang),
        "informed": show_moment(packet.reported_at, packet.zone).into(lang),
        "printed_by": breakable(packet.printed_by),
        "world": mark.into(lang) if mark else "",
        "restricted": packet.restricted,
        "photo": photo_file,
        "photo_taken": _photo_taken(packet.photo, lang),
        "names": [_row(name, lang) for name in packet.names],
        "groups": [_group(group, packet, photo_file, lang) for group in packet.groups],
        "sections": [_section(section, lang) for section in packet.sections],
        "asks": [ask.into(lang) for ask in packet.asks],
        "reply": [breakable(printable(line.into(lang))) for line in packet.reply],
        "deadlines": [_deadline(deadline, packet.zone, lang) for deadline in packet.deadlines],
    }


def _section(section: Section, lang: str) -> dict[str, object]:
    """Known and demanded fields have a row each; the other unknown ones share a line, so that the sheets stay few."""
    rows = [field for field in section.fields if field.said or field.reason or field.required_by]
    others = [field.label.into(lang) for field in section.fields if field not in rows]
    return {
        "title": section.title.into(lang),
        "rows": [_row(field, lang) for field in rows],
        "others": others,
    }


def _photo_taken(photo: Photo | None, lang: str) -> str:
    if photo is None or photo.taken_at is None:
        return _LABELS["photo_when_unknown"].into(lang)
    return show_day(photo.taken_at.date()).into(lang)


def _row(field: PacketField, lang: str) -> dict[str, object]:
    return {
        "label": field.label.into(lang),
        "said": [_said(said, lang) for said in field.said],
        "unknown": "" if field.said else words.NOT_KNOWN_YET.into(lang),
        "reason": breakable(field.reason),
        "law": "; ".join(field.required_by),
    }


def _said(said: Said, lang: str) -> dict[str, str]:
    certainty = words.CERTAINTY[said.certainty].into(lang)
    return {
        "value": breakable(said.value.into(lang)),
        "how": ", ".join(part for part in (certainty, breakable(said.informant)) if part),
    }


def _group(group: GroupState, packet: Packet, photo_file: str, lang: str) -> dict[str, str]:
    lost_photo = group.group.value == "photo" and packet.photo is not None and not photo_file
    provided = group.provided and not lost_photo
    reason = words.PHOTO_FAILED if lost_photo else group.reason
    return {
        "title": group.title.into(lang),
        "state": (words.PROVIDED if provided else words.UNAVAILABLE).into(lang),
        "reason": "" if provided else breakable(reason.into(lang)),
    }


def _deadline(deadline: Deadline, zone: str, lang: str) -> dict[str, str]:
    due = show_moment(deadline.due_at, zone).into(lang) if deadline.due_at else _LABELS["not_started"].into(lang)
    return {
        "title": breakable(deadline.title.into(lang)),
        "due": due,
        "words": breakable(deadline.due_words.into(lang)),
        "law": breakable(deadline.citation),
    }

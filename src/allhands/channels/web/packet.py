"""Reads the JSON of a packet as it was frozen, and says it in one language. Files of other formats give nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from allhands.ui.wording import Lang, Moment, moment

MEDIA_TYPE = "application/vnd.allhands.packet+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    en: str
    es: str

    def into(self, lang: Lang) -> str:
        return self.es if lang == "es" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidData:
    value: Words
    certainty: str
    informant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldData:
    label: Words
    said: tuple[SaidData, ...]
    words: Words
    reason: str
    required_by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionData:
    title: Words
    fields: tuple[FieldData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupData:
    title: Words
    state: str
    reason: Words | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineData:
    title: Words
    due_at: datetime | None
    due_words: Words
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildData:
    short_name: str
    names: tuple[FieldData, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketData:
    """What we read of the document; what else stands in it is left alone."""

    title: Words
    as_of: datetime
    restricted: bool
    child: ChildData
    groups: tuple[GroupData, ...]
    sections: tuple[SectionData, ...]
    asks: tuple[Words, ...]
    reply: tuple[Words, ...]
    deadlines: tuple[DeadlineData, ...]


_READER = TypeAdapter(PacketData)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """certainty: SEEN, TOLD or GUESSED; the template has the words."""

    value: str
    certainty: str
    informant: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """unknown: "Not known yet" when nobody said anything."""

    label: str
    said: tuple[SaidLine, ...]
    unknown: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionLines:
    """fields: known or demanded. others: labels of what nobody knows and nobody demands, for one line together."""

    title: str
    fields: tuple[FieldLine, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    title: str
    provided: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """due: None while the clock has not started."""

    title: str
    due: Moment | None
    words: str
    citation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketPage:
    """A packet as the template draws it."""

    title: str
    name: str
    as_of: Moment
    restricted: bool
    names: tuple[FieldLine, ...]
    groups: tuple[GroupLine, ...]
    sections: tuple[SectionLines, ...]
    asks: tuple[str, ...]
    reply: tuple[str, ...]
    deadlines: tuple[DeadlineLine, ...]


def read_packet(content: bytes, *, lang: Lang, zone: ZoneInfo, now: datetime) -> PacketPage | None:
    """The packet in words, or None when the bytes are no packet that we know."""
    try:
        data = _READER.validate_json(content)
    except ValidationError:
        return None
    return PacketPage(
        title=data.title.into(lang),
        name=data.child.short_name,
        as_of=moment(data.as_of, now=now, zone=zone, lang=lang),
        restricted=data.restricted,
        names=tuple(_field(field, lang) for field in data.child.names),
        groups=tuple(_group(group, lang) for group in data.groups),
        sections=tuple(_section(section, lang) for section in data.sections),
        asks=tuple(ask.into(lang) for ask in data.asks),
        reply=tuple(line.into(lang) for line in data.reply),
        deadlines=tuple(_deadline(deadline, lang, zone, now) for deadline in data.deadlines),
    )


def _section(section: SectionData, lang: Lang) -> SectionLines:
    rows = [field for field in section.fields if field.said or field.reason or field.required_by]
    return SectionLines(
        title=section.title.into(lang),
        fields=tuple(_field(field, lang) for field in rows),
        others=tuple(field.label.into(lang) for field in section.fields if field not in rows),
    )


def _field(field: FieldData, lang: Lang) -> FieldLine:
    return FieldLine(
        label=field.label.into(lang),
        said=tuple(
            SaidLine(value=said.value.into(lang), certainty=said.certainty, informant=said.informant)
            for said in field.said
        ),
        unknown="" if field.said else field.words.into(lang),
        reason=field.reason,
    )


def _group(group: GroupData, lang: Lang) -> GroupLine:
    reason = group.reason.into(lang) if group.reason else ""
    return GroupLine(title=group.title.into(lang), provided=group.state == "provided", reason=reason)


def _deadline(deadline: DeadlineData, lang: Lang, zone: ZoneInfo, now: datetime) -> DeadlineLine:
    return DeadlineLine(
        title=deadline.title.into(lang),
        due=moment(deadline.due_at, now=now, zone=zone, lang=lang) if deadline.due_at else None,
        words=deadline.due_words.into(lang),
        citation=deadline.citation,
    )

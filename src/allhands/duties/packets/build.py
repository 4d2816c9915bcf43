"""A packet made from facts: only what this recipient may have; unknown said as unknown; what stays is listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from allhands.duties.packets import asks, words
from allhands.duties.packets.clean import printable, short_name
from allhands.duties.packets.fields import (
    COMMANDS,
    CONTENT_OF,
    FIELDS,
    NAME,
    NICKNAME,
    OTHER_NAMES,
    PHOTO_KINDS,
    TOLD_ELSEWHERE,
    TRIBAL_NAME,
    Field,
)
from allhands.duties.packets.model import (
    Deadline,
    DutyLine,
    FactLine,
    Group,
    GroupState,
    LeftOut,
    Packet,
    PacketField,
    PacketInput,
    PacketKind,
    Said,
    Section,
    Text,
    same,
)
from allhands.duties.packets.values import in_words

# The plain ticks of the information matrix; "need", "agreement" and "release" are for the caller to add, with a reason.
DEFAULT_ALLOWED: Mapping[PacketKind, frozenset[str]] = {
    PacketKind.POLICE: frozenset({"P0", "P1", "P2"}),
    PacketKind.NCMEC: frozenset({"P0", "P1"}),
    PacketKind.COURT: frozenset({"P0", "P1", "P2"}),
    PacketKind.ATTORNEY: frozenset({"P0", "P1", "P2"}),
    PacketKind.TRIBE: frozenset({"P0", "P1"}),
    PacketKind.PARENT: frozenset({"P0", "P1"}),
}

# Who may read who said a thing: those who investigate or judge it.
_MAY_KNOW_INFORMANT = frozenset({PacketKind.POLICE, PacketKind.COURT, PacketKind.ATTORNEY})
_FIELD_OF = {field.fact_id: field for field in FIELDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Door:
    """What may pass to one recipient."""

    kind: PacketKind
    allowed: frozenset[str]
    rules: frozenset[str]

    def reason_to_leave_out(self, field: Field) -> Text | None:
        """Why this field stays behind, or None when it may go."""
        if self.kind not in field.kinds:
            return words.NOT_IN_THIS_KIND
        commanded = field.commanded and not self.rules.isdisjoint(COMMANDS.get(self.kind, frozenset()))
        if field.sensitivity == "P4" or not (field.sensitivity in self.allowed or commanded):
            return Text(
                en=words.CLASS_NOT_ALLOWED.en.format(sensitivity=field.sensitivity),
                es=words.CLASS_NOT_ALLOWED.es.format(sensitivity=field.sensitivity),
            )
        return None

    def lets_photo_pass(self) -> bool:
        """A photo is P0; it goes to whoever may meet the child."""
        return self.kind in PHOTO_KINDS and "P0" in self.allowed


def build(kind: PacketKind, given: PacketInput, *, allowed: frozenset[str]) -> Packet:
    """The packet for one recipient.

    Args:
        allowed: classes this recipient may have, from `P0` to `P3`. Fields that a duty in `given.duties` commands by
            law (42 USC 671(a)(35)(B)) go to police and NCMEC even above these classes; P4 never goes.
    """
    door = _Door(kind=kind, allowed=allowed, rules=frozenset(duty.rule_id for duty in given.duties))
    lines = _by_fact(given.facts)
    sections = tuple(_sections(door, given, lines))
    path = f"{given.site}/inbox/about/{given.notice_id}"
    return Packet(
        kind=kind,
        notice_id=given.notice_id,
        episode_id=given.episode_id,
        title=words.TITLES[kind],
        short_name=short_name(given.child.given or given.child.nickname, given.child.family),
        names=_names(door, given),
        groups=tuple(_group_states(door, given, sections)),
        sections=sections,
        asks=asks.ASKS[kind],
        reply=asks.reply_lines(given.sender, path),
        deadlines=() if kind is PacketKind.PARENT else tuple(_deadline(duty) for duty in given.duties),
        sender=given.sender,
        recipient=printable(given.recipient),
        reported_at=given.reported_at,
        as_of=given.as_of,
        zone=given.zone,
        world=given.world,
        printed_by=printable(given.printed_by),
        photo=given.photo if door.lets_photo_pass() else None,
        site=given.site,
        restricted=any(field.sensitivity == "P3" and field.said for section in sections for field in section.fields),
        left_out=(*_left_out(door, lines), *_walled(given)),
    )


def _by_fact(facts: Iterable[FactLine]) -> dict[str, list[FactLine]]:
    """Current statements by fact, in the caller's order: the more dangerous first when two people disagree."""
    lines: dict[str, list[FactLine]] = {}
    for fact in facts:
        lines.setdefault(fact.fact_id, []).append(fact)
    return lines


def _sections(door: _Door, given: PacketInput, lines: Mapping[str, list[FactLine]]) -> Iterable[Section]:
    for group in Group:
        fields = tuple(
            _field(door.kind, field, given, lines.get(field.fact_id, []))
            for field in FIELDS
            if field.group is group and door.reason_to_leave_out(field) is None
        )
        if fields:
            yield Section(group=group, title=words.GROUPS[group], fields=fields)


def _field(kind: PacketKind, field: Field, given: PacketInput, lines: list[FactLine]) -> PacketField:
    return PacketField(
        fact_id=field.fact_id,
        label=field.label,
        sensitivity=field.sensitivity,
        said=tuple(_said(kind, line, given.zone, field.unit) for line in lines if line.value is not None),
        required_by=field.required_by,
        reason=printable(given.unavailable.get(field.fact_id, "")),
    )


def _said(kind: PacketKind, line: FactLine, zone: str, unit: str) -> Said:
    named = line.words
    return Said(
        value=in_words(line.value, zone, unit)
        if named is None
        else Text(en=printable(named.en), es=printable(named.es)),
        certainty=line.certainty,
        stated_at=line.stated_at,
        informant=printable(line.informant) if kind in _MAY_KNOW_INFORMANT else "",
    )


def _names(door: _Door, given: PacketInput) -> tuple[PacketField, ...]:
    child = given.child
    full = " ".join(part for part in (child.given, child.middle, child.family) if part)
    rows = ((NAME, (full,)), (NICKNAME, (child.nickname,)), (OTHER_NAMES, child.others), (TRIBAL_NAME, child.tribal))
    known = ((field, values) for field, values in rows if field is NAME or any(values))
    return tuple(_name(given, field, values) for field, values in known if door.reason_to_leave_out(field) is None)


def _name(given: PacketInput, field: Field, values: tuple[str, ...]) -> PacketField:
    names = tuple(filter(None, map(printable, values)))
    return PacketField(
        fact_id=field.fact_id,
        label=field.label,
        sensitivity=field.sensitivity,
        said=tuple(Said(value=same(name), certainty="TOLD", stated_at=given.as_of, informant="") for name in names),
        required_by=field.required_by,
    )


def _group_states(door: _Door, given: PacketInput, sections: tuple[Section, ...]) -> Iterable[GroupState]:
    """The three content groups, each provided or unavailable with a reason. None of them holds the packet back."""
    if door.lets_photo_pass():
        reason = same(printable(given.no_photo_reason)) if given.no_photo_reason else words.NO_PHOTO_YET
        yield _state(Group.PHOTO, reason, provided=given.photo is not None)
    for group in (Group.DESCRIPTION, Group.ENDANGERMENT):
        if any(field.group is group and door.kind in field.kinds for field in FIELDS):
            yield _group_state(group, [f for section in sections if section.group is group for f in section.fields])


def _group_state(group: Group, fields: list[PacketField]) -> GroupState:
    given_reasons = [field.reason for field in fields if field.reason]
    reason = same(given_reasons[0]) if given_reasons else words.NOBODY_KNOWS_YET
    return _state(
        group,
        reason if fields else words.NOT_FOR_THIS_RECIPIENT,
        provided=any(field.said and _is_statutory(field) for field in fields),
    )


def _is_statutory(field: PacketField) -> bool:
    """Whether the field is content of 671(a)(35)(B): an age or a coat alone is no description of physical features."""
    return any(citation.startswith(CONTENT_OF) for citation in field.required_by)


def _state(group: Group, reason: Text, *, provided: bool) -> GroupState:
    return GroupState(group=group, title=words.GROUPS[group], provided=provided, reason=reason)


def _deadline(duty: DutyLine) -> Deadline:
    return Deadline(
        rule_id=duty.rule_id,
        title=Text(en=printable(duty.title.en), es=printable(duty.title.es)),
        due_at=duty.due_at,
        due_words=Text(en=printable(duty.due_words.en), es=printable(duty.due_words.es)),
        citation=printable(duty.citation),
    )


def _left_out(door: _Door, lines: Mapping[str, list[FactLine]]) -> Iterable[LeftOut]:
    for fact_id in sorted(lines.keys() - TOLD_ELSEWHERE):
        field = _FIELD_OF.get(fact_id)
        if field is None:
            yield LeftOut(fact_id=fact_id, label=same(fact_id), sensitivity="", reason=words.NEVER_IN_A_PACKET)
        elif (reason := door.reason_to_leave_out(field)) is not None:
            yield LeftOut(fact_id=fact_id, label=field.label, sensitivity=field.sensitivity, reason=reason)


def _walled(given: PacketInput) -> Iterable[LeftOut]:
    for fact_id, reason in sorted(given.walled.items()):
        field = _FIELD_OF.get(fact_id)
        label, level = (field.label, field.sensitivity) if field else (same(fact_id), "")
        yield LeftOut(fact_id=fact_id, label=label, sensitivity=level, reason=reason)

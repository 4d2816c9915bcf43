"""What goes to whom: classes, commands of the law, unknown as unknown, and what stays behind."""

from __future__ import annotations

import json

import pytest
from hypothesis import given as with_random
from hypothesis import strategies as st

from allhands.duties.packets import DEFAULT_ALLOWED, FIELDS, Packet, PacketKind, Photo, build, render_json
from allhands.duties.packets.fields import COMMANDS
from allhands.duties.packets.model import ChildNames, FactLine
from allhands.duties.packets.tests.makers import NO_CLOCK, TO_NCMEC, TO_POLICE, fact, given

EVERY_CLASS = frozenset({"P0", "P1", "P2", "P3"})


def told(packet: Packet) -> set[str]:
    return {field.fact_id for section in packet.sections for field in section.fields if field.said}


def all_facts() -> tuple[FactLine, ...]:
    return tuple(fact(field.fact_id, f"value of {field.fact_id}") for field in FIELDS)


@pytest.mark.parametrize("kind", PacketKind)
def test_build_with_no_facts_at_all_still_gives_a_packet(kind: PacketKind) -> None:
    packet = build(kind, given(child=ChildNames()), allowed=DEFAULT_ALLOWED[kind])
    assert packet.asks
    assert packet.sections
    assert not told(packet)


@pytest.mark.parametrize("kind", PacketKind)
def test_build_without_a_commanding_duty_keeps_to_the_allowed_classes(kind: PacketKind) -> None:
    packet = build(kind, given(*all_facts()), allowed=DEFAULT_ALLOWED[kind])
    assert {f.sensitivity for s in packet.sections for f in s.fields} <= DEFAULT_ALLOWED[kind]
    assert not packet.restricted


@pytest.mark.parametrize("kind", PacketKind)
def test_build_accounts_for_every_fact_as_told_or_left_out(kind: PacketKind) -> None:
    packet = build(kind, given(*all_facts()), allowed=DEFAULT_ALLOWED[kind])
    left = {line.fact_id for line in packet.left_out}
    assert told(packet) | left == {field.fact_id for field in FIELDS}
    assert not told(packet) & left
    assert all(line.reason.en and line.reason.es for line in packet.left_out)


@pytest.mark.parametrize(
    ("kind", "duty"), [(PacketKind.POLICE, TO_POLICE), (PacketKind.NCMEC, TO_NCMEC)], ids=["police", "ncmec"]
)
def test_build_sends_what_the_law_itself_commands(kind: PacketKind, duty: object) -> None:
    dangers = (fact("child.pregnant", False), fact("child.suicidal", True))
    without = build(kind, given(*dangers), allowed=DEFAULT_ALLOWED[kind])
    commanded = build(kind, given(*dangers, duties=(duty,)), allowed=DEFAULT_ALLOWED[kind])
    assert not told(without)
    assert told(commanded) == {"child.pregnant", "child.suicidal"}
    assert commanded.restricted


def test_build_opens_commanded_fields_only_to_the_named_recipients() -> None:
    assert set(COMMANDS) == {PacketKind.POLICE, PacketKind.NCMEC}
    danger = fact("child.suicidal", value=True)
    for kind in set(PacketKind) - set(COMMANDS):
        packet = build(kind, given(danger, duties=(TO_POLICE, TO_NCMEC)), allowed=DEFAULT_ALLOWED[kind])
        assert not told(packet), kind


def test_build_never_sends_what_no_packet_carries() -> None:
    secrets = (fact("child.unaccompanied_noncitizen", value=True), fact("made.up", value="x"))
    packet = build(PacketKind.POLICE, given(*secrets, duties=(TO_POLICE,)), allowed=EVERY_CLASS | {"P4"})
    assert not told(packet)
    assert {line.fact_id for line in packet.left_out} == {"child.unaccompanied_noncitizen", "made.up"}


def test_build_shows_both_values_when_informants_disagree_in_the_order_given() -> None:
    lines = (fact("child.believed_abducted", value=True), fact("child.believed_abducted", value=False))
    packet = build(PacketKind.POLICE, given(*lines), allowed=DEFAULT_ALLOWED[PacketKind.POLICE])
    field = next(f for s in packet.sections for f in s.fields if f.fact_id == "child.believed_abducted")
    assert [said.value.en for said in field.said] == ["Yes", "No"]


def test_build_tells_who_said_it_to_police_but_not_to_the_nation() -> None:
    line = fact("description.clothing", "green coat", informant="her aunt")
    assert b"her aunt" in render_json(build(PacketKind.POLICE, given(line), allowed=EVERY_CLASS))
    assert b"her aunt" not in render_json(build(PacketKind.TRIBE, given(line), allowed=EVERY_CLASS))


def test_group_states_name_the_reason_and_never_hold_back() -> None:
    facts = (fact("child.age_years", 14), fact("description.eye_color", "brown"))
    packet = build(
        PacketKind.POLICE,
        given(*facts, duties=(TO_POLICE,), no_photo_reason="Lost in a flood", unavailable={"child.suicidal": "Asked"}),
        allowed=DEFAULT_ALLOWED[PacketKind.POLICE],
    )
    photo, looks, dangers = packet.groups
    assert (photo.provided, photo.reason.en) == (False, "Lost in a flood")
    assert looks.provided
    assert (dangers.provided, dangers.reason.en) == (False, "Asked")


def test_group_state_of_description_needs_a_physical_feature() -> None:
    facts = (fact("child.age_years", 14), fact("description.clothing", "green coat"))
    packet = build(PacketKind.NCMEC, given(*facts), allowed=DEFAULT_ALLOWED[PacketKind.NCMEC])
    assert not packet.groups[1].provided


@pytest.mark.parametrize(("kind", "gets_it"), [(PacketKind.POLICE, True), (PacketKind.COURT, False)])
def test_build_gives_the_photo_to_those_who_may_meet_the_child(kind: PacketKind, gets_it: bool) -> None:
    photo = Photo(content=b"drawn", media_type="image/png")
    packet = build(kind, given(photo=photo), allowed=DEFAULT_ALLOWED[kind])
    assert (packet.photo is not None) is gets_it


@with_random(st.lists(st.sampled_from(FIELDS), unique=True))
def test_parent_packet_never_speaks_of_foster_care(fields: list[object]) -> None:
    facts = tuple(fact(f.fact_id, value=True) for f in fields)  # type: ignore[attr-defined]  # sampled as objects
    document = given(*facts, duties=(TO_POLICE, TO_NCMEC, NO_CLOCK))
    text = render_json(build(PacketKind.PARENT, document, allowed=EVERY_CLASS)).decode().lower()
    for word in ("foster", "placement", "crianza", "acogida", "cuidado temporal", "colocación"):
        assert word not in text


def test_ncmec_is_asked_not_to_say_foster_care_in_public() -> None:
    packet = build(PacketKind.NCMEC, given(), allowed=DEFAULT_ALLOWED[PacketKind.NCMEC])
    assert any("Do not say in public" in ask.en and "foster care" in ask.en for ask in packet.asks)


def test_render_json_has_stable_bytes_and_says_unknown() -> None:
    packet = build(PacketKind.POLICE, given(duties=(NO_CLOCK,)), allowed=DEFAULT_ALLOWED[PacketKind.POLICE])
    document = json.loads(render_json(packet))
    assert render_json(packet) == render_json(packet)
    field = document["sections"][0]["fields"][0]
    assert (field["known"], field["words"]) == (False, {"en": "Not known yet", "es": "Aún no se sabe"})
    assert document["deadlines"][0]["due_at"] is None
    assert "left_out" not in document

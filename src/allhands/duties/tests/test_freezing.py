"""A frozen packet comes back as it was, and says the same under the same digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from allhands.duties import freezing
from allhands.duties.packets import ChildNames, FactLine, PacketInput, PacketKind, Photo, Sender, build

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
GIVEN = PacketInput(
    notice_id="n1", episode_id="e1", child=ChildNames(given="Haséyaa", family="Tsosie"),
    facts=(FactLine(fact_id="child.age_years", value=14, informant="Ruth", certainty="TOLD", stated_at=NOW),),
    sender=Sender(agency="Prairie County"), recipient="Police", reported_at=NOW, as_of=NOW,
    photo=Photo(content=b"\xff\xd8\x00\xfe", media_type="image/jpeg", taken_at=NOW),
)  # fmt: skip
ALLOWED = frozenset({"P0", "P1", "P2"})


@pytest.mark.parametrize("kind", PacketKind, ids=lambda kind: kind.value)
def test_a_packet_survives_freezing(kind: PacketKind) -> None:
    packet = build(kind, GIVEN, allowed=ALLOWED)
    assert freezing.thaw(freezing.freeze(packet)) == packet


def test_the_digest_is_about_what_is_said_not_about_when_it_was_printed() -> None:
    packet = build(PacketKind.POLICE, GIVEN, allowed=ALLOWED)
    later = build(PacketKind.POLICE, replace(GIVEN, notice_id="n2", as_of=NOW + timedelta(hours=1)), allowed=ALLOWED)
    older = build(
        PacketKind.POLICE,
        replace(GIVEN, facts=(replace(GIVEN.facts[0], value=15),)),
        allowed=ALLOWED,
    )
    assert freezing.digest(packet) == freezing.digest(later)
    assert freezing.digest(packet) != freezing.digest(older)

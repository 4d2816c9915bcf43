"""Packet inputs for tests, all invented, with only the interesting part to name."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from allhands.duties.packets import ChildNames, DutyLine, FactLine, PacketInput, Sender, Text
from allhands.duties.packets.model import JSON

AS_OF = datetime(2026, 11, 24, 19, 22, tzinfo=UTC)

TO_POLICE = DutyLine(
    rule_id="us.federal.duty-ive-24h-le",
    title=Text(en="Report a child missing from foster care to police", es="Reportar a la policía"),
    due_at=datetime(2026, 11, 25, 18, 0, tzinfo=UTC),
    due_words=Text(en="24 hours after the agency was told", es="24 horas desde que la agencia se enteró"),
    citation="42 USC 671(a)(35)(B)",
)
TO_NCMEC = replace(TO_POLICE, rule_id="us.federal.duty-ive-24h-ncmec")
NO_CLOCK = replace(TO_POLICE, rule_id="us.federal.duty-ive-comms", due_at=None)


def fact(fact_id: str, value: JSON, *, certainty: str = "TOLD", informant: str = "group home staff") -> FactLine:
    return FactLine(fact_id=fact_id, value=value, informant=informant, certainty=certainty, stated_at=AS_OF)


def given(*facts: FactLine, **changes: object) -> PacketInput:
    """A fictional child of a fictional county; `changes` replaces any part."""
    base = PacketInput(
        notice_id="n7c4k2",
        episode_id="3kf9p2x7",
        child=ChildNames(given="Maya", family="Arrowsmith"),
        facts=facts,
        sender=Sender(agency="Prairie County Human Services", person="Ruth Amundson", phone="701-555-0142"),
        recipient="Prairie County Sheriff",
        reported_at=datetime(2026, 11, 24, 18, 0, tzinfo=UTC),
        as_of=AS_OF,
        zone="America/Chicago",
        printed_by="R. Amundson",
    )
    return replace(base, **changes)  # type: ignore[arg-type]  # names and types are checked by the dataclass tests use

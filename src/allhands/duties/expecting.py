"""What a report would set in motion, told before it is sent."""

from __future__ import annotations

from dataclasses import dataclass

from allhands import law
from allhands.duties.actions.notices import KIND_OF_ACTION
from allhands.duties.packets import PacketKind
from allhands.duties.routing import KIND_OF_CODE, is_for_the_ledger
from allhands.kernel.actors import AgencyKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The duties that would stand on the ledger for sure, and the packets the owner's own ones ask for."""

    duties: tuple[law.DutyResult, ...]
    packets: tuple[PacketKind, ...]


def expect(assessment: law.Assessment, kind: AgencyKind | None) -> Expected:
    """What a report by an agency of this kind would start, from what is known now."""
    sure = [
        duty
        for duty in assessment.duties
        if duty.applies is law.Verdict.TRUE and duty.governs and is_for_the_ledger(duty)
    ]
    own = [duty for duty in assessment.duties if duty.applies is law.Verdict.TRUE and is_for_the_ledger(duty)]
    asked = [
        KIND_OF_ACTION[duty.action]
        for duty in own
        if duty.action in KIND_OF_ACTION and kind is not None and KIND_OF_CODE.get(duty.actor) is kind
    ]
    return Expected(duties=tuple(sure), packets=tuple(dict.fromkeys(asked)))

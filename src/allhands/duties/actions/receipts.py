"""A receipt confirmed by a named person of the recipient is evidence where the rule accepts it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.duties import domain, models
from allhands.duties.actions import ladder
from allhands.duties.contracts import DutyState
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty, NewStatement
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId

# The kind of evidence a confirmed packet is. NCMEC's is its own case number, so a receipt proves nothing there; and of
# the police a rule may want the report number: then the receipt only starts their clock.
KIND_OF_PACKET: Mapping[str, str] = {
    PacketKind.POLICE.value: "officer",
    PacketKind.COURT.value: "court_receipt",
    PacketKind.ATTORNEY.value: "attorney_receipt",
    PacketKind.TRIBE.value: "tribe_receipt",
    PacketKind.PARENT.value: "parent_contact",
}


def keep(notice: models.Notice, by: str, now: datetime) -> None:
    """Attach the receipt to each duty that accepts it; a receipt of the police starts their clocks."""
    kind = KIND_OF_PACKET.get(notice.kind)
    for duty in models.Duty.objects.select_for_update().filter(pk__in=notice.duty_ids):
        if kind in duty.evidence_kinds and duty.state == DutyState.OPEN.value:
            attach(duty, str(kind), f"{by}, receipt confirmed in the inbox", by, now)
    if notice.kind == PacketKind.POLICE.value:
        _start_police_clocks(EpisodeId(notice.episode_id), by, now)


def attach(duty: models.Duty, kind: str, words: str, by: str, now: datetime) -> None:
    """Keep what happened here as proof of the duty, in the name of the person who did it."""
    late = duty.due_at is not None and now > duty.due_at
    state = domain.decide_duty(DutyState(duty.state), "prove_late" if late else "prove")
    models.Evidence.objects.create(
        duty=duty, kind=kind, value=words, taken_by=by, happened_at=now, recorded_at=now, recorded_by=SYSTEM.label
    )
    duty.state, duty.settled_at, duty.settled_by = state.value, now, by
    duty.save(update_fields=["state", "settled_at", "settled_by"])
    params = {"duty": duty.id, **ladder.named(duty), "kind": kind}
    episodes.add_timeline(EpisodeId(duty.episode_id), "duty.proved", by, now, params)


def _start_police_clocks(episode_id: EpisodeId, by: str, now: datetime) -> None:
    known = {line.fact_id for line in episodes.statements_of(episode_id) if line.current}
    if "time.police_report_received_at" in known:
        return
    said = NewStatement(
        fact_id="time.police_report_received_at",
        value=now.isoformat(),
        informant=by,
        certainty=Certainty.SEEN,
        stated_at=now,
    )
    episodes.state_fact(SYSTEM, episode_id, said, now)

"""Proof, refusal, waiver: the only ways a duty stops being red."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.access import api as access
from allhands.duties import documents, domain, models
from allhands.duties.actions import ladder
from allhands.duties.contracts import DutyState, NewEvidence, Rung
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Certainty, EpisodeView, Json, NewStatement
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, DutyId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.live import api as live

# Proof of these kinds is a fact of its own, and starts other clocks: the police's two hours run from their receipt of
# the report, the thirty days from the entry. (truth, number, instant)
FACTS_OF_PROOF: Mapping[str, tuple[str, str, str]] = {
    "police_report_number": ("police.report_made", "police.report_number", "time.police_report_received_at"),
    "ncic_number": ("police.ncic_entered", "police.ncic_number", "time.ncic_entered_at"),
    "ncmec_case_number": ("", "police.ncmec_case_number", ""),
}


def prove(actor: Actor, duty_id: DutyId, proof: NewEvidence, now: datetime) -> DutyState:
    """The state of the duty after this proof. A refusal by the recipient is kept, climbs the ladder, proves nothing.

    Raises:
        Denied: the actor may not prove this duty.
        Refused: `proof-kind`, `proof-shape`, `proof-future`, `duty-state`, or the document was refused.
    """
    with audit.audited(actor, now, audit.Event.EVIDENCE_ADDED, subject_id=duty_id) as entry:
        duty, episode = lock(actor, duty_id)
        owed_by = AgencyId(duty.agency_id) if duty.agency_id else None
        access.check_prove_duty(actor, episodes.access_of(episode), owed_by)
        domain.check_by_hand(duty.pack_id)
        state = domain.decide_proof(
            state=DutyState(duty.state), accepted=duty.evidence_kinds, proof=proof, due_at=duty.due_at, now=now
        )
        _store(actor, duty, proof, now)
        entry.episode_id = episode.episode_id
        entry.details.update({"rule": duty.rule_id, "kind": proof.kind})
        if proof.kind in domain.NOT_PROOF:
            ladder.climb(duty, episode, Rung.OVER, now)
            _tell(actor, duty, episode, "duty.refused", now, kind=proof.kind)
        else:
            settle(duty, state, actor.label, proof.happened_at)
            _tell(actor, duty, episode, "duty.proved", now, kind=proof.kind)
            _state_facts_of(actor, episode, proof, now)
    return DutyState(duty.state)


def waive(actor: Actor, duty_id: DutyId, reason: str, now: datetime) -> None:
    """The duty is waived by this named person, with the reason for all to read.

    Raises:
        Denied: the actor is no supervisor or director of the agency that owes the duty.
        Refused: `waive-reason`, `duty-state`.
    """
    with audit.audited(actor, now, audit.Event.DUTY_WAIVED, subject_id=duty_id) as entry:
        duty, episode = lock(actor, duty_id)
        owed_by = AgencyId(duty.agency_id) if duty.agency_id else None
        access.check_waive_duty(actor, episodes.access_of(episode), owed_by)
        words = domain.check_reason("waive-reason", reason)
        state = domain.decide_duty(DutyState(duty.state), "waive")
        entry.episode_id = episode.episode_id
        entry.details["rule"] = duty.rule_id
        duty.reason = words
        settle(duty, state, actor.label, now)
        _tell(actor, duty, episode, "duty.waived", now)


def lock(actor: Actor, duty_id: DutyId) -> tuple[models.Duty, EpisodeView]:
    """The duty, locked, and its episode through the door.

    Raises:
        Denied: it does not exist for this actor.
        Refused: `episode-closed`.
    """
    duty = models.Duty.objects.select_for_update().filter(pk=duty_id).first()
    if duty is None:
        raise Denied("duty")
    episode = episodes.get_episode(actor, duty.episode_id)
    episodes.check_open(episode.state)
    return duty, episode


def settle(duty: models.Duty, state: DutyState, by: str, at: datetime) -> None:
    """Write the settled state; who and when stand beside it."""
    duty.state = state.value
    duty.settled_at = at
    duty.settled_by = by
    duty.save(update_fields=["state", "settled_at", "settled_by", "reason"])


def _store(actor: Actor, duty: models.Duty, proof: NewEvidence, now: datetime) -> None:
    document = None
    if proof.document is not None:
        document = documents.store(EpisodeId(duty.episode_id), proof.filename, proof.document, now)
    models.Evidence.objects.create(
        duty=duty,
        kind=proof.kind,
        value=proof.value.strip(),
        taken_by=proof.taken_by.strip(),
        happened_at=proof.happened_at,
        recorded_at=now,
        recorded_by=actor.label,
        agency_id=actor.agency_id or None,
        document=document,
    )


def _state_facts_of(actor: Actor, episode: EpisodeView, proof: NewEvidence, now: datetime) -> None:
    truth, number, instant = FACTS_OF_PROOF.get(proof.kind, ("", "", ""))
    values: tuple[tuple[str, Json], ...] = (
        (truth, True),
        (number, proof.value.strip()),
        (instant, proof.happened_at.isoformat()),
    )
    known = {line.fact_id for line in episodes.statements_of(episode.episode_id) if line.current}
    told = [
        NewStatement(fact_id=fact, value=value, informant=actor.label, certainty=Certainty.SEEN, stated_at=now)
        for fact, value in values
        if fact and fact not in known
    ]
    if told:
        episodes.state_facts(actor, episode.episode_id, told, now)


def _tell(actor: Actor, duty: models.Duty, episode: EpisodeView, code: str, now: datetime, **params: str) -> None:
    params |= {"duty": duty.id, **ladder.named(duty)}
    episodes.add_timeline(episode.episode_id, code, actor.label, now, params)
    live.publish("board", episode.party_agency_ids)

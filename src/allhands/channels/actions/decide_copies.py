"""What a person decides about copies no machine may decide about: all of a group at once, under their name."""

from __future__ import annotations

from datetime import datetime

from allhands.access import api as access
from allhands.alerts.contracts import TransmissionId
from allhands.channels import copies, domain, listeners, models, tasks
from allhands.channels.contracts import SendingState, Way
from allhands.channels.copies import DECIDED, DOUBTFUL, OPEN_TO_PERSON, Decision
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs


def decide_copies(actor: Actor, broadcast_id: str, group: str, decision: Decision, reason: str, now: datetime) -> int:
    """How many copies of the group it was decided about. Claims count once no worker can still be at them.

    Raises:
        Denied: not an operator, or no such broadcast.
        Refused: `reason-missing`; `delivery-cannot-follow` when nothing of the group is open any more.
    """
    access.check_operate(actor)
    copies.check_decision(decision, reason)
    event = audit.Event.DELIVERY_RESOLVED
    with audit.audited(actor, now, event, subject_id=broadcast_id) as entry, acting_as(SYSTEM):
        broadcast = models.Broadcast.objects.filter(pk=broadcast_id).first()
        if broadcast is None:
            raise Denied("delivery-not-yours")
        rows = _open_rows(broadcast_id, group, decision, now)
        if not rows:
            raise Refused("delivery-cannot-follow", "Somebody else has decided about it already.")
        _write(rows, decision, reason, actor, now)
        entry.details = {"group": group.replace(" ", "-")[:64], "decision": decision.value, "copies": len(rows)}
        if decision is Decision.SEND_AGAIN:
            jobs.defer(tasks.send_copies, broadcast_id=broadcast_id, lane=0)
        listeners.tell_broadcast(TransmissionId(broadcast.transmission_id), Way(broadcast.way), now)
    return len(rows)


def confirm_sign(actor: Actor, sending_id: int, *, shown: bool, words: str, now: datetime) -> None:
    """The sign's operator says what the sign shows now.

    Raises:
        Denied: not an operator, or no such copy.
        Refused: `reason-missing` when it is not shown and nobody says why; `delivery-cannot-follow`.
    """
    access.check_operate(actor)
    if not shown:
        copies.check_decision(Decision.GIVE_UP, words)
    with audit.audited(actor, now, audit.Event.DELIVERY_ACKNOWLEDGED, subject_id=str(sending_id)) as entry:
        entry.details = {"shown": shown}
        with acting_as(SYSTEM):
            row = models.Sending.objects.select_for_update().filter(pk=sending_id, broadcast__way="SIGNS").first()
            if row is None:
                raise Denied("delivery-not-yours")
            if row.state != SendingState.WAITING.value or row.next_at is not None:
                raise Refused("delivery-cannot-follow", "Somebody else has confirmed it already.")
            _write([row], Decision.ARRIVED if shown else Decision.GIVE_UP, words or "shown", actor, now)
            if shown:
                models.Sending.objects.filter(pk=row.pk).update(
                    state=SendingState.SEEN.value, final_at=now, seen_at=now
                )
            broadcast = row.broadcast
            listeners.tell_broadcast(TransmissionId(broadcast.transmission_id), Way(broadcast.way), now)


def _open_rows(broadcast_id: str, group: str, decision: Decision, now: datetime) -> list[models.Sending]:
    allowed = DOUBTFUL if decision is Decision.ARRIVED else OPEN_TO_PERSON
    rows = models.Sending.objects.select_for_update().filter(
        broadcast_id=broadcast_id, group=group, state__in=[state.value for state in allowed]
    )
    free_before = now - domain.CLAIM_TIMEOUT
    return [row for row in rows if row.state != "CLAIMED" or _is_free(row, free_before)]


def _is_free(row: models.Sending, before: datetime) -> bool:
    return row.claimed_at is None or row.claimed_at < before


def _write(rows: list[models.Sending], decision: Decision, reason: str, actor: Actor, now: datetime) -> None:
    state = DECIDED[decision]
    words = " ".join(reason.split())[: models.WORDS_LENGTH]
    for row in rows:
        row.state, row.changed_at, row.code, row.words = state.value, now, "by-person", words
        row.next_at = now if state is SendingState.WAITING else None
        if state is SendingState.ACCEPTED:
            row.submitted_at, row.accepted_at = row.submitted_at or now, row.accepted_at or now
    fields = ["state", "changed_at", "code", "words", "next_at", "submitted_at", "accepted_at"]
    models.Sending.objects.bulk_update(rows, fields, batch_size=1000)
    models.SendingStatus.objects.bulk_create(
        [
            models.SendingStatus(
                sending=row, state=row.state, at=now, code="by-person", words=words, who=actor.label[:200]
            )
            for row in rows
        ],
        batch_size=5000,
    )

"""Seal, open, expunge, dispose: one person asks, another decides, and only then it happens."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.keeping import domain, models, queries
from allhands.keeping.actions import forgetting, waiting
from allhands.keeping.contracts import NewOrder, Scope, StepKind, StepState
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.live import api as live

_EVENTS = {
    StepKind.SEAL: audit.Event.RECORD_SEALED,
    StepKind.OPEN: audit.Event.RECORD_OPENED,
    StepKind.EXPUNGE: audit.Event.RECORD_EXPUNGED,
    StepKind.DISPOSE: audit.Event.RECORD_DISPOSED,
}


def enter_order(actor: Actor, episode_id: EpisodeId, order: NewOrder, now: datetime) -> str:
    """Write a court's order down; nothing happens to the record before a second person confirms it. Its id.

    Raises:
        Denied: the actor does not keep records, or the record is not this agency's.
        Refused: what the order lacks (`order-…`), or what stands in the way (`step-…`).
    """
    with audit.audited(actor, now, audit.Event.KEEPING_ASKED, episode_id=episode_id) as entry:
        access.check_keep_records(actor, actor.agency_id)
        domain.check_order(order, now.date())
        assert order.kind is not None
        assert order.scope is not None
        _covered(actor, episode_id, order.scope, order.kind, now)
        step = models.Step.objects.create(
            kind=order.kind.value,
            episode_id=episode_id,
            agency_id=actor.agency_id,
            court=order.court.strip(),
            docket=order.docket.strip(),
            issued_on=order.issued_on,
            scope=order.scope.value,
            asked_id=actor.member_id,
            asked_by=actor.label,
            asked_at=now,
        )
        entry.subject_id = step.id
        entry.details.update({"kind": step.kind, "scope": step.scope})
    return str(step.id)


def propose_disposal(actor: Actor, episode_id: EpisodeId, now: datetime) -> str:
    """Propose to destroy a record whose period has ended; a second person decides. The step's id.

    Raises:
        Denied: the actor does not keep records.
        Refused: `step-not-due`, or what stands in the way (`step-…`).
    """
    with audit.audited(actor, now, audit.Event.KEEPING_ASKED, episode_id=episode_id) as entry:
        access.check_keep_records(actor, actor.agency_id)
        _covered(actor, episode_id, Scope.RESPONSE, StepKind.DISPOSE, now)
        due = next((one for one in queries.list_due(actor, now) if one.episode_id == episode_id), None)
        if due is None:
            raise _not_due()
        step = models.Step.objects.create(
            kind=StepKind.DISPOSE.value,
            episode_id=episode_id,
            agency_id=actor.agency_id,
            scope=Scope.RESPONSE.value,
            ground=f"{due.law}: {due.days} d",
            closed_at=due.closed_at,
            asked_id=actor.member_id,
            asked_by=actor.label,
            asked_at=now,
        )
        entry.subject_id = step.id
        entry.details.update({"kind": step.kind, "days": due.days})
    return str(step.id)


def decide(actor: Actor, step_id: str, *, agrees: bool, why_not: str, now: datetime) -> None:
    """As the second person: do it, in this transaction and for good, or refuse it.

    Raises:
        Denied: the actor does not keep records, or there is no such step.
        Refused: `step-two-people`, `step-decided`, `step-why-not`, or what stands in the way by now (`step-…`).
    """
    event = audit.Event.KEEPING_REFUSED
    with audit.audited(actor, now, event, subject_id=step_id) as entry:
        access.check_keep_records(actor, actor.agency_id)
        step = _locked(actor, step_id)
        entry.episode_id = step.episode_id
        if agencies.is_same_person(step.asked_id, actor.member_id):
            raise Refused("step-two-people", _("Somebody else must decide: two people stand for this."))
        if not agrees and not why_not.strip():
            raise Refused("step-why-not", _("Say in a sentence why not."), field="why_not")
        step.state = StepState.DONE.value if agrees else StepState.REFUSED.value
        step.second_id, step.second_by, step.decided_at = actor.member_id, actor.label, now
        step.why_not = "" if agrees else why_not.strip()[: models.WORDS_LENGTH]
        if agrees:
            _carry_out(actor, step, now)
        else:
            step.save()


def _carry_out(actor: Actor, step: models.Step, now: datetime) -> None:
    """One entry in the journal of each record it touches: that it was done, under which step, and nothing else."""
    kind = StepKind(step.kind)
    covered = _covered(actor, EpisodeId(step.episode_id), Scope(step.scope), kind, now, but_step=step.id)
    if kind is StepKind.DISPOSE and not queries.is_due(actor, EpisodeId(step.episode_id), now):
        raise _not_due()  # somebody set a longer period since it was proposed
    step.save()
    parties = {agency for one in covered for agency in _parties(one)}
    for episode_id in covered:
        details: dict[str, audit.Detail] = {"kind": step.kind, "scope": step.scope}
        with audit.audited(actor, now, _EVENTS[kind], episode_id=episode_id, subject_id=step.id, details=details):
            _do(actor, kind, episode_id, step, now)
    live.publish("board", parties)


def _do(actor: Actor, kind: StepKind, episode_id: EpisodeId, step: models.Step, now: datetime) -> None:
    ref = step.docket or step.ground
    with acting_as(SYSTEM):
        if kind is StepKind.OPEN:
            episodes.unseal(episode_id)
            return
        access.recall_everything(actor, episode_id, kind.value, now)
        if kind is StepKind.SEAL:
            episodes.seal(episode_id, now, ref)
            return
        forgetting.destroy(episode_id, now, ref[:200])


def _covered(
    actor: Actor, episode_id: EpisodeId, scope: Scope, kind: StepKind, now: datetime, *, but_step: str = ""
) -> tuple[EpisodeId, ...]:
    """The records that the step touches, all of them this agency's own, with nothing in the way.

    Raises:
        Denied: the record itself is not this agency's.
        Refused: what stands in the way (`step-…`).
    """
    with acting_as(SYSTEM):
        found = [one for one in episodes.records_of_child(episode_id) if one.owner_agency_id == actor.agency_id]
    own = [one.episode_id for one in found]
    if episode_id not in own:
        raise Denied("access.keep-records")
    waiting.alone_with(own if scope is Scope.CHILD else [episode_id])
    standings = queries.standing_of(own if scope is Scope.CHILD else [episode_id], now, but_step=but_step)
    touched = tuple(one for one, how in standings.items() if one == episode_id or domain.is_touched(kind, how))
    for one in touched:
        domain.check_step(kind, standings[one])
    return touched


def _parties(episode_id: EpisodeId) -> frozenset[str]:
    one = episodes.find_episode(episode_id)
    return frozenset(one.party_agency_ids) if one else frozenset()


def _not_due() -> Refused:
    return Refused(
        "step-not-due",
        _("The period of this record has not ended here or at an agency that takes part, or none is set. It stays."),
    )


def _locked(actor: Actor, step_id: str) -> models.Step:
    step = models.Step.objects.select_for_update().filter(pk=step_id, agency_id=actor.agency_id).first()
    if step is None:
        raise Denied("access.keep-records")
    if step.state != StepState.WAITING.value:
        raise Refused("step-decided", _("Somebody was faster: this is decided. Nothing changed."))
    return step

"""Tells the story through the actions people use, each step at its own time, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import typst

from allhands.agencies import api as agencies
from allhands.channels import api as channels
from allhands.duties import queries, sending
from allhands.duties.actions import evidence, ladder
from allhands.duties.contracts import DutyState, DutyView, NewEvidence
from allhands.duties.demo.story import Child, Proof, Said, Step, demo_story
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, ReportChannel, ReportCommand
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as

# How often the story looks whether a clock reached its next rung; the worker looks each minute.
_LOOKS_EVERY = timedelta(minutes=30)
_PAPER = "#set page(width: 120mm, height: 60mm); #set text(size: 12pt)\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Act:
    """One step of one child; `step` is None for the report itself."""

    at: datetime
    child: Child
    step: Step | None


def tell(now: datetime, fresh: bool) -> None:
    """The children of the story, missing since as long as the story says.

    Args:
        fresh: put away every child that is missing or back, and begin again. Without it a story once told stays.
    """
    told = _count_told(now)
    if told and not fresh:
        return
    if told:
        _put_away(now)
    known: dict[str, EpisodeId] = {}
    looked = now
    for act in sorted(_acts(now), key=lambda act: act.at):
        looked = _climb(looked, act.at) if known else act.at
        _do(act, known, told + 1, now)
    _climb(looked, now)


def _acts(now: datetime) -> Iterator[_Act]:
    for child in demo_story().children:
        yield _Act(at=now - child.ago, child=child, step=None)
        yield from (_Act(at=now - step.ago, child=child, step=step) for step in child.steps)


def _climb(since: datetime, until: datetime) -> datetime:
    at = since
    while at + _LOOKS_EVERY <= until:
        at += _LOOKS_EVERY
        ladder.climb_all(at)
    return at


def _do(act: _Act, known: dict[str, EpisodeId], run: int, now: datetime) -> None:
    if act.step is None:
        actor = agencies.demo_actor(act.child.by, now)
        known[act.child.key] = _report(actor, act.child, run, act.at, now)
        return
    _take(act.step, agencies.demo_actor(act.step.by, now), known[act.child.key], act.at, now)


def _report(actor: Actor, child: Child, run: int, at: datetime, now: datetime) -> EpisodeId:
    command = ReportCommand(
        call_name=child.name,
        statements=tuple(said.statement(at, now) for said in child.facts),
        reporter_name=child.reporter.name,
        reporter_relation=child.reporter.relation,
        reporter_phone=child.reporter.phone,
        channel=ReportChannel.CALL,
        idempotency_key=_key(child, run),
    )
    episode_id = episodes.report_missing(actor, command, at).episode_id
    _send_packets(episode_id, at)
    return episode_id


def _send_packets(episode_id: EpisodeId, at: datetime) -> None:
    """What the worker does a moment later; doing it here gives the packets the time of the story."""
    with acting_as(SYSTEM):
        waiting = [one for one in queries.list_notices(episode_id) if not one.nobody and one.issued_at is None]
    for notice in waiting:
        sending.issue(notice.notice_id, at)


def _take(step: Step, actor: Actor, episode_id: EpisodeId, at: datetime, now: datetime) -> None:
    if step.say is not None:
        episodes.state_fact(actor, episode_id, step.say.statement(at, now), at)
    if step.correct is not None:
        _correct(actor, episode_id, step.correct, at, now)
    if step.prove is not None:
        _prove(actor, episode_id, step.prove, at, now)
    if step.confirm:
        _confirm(actor, episode_id, step.confirm, at)
    if step.offer is not None:
        to = agencies.demo_agency_id(step.offer.to)
        episodes.offer(actor, episode_id, to, step.offer.reason, at)
    if step.returned is not None:
        happened = now - step.returned.happened
        episodes.mark_returned(actor, episode_id, happened, step.returned.said_by, at)
    _send_packets(episode_id, at)


def _correct(actor: Actor, episode_id: EpisodeId, said: Said, at: datetime, now: datetime) -> None:
    with acting_as(actor):
        standing = [one for one in episodes.statements_of(episode_id) if one.fact_id == said.fact and one.current]
    episodes.state_fact(actor, episode_id, said.statement(at, now), at, supersedes=standing[0].statement_id)


def _prove(actor: Actor, episode_id: EpisodeId, proof: Proof, at: datetime, now: datetime) -> None:
    """Proof of each open duty that asks for this very act: one call often does what two laws want."""
    given = NewEvidence(
        kind=proof.kind,
        value=proof.value,
        taken_by=proof.taken_by,
        happened_at=now - proof.happened,
        document=typst.compile((_PAPER + proof.paper).encode()) if proof.paper else None,
        filename="note.pdf" if proof.paper else "",
    )
    with acting_as(actor):
        ledger = queries.list_duties([episode_id]).get(episode_id, ())
    for duty in ledger:
        if _is_meant(duty, proof):
            evidence.prove(actor, duty.duty_id, given, at)


def _is_meant(duty: DutyView, proof: Proof) -> bool:
    return (
        duty.action == proof.action
        and duty.state is DutyState.OPEN
        and duty.clock_starts_at is not None
        and duty.governs
        and proof.kind in {*duty.evidence_kinds, "document"}
        and duty.recipient_code.startswith(proof.recipient)
        and duty.pack_id.startswith(proof.pack)
    )


def _confirm(actor: Actor, episode_id: EpisodeId, kind: str, at: datetime) -> None:
    with acting_as(SYSTEM):
        notices = {one.notice_id for one in queries.list_notices(episode_id) if one.kind == kind}
    for notice_id in notices:
        item = channels.find_about(actor, notice_id)
        if item is not None:
            channels.open_item(actor, item, at)
            channels.acknowledge(actor, item, at)


def _key(child: Child, run: int) -> str:
    return f"demo:{run}:{child.key}"


def _count_told(now: datetime) -> int:
    """How often the story was begun on this node."""
    first, run = demo_story().children[0], 0
    actor = agencies.demo_actor(first.by, now)
    while episodes.find_reported(actor, _key(first, run + 1)) is not None:
        run += 1
    return run


def _put_away(now: datetime) -> None:
    """Whoever is missing in the demo world is back, and the episode closed: nothing in this house is ever deleted."""
    with acting_as(SYSTEM):
        running = episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED])
    for episode in running:
        if episode.state is EpisodeState.OPEN:
            episodes.mark_returned(SYSTEM, episode.episode_id, now, SYSTEM.label, now)
        episodes.close(SYSTEM, episode.episode_id, now)

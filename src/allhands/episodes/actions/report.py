"""Take a report of a missing child: child, episode, owner, statements, all or nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import datetime

from django.db import IntegrityError

from allhands.access import api as access
from allhands.episodes import identity, listeners, models, queries
from allhands.episodes.actions import checks
from allhands.episodes.actions.identifying import name_row
from allhands.episodes.actions.owning import choose_owner
from allhands.episodes.contracts import (
    Certainty,
    ChildView,
    FactsChanged,
    Fresh,
    NewStatement,
    ReportChannel,
    ReportCommand,
    Reported,
)
from allhands.episodes.forms import statements_in_form
from allhands.kernel.actors import Actor, AgencyKind
from allhands.kernel.errors import Refused
from allhands.kernel.ids import ChildId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.database.inserting import insert_all
from allhands.platform.live import api as live
from allhands.platform.vault import api as vault

CLOCK_OF_KIND: Mapping[AgencyKind, str] = {
    AgencyKind.CHILD_WELFARE: "time.agency_informed_at",
    AgencyKind.LAW_ENFORCEMENT: "time.police_report_received_at",
    AgencyKind.TRIBAL_POLICE: "time.police_report_received_at",
}


def report_missing(actor: Actor, command: ReportCommand, now: datetime) -> Reported:
    """The new episode, committed with its owner, its statements, its duties and its journal entry.

    The same key with the same content answers with the first report, so that a retry on a bad link doubles nothing.

    Raises:
        Denied: the actor's agency may not report here.
        Refused: `facts` with one finding per wrong field, `idempotency-key-reused`, `open-episode`, `owner-unknown`,
            `no-owner`, `record-taken-back` when software sends again what the person named had taken back.
    """
    access.check_report(actor)
    checks.check_command(command, now)
    digest = command_digest(command)
    said = statements_in_form(command.statements)
    command = replace(command, statements=(*said, *started_by_report(actor, said, now)))
    try:
        with audit.audited(actor, now, audit.Event.REPORT_SUBMITTED) as entry, vault.at_hand():
            known = _find_same(actor, command, digest)
            if known is not None:
                return known
            _check_not_taken_back(command)
            episode, fresh = _open(actor, command, now)
            _store_report(actor, command, episode, now, digest)
            entry.episode_id = EpisodeId(episode.id)
            entry.details["channel"] = command.channel.value
            entry.details["statements"] = len(command.statements)
            listeners.tell(actor, FactsChanged(episode_id=EpisodeId(episode.id), at=now, fresh=fresh))
            live.publish("board", parties(episode.id))
    except IntegrityError as error:
        return _after_race(actor, command, digest, error)
    return Reported(episode_id=EpisodeId(episode.id), child_id=ChildId(episode.child_id), received_at=now, created=True)


def started_by_report(actor: Actor, statements: Iterable[NewStatement], now: datetime) -> tuple[NewStatement, ...]:
    """The report itself starts a clock: of the care agency or of the police, whoever takes it."""
    fact = CLOCK_OF_KIND.get(actor.agency_kind) if actor.agency_kind else None
    if fact is None or any(said.fact_id == fact for said in statements):
        return ()
    return (
        NewStatement(
            fact_id=fact, value=now.isoformat(), informant=actor.label, certainty=Certainty.SEEN, stated_at=now
        ),
    )


def command_digest(command: ReportCommand) -> str:
    """SHA-256 of what was reported, so that the same key can never carry two different reports."""
    content = asdict(command)
    content["statements"] = [
        {**said, "stated_at": None, "certainty": said["certainty"].value} for said in content["statements"]
    ]
    text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _find_same(actor: Actor, command: ReportCommand, digest: str) -> Reported | None:
    report = (
        models.Report.objects.select_related("episode")
        .filter(agency_id=actor.agency_id, idempotency_key=command.idempotency_key)
        .first()
    )
    if report is None:
        return None
    if report.digest != digest:
        raise Refused(
            "idempotency-key-reused",
            "This key already belongs to another report. Use a new key for a new report; the first one is safe.",
            field="idempotency_key",
        )
    return Reported(
        episode_id=EpisodeId(report.episode_id),
        child_id=ChildId(report.episode.child_id),
        received_at=report.received_at,
        created=False,
    )


def _check_not_taken_back(command: ReportCommand) -> None:
    """Software must not bring back a record that was taken back. People are never held up: they may know more."""
    if command.channel is not ReportChannel.API:
        return
    names = {
        command.call_name.strip(),
        *(name.text for name in identity.names_of(command.call_name, command.statements)),
    }
    born_on, last_seen = identity.born_on(command.statements), checks.missing_since(command)
    child = models.Child.objects.filter(pk=command.child_id).first() if command.child_id else None
    if child is not None:  # sent under the child's own number it is this child, whatever name goes with it
        names |= {child.call_name, *child.names.values_list("text", flat=True)}
        born_on = born_on or child.born_on
    if any(access.is_suppressed_record(name, born_on, last_seen) for name in names):
        raise Refused(
            "record-taken-back",
            "This record was taken back at the wish of the person named. If they were seen since and are missing now, "
            "send when that was.",
            field="statements",
        )


def _after_race(actor: Actor, command: ReportCommand, digest: str, error: IntegrityError) -> Reported:
    """Two transactions met at a constraint: the loser learns which promise stood in its way."""
    name = str(getattr(getattr(error.__cause__, "diag", None), "constraint_name", ""))
    if name == "report_once_per_key":
        with acting_as(actor):
            known = _find_same(actor, command, digest)
        if known is not None:
            return known
    if name == "one_open_episode_a_child":
        raise Refused(
            "open-episode",
            "This child already has an open episode. Add what you know to it, or offer this report to its owner.",
            field="child_id",
        ) from error
    raise error


def _open(actor: Actor, command: ReportCommand, now: datetime) -> tuple[models.Episode, Fresh]:
    child, child_view = _child(actor, command, now)
    episode = models.Episode(
        child=child,
        owner_agency_id=actor.agency_id,
        owner_member_id=choose_owner(actor, command, now),
        owner_since=now,
        opened_at=now,
        changed_at=now,
        missing_since=checks.missing_since(command),
    )
    episode.save(force_insert=True)
    vault.make_key(episode.id, now)
    models.Party.objects.create(episode=episode, agency_id=actor.agency_id, since=now, why="OWNER")
    statements = [
        models.Statement(
            episode=episode,
            fact_id=said.fact_id,
            value=said.value,
            informant=said.informant,
            certainty=said.certainty.value,
            stated_at=said.stated_at,
            recorded_at=now,
            recorded_by=actor.label,
            agency_id=actor.agency_id,
        )
        for said in command.statements
    ]
    insert_all(statements)
    models.TimelineItem.objects.create(episode=episode, at=now, code="report.received", by=actor.label)
    return episode, queries.fresh(episode, child_view, statements)


def _child(actor: Actor, command: ReportCommand, now: datetime) -> tuple[models.Child, ChildView]:
    if command.child_id is not None:
        child = models.Child.objects.filter(pk=command.child_id).first()
        if child is None:
            raise Refused("child-unknown", "We could not open that child's record. Report without choosing it.")
        return child, queries.child_view(child)
    child = models.Child(
        call_name=command.call_name.strip(),
        born_on=identity.born_on(command.statements),
        created_at=now,
        created_by_agency_id=actor.agency_id,
    )
    child.save(force_insert=True)
    names = models.ChildName.objects.bulk_create(
        name_row(child, name) for name in identity.names_of(command.call_name, command.statements)
    )
    tribes = models.ChildTribe.objects.bulk_create(
        models.ChildTribe(child=child, nation=tribe.nation, status=tribe.status.value)
        for tribe in identity.tribes_of(command.statements)
    )
    return child, queries.new_child_view(child, names, tribes)


def _store_report(actor: Actor, command: ReportCommand, episode: models.Episode, now: datetime, digest: str) -> None:
    models.Report.objects.create(
        episode=episode,
        agency_id=actor.agency_id,
        member_id=actor.member_id or None,
        received_at=now,
        channel=command.channel.value,
        reporter_name=command.reporter_name,
        reporter_relation=command.reporter_relation,
        reporter_phone=command.reporter_phone,
        idempotency_key=command.idempotency_key,
        digest=digest,
    )


def parties(episode_id: str) -> list[str]:
    """The agencies that take part in the episode."""
    return list(models.Party.objects.filter(episode_id=episode_id).values_list("agency_id", flat=True))

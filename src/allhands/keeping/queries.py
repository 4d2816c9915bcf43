"""Reading what keeping keeps. Row security below decides which rows exist for the actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import Case, QuerySet, When

from allhands.alerts import api as alerts
from allhands.alerts.contracts import AlertState
from allhands.channels import api as channels
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, KeptRecord
from allhands.keeping import domain, models
from allhands.keeping.contracts import Due, HoldView, PeriodView, Scope, StepKind, StepState, StepView
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import api as vault

_LONGEST_LIST = 500


def list_steps(actor: Actor, kind: StepKind | None = None) -> tuple[StepView, ...]:
    """The agency's steps, what waits first, then newest first; of one kind every one, for a report that is whole."""
    waiting = Case(When(state=StepState.WAITING.value, then=0), default=1)
    rows = _steps(actor).order_by(waiting, "-asked_at", "-pk")
    found = list(rows.filter(kind=kind.value) if kind else rows[:_LONGEST_LIST])
    newest: dict[str, str] = {}
    for row in found:
        if row.state == StepState.DONE.value:
            newest.setdefault(row.episode_id, row.id)
    return tuple(step_view(row, is_newest=newest.get(row.episode_id) == row.id) for row in found)


def find_step(actor: Actor, step_id: str) -> StepView | None:
    """One step of the agency."""
    row = _steps(actor).filter(pk=step_id).first()
    if row is None:
        return None
    newest = _steps(actor).filter(episode_id=row.episode_id, state=StepState.DONE.value).first()
    return step_view(row, is_newest=newest is not None and newest.pk == row.pk)


def _steps(actor: Actor) -> QuerySet[models.Step]:
    return models.Step.objects.filter(agency_id=actor.agency_id).order_by("-asked_at", "-pk")


def step_view(row: models.Step, *, is_newest: bool = False) -> StepView:
    return StepView(
        step_id=row.id,
        kind=StepKind(row.kind),
        state=StepState(row.state),
        episode_id=EpisodeId(row.episode_id),
        court=row.court,
        docket=row.docket,
        issued_on=row.issued_on,
        scope=Scope(row.scope),
        ground=row.ground,
        closed_at=row.closed_at,
        asked_by=row.asked_by,
        asked_member=row.asked_id,
        asked_at=row.asked_at,
        second_by=row.second_by,
        decided_at=row.decided_at,
        why_not=row.why_not,
        is_newest=is_newest,
    )


def list_holds(episode_ids: Iterable[str] | None = None) -> tuple[HoldView, ...]:
    """Holds that stand, oldest first; of all records when none are named."""
    rows = models.Hold.objects.filter(lifted_at__isnull=True).order_by("at", "pk")
    if episode_ids is not None:
        rows = rows.filter(episode_id__in=list(episode_ids))
    return tuple(
        HoldView(hold_id=row.id, episode_id=EpisodeId(row.episode_id), matter=row.matter, by=row.by, at=row.at)
        for row in rows[:_LONGEST_LIST]
    )


def list_periods(agency_id: str) -> tuple[PeriodView, ...]:
    """The agency's periods in force, by law."""
    newest = models.Period.objects.filter(agency_id=agency_id).order_by("law", "-pk").distinct("law")
    return tuple(PeriodView(law=row.law, days=row.days, by=row.by, at=row.at) for row in newest if row.days is not None)


def list_due(actor: Actor, now: datetime) -> tuple[Due, ...]:
    """Closed responses of the agency whose period has ended, the longest over first; none while no period is set.

    A response is kept as long as any agency that takes part wants it kept: destroyed is destroyed for all of them.
    Whose period is the longer one is not told.
    """
    period = domain.governing(list_periods(actor.agency_id))
    if period is None:
        return ()
    closed = [one for one in episodes.list_episodes([EpisodeState.CLOSED]) if one.owner_agency_id == actor.agency_id]
    held = {hold.episode_id for hold in list_holds(one.episode_id for one in closed)}
    asked = set(models.Step.objects.filter(state=StepState.WAITING.value).values_list("episode_id", flat=True))
    longest = _longest_of({agency for one in closed for agency in one.party_agency_ids})
    due = [
        Due(
            episode_id=one.episode_id,
            name=one.child.call_name,
            closed_at=one.closed_at,
            kept_until=domain.kept_until(one.closed_at, domain.longest(period, longest, one.party_agency_ids)),
            law=period.law,
            days=period.days,
            is_held=one.episode_id in held,
        )
        for one in closed
        if one.closed_at is not None and one.episode_id not in asked
    ]
    return tuple(sorted((one for one in due if one.kept_until <= now), key=lambda one: one.kept_until))


def is_due(actor: Actor, episode_id: EpisodeId, now: datetime) -> bool:
    """Whether the period of a response of this agency has ended by now, whatever waits about it."""
    one = episodes.find_episode(episode_id)
    period = domain.governing(list_periods(actor.agency_id))
    if one is None or one.closed_at is None or period is None:
        return False
    longest = domain.longest(period, _longest_of(one.party_agency_ids), one.party_agency_ids)
    return domain.kept_until(one.closed_at, longest) <= now


def _longest_of(agency_ids: Iterable[str]) -> Mapping[str, PeriodView]:
    """The governing period of each agency that has one. No agency reads another's: the platform looks."""
    with acting_as(SYSTEM):
        found = {agency: domain.governing(list_periods(agency)) for agency in agency_ids}
    return {agency: period for agency, period in found.items() if period is not None}


def standing_of(
    episode_ids: Iterable[EpisodeId], now: datetime, *, but_step: str = ""
) -> Mapping[EpisodeId, domain.Standing]:
    """How records stand, whoever asks: the platform looks, also behind the seal.

    Args:
        but_step: a waiting step that is being decided and does not stand in its own way.
    """
    ids = list(episode_ids)
    with acting_as(SYSTEM):
        shut = {row.record_id: row.destroyed_at is not None for row in vault.shut_records().filter(pk__in=ids)}
        held = set(
            models.Hold.objects.filter(episode_id__in=ids, lifted_at__isnull=True).values_list("episode_id", flat=True)
        )
        waits = models.Step.objects.filter(episode_id__in=ids, state=StepState.WAITING.value).exclude(pk=but_step)
        waiting = set(waits.values_list("episode_id", flat=True))
        kept = {one.episode_id: one for one in map(_record, ids)}
        out = {one for one in ids if alerts.list_alerts([AlertState.LIVE], episode_id=one, limit=1)}
        ending = {one for one in ids if _is_ending(one, now)}
    return {
        one: domain.Standing(
            is_closed=kept[one].state is EpisodeState.CLOSED,
            is_sealed=kept[one].is_sealed,
            is_gone=shut.get(one, False),
            is_held=one in held,
            is_out=one in out,
            is_ending=one in ending,
            is_waiting=one in waiting,
        )
        for one in ids
    }


def _is_ending(episode_id: EpisodeId, now: datetime) -> bool:
    """Whether the word that an alert is over may still be on its way to somebody who saw it; a seal hides no alert."""
    ended_at = alerts.last_ended_at(episode_id)
    return ended_at is not None and now < ended_at + channels.CANCEL_GRACE


def _record(episode_id: EpisodeId) -> KeptRecord:
    return next(one for one in episodes.records_of_child(episode_id) if one.episode_id == episode_id)

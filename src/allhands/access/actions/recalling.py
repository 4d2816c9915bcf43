"""Copies on lease: made when something is sent, called back when its ground is gone, confirmed by who held it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from allhands.access import domain, models, tasks
from allhands.access.contracts import EpisodeAccess, LeaseState
from allhands.access.disclosing import Release
from allhands.access.permissions import check_recall_copy
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs

WRONG: Final = "CORRECTED"
"""Why a copy was called back: something in it was not so."""


def lease(release: Release, now: datetime) -> datetime:
    """Put what was sent on lease, in the transaction that sends it; returns until when.

    It ends with the first consent it rests on, else after thirty days, which start anew while the child is missing.
    """
    assert release.from_agency is not None
    assert release.to_agency is not None
    until = now + timedelta(days=domain.LEASE_DAYS)
    with acting_as(SYSTEM):
        ends = (
            models.Consent.objects.filter(pk__in=release.consents).order_by("ends_at").values_list("ends_at", flat=True)
        )
        until = min([until, *ends[:1]])
        row, _made = models.Lease.objects.get_or_create(
            refers_to=release.refers_to,
            defaults={
                "episode_id": release.episode_id,
                "from_agency_id": release.from_agency,
                "to_agency_id": release.to_agency,
                "consents": sorted(set(release.consents)),
                "made_at": now,
                "until": until,
            },
        )
    return row.until


def is_recalled(refers_to: str, now: datetime) -> bool:
    """Whether this copy was called back, or its time is over: then nothing of it is shown any more."""
    with acting_as(SYSTEM):  # whether the child is still missing is not for every holder to read
        return _dark(models.Lease.objects.filter(refers_to=refers_to), now).exists()


def list_to_send_again(refers_to: Collection[str], now: datetime) -> frozenset[str]:
    """Those of these copies that went dark though nothing in them was wrong: the same words may go again."""
    with acting_as(SYSTEM):
        copies = models.Lease.objects.filter(refers_to__in=refers_to).exclude(why=WRONG)
        return frozenset(_dark(copies, now).values_list("refers_to", flat=True))


def _dark(copies: QuerySet[models.Lease], now: datetime) -> QuerySet[models.Lease]:
    """Called back, or over; what a duty of law sent is not over while the child is missing."""
    is_over = Q(until__lte=now) & ~Q(consents=[], episode__state="OPEN")
    return copies.filter(~Q(state=LeaseState.RUNNING.value) | is_over)


def recall(actor: Actor, episode: EpisodeAccess, lease_id: str, now: datetime) -> None:
    """Call one copy back.

    Raises:
        Denied: the actor may not, or there is no such copy.
        Refused: `copy-recalled` when it was called back before.
    """
    with audit.audited(actor, now, audit.Event.COPY_RECALLED, episode_id=episode.episode_id, subject_id=lease_id):
        check_recall_copy(actor, episode)
        row = models.Lease.objects.select_for_update().filter(pk=lease_id, episode_id=episode.episode_id).first()
        if row is None or row.from_agency_id != actor.agency_id:
            raise Denied("copy")
        if row.state != LeaseState.RUNNING.value:
            raise Refused("copy-recalled", _("This copy was called back already."))
        _call_back(row, actor, "DECIDED", now)


def recall_resting_on(actor: Actor, episode_id: EpisodeId, consent_id: str, now: datetime) -> int:
    """Call back every copy that rests on this consent; how many."""
    return _recall_all(
        models.Lease.objects.filter(episode_id=episode_id, consents__contains=[consent_id]), actor, "STOPPED", now
    )


def recall_everything(actor: Actor, episode_id: EpisodeId, why: str, now: datetime) -> int:
    """Call back every copy about one episode; how many."""
    return _recall_all(models.Lease.objects.filter(episode_id=episode_id), actor, why, now)


def recall_ended(now: datetime) -> int:
    """Call back copies whose lease has ended; those that a duty of law sent start anew while the child is missing."""
    with acting_as(SYSTEM):
        over = models.Lease.objects.filter(state=LeaseState.RUNNING.value, until__lte=now)
        still = over.filter(consents=[], episode__state="OPEN")
        still.update(until=now + timedelta(days=domain.LEASE_DAYS))
        return _recall_all(over, SYSTEM, "ENDED", now)


def list_to_tell(now: datetime) -> list[str]:
    """Copies called back that nobody has confirmed, and of which nobody was told within the last day."""
    with acting_as(SYSTEM):
        quiet = Q(last_told_at__isnull=True) | Q(last_told_at__lte=now - domain.RECALL_AGAIN_AFTER)
        rows = models.Lease.objects.filter(quiet, state=LeaseState.RECALLED.value)
        return [str(pk) for pk in rows.order_by("recalled_at").values_list("pk", flat=True)]


def confirm(refers_to: str, by: str, now: datetime) -> None:
    """The holder confirmed that no copy is left."""
    with acting_as(SYSTEM):
        row = models.Lease.objects.select_for_update().filter(refers_to=refers_to).first()
        if row is None or row.state != LeaseState.RECALLED.value:
            return
        event = audit.Event.RECALL_CONFIRMED
        with audit.audited(SYSTEM, now, event, episode_id=row.episode_id, subject_id=row.id):
            row.state, row.confirmed_at, row.confirmed_by = LeaseState.CONFIRMED.value, now, by
            row.save(update_fields=["state", "confirmed_at", "confirmed_by"])


def _recall_all(found: QuerySet[models.Lease], actor: Actor, why: str, now: datetime) -> int:
    """As the platform: a consent may be stopped by an agency that did not send the copy itself."""
    with acting_as(SYSTEM):
        rows = list(found.select_for_update().filter(state=LeaseState.RUNNING.value))
        for row in rows:
            event = audit.Event.COPY_RECALLED
            with audit.audited(actor, now, event, episode_id=row.episode_id, subject_id=row.id, details={"why": why}):
                pass
            _call_back(row, actor, why, now)
    return len(rows)


def _call_back(row: models.Lease, actor: Actor, why: str, now: datetime) -> None:
    row.state, row.why, row.recalled_at, row.recalled_by = LeaseState.RECALLED.value, why, now, actor.label
    row.save(update_fields=["state", "why", "recalled_at", "recalled_by"])
    jobs.defer(tasks.tell_recall, lease_id=row.id)

"""How long records are kept, and what must not be destroyed meanwhile."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.episodes import api as episodes
from allhands.keeping import domain, models
from allhands.keeping.actions import waiting
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit


def set_period(actor: Actor, law: str, days: int | None, now: datetime) -> None:
    """The agency keeps closed responses this long under this law or schedule; the longest of several governs.

    Raises:
        Denied: the actor does not keep records.
        Refused: `period-law`, `period-days`.
    """
    with audit.audited(actor, now, audit.Event.RETENTION_SET) as entry:
        access.check_keep_records(actor, actor.agency_id)
        domain.check_period(law, days)
        row = models.Period.objects.create(
            agency_id=actor.agency_id, law=" ".join(law.split()), days=days, by=actor.label, at=now
        )
        entry.subject_id = str(row.pk)
        entry.details["days"] = days


def end_period(actor: Actor, law: str, now: datetime) -> None:
    """This law says nothing here any more.

    Raises:
        Denied: the actor does not keep records.
    """
    with audit.audited(actor, now, audit.Event.RETENTION_SET) as entry:
        access.check_keep_records(actor, actor.agency_id)
        row = models.Period.objects.create(agency_id=actor.agency_id, law=law, days=None, by=actor.label, at=now)
        entry.subject_id = str(row.pk)


def set_hold(actor: Actor, episode_id: EpisodeId, matter: str, now: datetime) -> str:
    """Nothing of this record is destroyed while the hold stands; its id.

    Raises:
        Denied: the actor does not keep records, or takes no part in this one.
        Refused: `hold-matter`.
    """
    with audit.audited(actor, now, audit.Event.HOLD_SET, episode_id=episode_id) as entry:
        access.check_keep_records(actor, actor.agency_id)
        waiting.alone_with([episode_id])
        episodes.get_episode(actor, episode_id)
        if not matter.strip() or len(matter) > models.WORDS_LENGTH:
            raise Refused("hold-matter", _("Say which proceeding the record is kept for."), field="matter")
        row = models.Hold.objects.create(
            episode_id=episode_id, agency_id=actor.agency_id, matter=matter.strip(), by=actor.label, at=now
        )
        entry.subject_id = row.id
    return str(row.id)


def lift_hold(actor: Actor, hold_id: str, now: datetime) -> None:
    """The hold ends; only the agency that set it can say so.

    Raises:
        Denied: the actor does not keep records, or there is no such hold of this agency.
    """
    with audit.audited(actor, now, audit.Event.HOLD_LIFTED, subject_id=hold_id) as entry:
        access.check_keep_records(actor, actor.agency_id)
        rows = models.Hold.objects.select_for_update().filter(pk=hold_id, agency_id=actor.agency_id)
        row = rows.filter(lifted_at__isnull=True).first()
        if row is None:
            raise Denied("access.keep-records")
        entry.episode_id = row.episode_id
        row.lifted_at, row.lifted_by = now, actor.label
        row.save(update_fields=["lifted_at", "lifted_by"])

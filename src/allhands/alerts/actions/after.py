"""After it left: the second look at what one person sent alone, taking down, counting tips."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.alerts import coming_down, domain, models, own_work, queries
from allhands.alerts.actions import noting, writing
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit

SOURCES: Final = ("phone", "web", "text", "other")
MOST_TIPS: Final = 100_000


def review(actor: Actor, alert_id: str, *, stands: bool, words: str, now: datetime) -> None:
    """A second person says whether an alert that was sent alone stands. Taking it back is an act of its own.

    Raises:
        Denied: no authority for this land, or it is one's own alert.
        Refused: `review-not-asked`, `review-words`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_REVIEWED, subject_id=alert_id) as entry:
        row = writing.lock(alert_id)
        view = queries.alert_view(row)
        entry.episode_id = row.episode_id
        access.check_approve_alert(actor, own_work.door_of(actor, view))
        sent = models.Transmission.objects.filter(alert_id=row.id, single_person=True).order_by("-number").first()
        if sent is None or row.reviewed_at is not None:
            raise Refused("review-not-asked", "Nothing here waits for a second look.")
        if agencies.is_same_person(sent.approved_member, actor.member_id):
            raise Denied("access.approve-alert")
        models.AlertReview.objects.create(
            alert=row,
            transmission=sent.id,
            by=actor.label,
            member=actor.member_id,
            at=now,
            stands=stands,
            words=domain.check_words("review-words", words),
        )
        row.reviewed_at = now
        row.save(update_fields=["reviewed_at"])
        entry.details["stands"] = stands
        noting.note(EpisodeId(row.episode_id), "alert.reviewed", actor, now, alert=row.id)


def take_down(actor: Actor, alert_id: str, take_down_id: str, words: str, now: datetime) -> None:
    """Say that the copies of one way are down, and how one knows.

    Raises:
        Denied: the actor may not work on this alert.
        Refused: `take-down-done`, `take-down-words`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_TAKEN_DOWN, subject_id=alert_id) as entry:
        row = writing.lock(alert_id)
        entry.episode_id = row.episode_id
        access.check_write_alert(actor, queries.alert_access(queries.alert_view(row)))
        one = models.TakeDown.objects.select_for_update().filter(pk=take_down_id, alert=row).first()
        if one is None:
            raise Denied("alert")
        if one.done_at is not None:
            raise Refused("take-down-done", _("%(who)s has said so already.") % {"who": one.done_by})
        one.words = domain.check_words("take-down-words", words)
        one.done_at, one.done_by = now, actor.label
        one.save(update_fields=["words", "done_at", "done_by"])
        entry.details.update({"way": one.way, "late": now > one.due_at})
        coming_down.close_duty(queries.alert_view(row), actor.label, now)
        noting.note(EpisodeId(row.episode_id), "alert.taken-down", actor, now, alert=row.id)


def tally(actor: Actor, alert_id: str, source: str, tips: int, useful: int, now: datetime) -> None:
    """Write down how many tips came on one way since the last count, and how many were of use.

    Raises:
        Denied: the actor may not work on this alert.
        Refused: `tally-stopped`, `tally-source`, `tally-count`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_TALLIED, subject_id=alert_id) as entry:
        row = writing.lock(alert_id)
        entry.episode_id = row.episode_id
        view = queries.alert_view(row)
        access.check_write_alert(actor, queries.alert_access(view))
        if not queries.may_count(view):
            raise Refused("tally-stopped", "The child's nation stopped counting. The search goes on as before.")
        if source not in SOURCES:
            raise Refused("tally-source", "Choose how the tips came.", field="source")
        if not 0 <= useful <= tips <= MOST_TIPS or tips == 0:
            raise Refused("tally-count", "Write how many tips came, and how many of them were of use.", field="tips")
        models.Tally.objects.create(alert=row, source=source, tips=tips, useful=useful, by=actor.label, at=now)
        entry.details.update({"source": source, "tips": tips, "useful": useful})

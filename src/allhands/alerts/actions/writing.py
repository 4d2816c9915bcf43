"""Write an alert: begin, save, mend, offer it to a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.alerts import consents, criteria, domain, drafting, models, queries, suggesting, telling
from allhands.alerts.actions import deciding, noting
from allhands.alerts.contracts import AlertId, AlertState, RequestState
from allhands.episodes import api as episodes
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.audit import api as audit


@dataclass
class AlertLacks(Refused):
    """The draft cannot be offered yet; each lack names its field."""

    lacks: tuple[drafting.Lack, ...] = ()


def start(actor: Actor, request_id: str, now: datetime) -> AlertId:
    """The id of the alert of this request, begun from what is already known; the same one when somebody began.

    Raises:
        Denied: the actor neither works on the response nor for the authority.
        Refused: `request-refused` after a no, or when it was withdrawn.
    """
    known = queries.find_alert_of(request_id)
    if known is not None:
        access.check_write_alert(actor, queries.alert_access(known))
        return known.alert_id
    with audit.audited(actor, now, audit.Event.ALERT_WRITTEN, subject_id=request_id) as entry:
        row = deciding.lock(request_id)
        view = queries.request_view(row)
        entry.episode_id = row.episode_id
        access.check_write_alert(actor, queries.access_of(view))
        if view.state not in {RequestState.ASKED, RequestState.GRANTED}:
            raise Refused("request-refused", "The answer was no. Appeal, or ask for another way.")
        refused = queries.find_alert_of(view.appeals) if view.appeals else None
        made = models.Alert(
            episode_id=row.episode_id,
            request=row,
            # What was written before the no is what the appeal is about; its writers stay its writers.
            draft=refused.draft if refused else drafting.to_json(_first_draft(actor, view.episode_id)),
            written_by=actor.label,
            writers=sorted({actor.member_id, *(refused.writer_ids if refused else ())}),
            changed_at=now,
        )
        made.save(force_insert=True)
        entry.subject_id = made.id
    return AlertId(made.id)


def save(actor: Actor, alert_id: str, draft: drafting.Draft, version: int, now: datetime) -> int:
    """The new version. Whoever saves is a writer from now on, and does not approve.

    Raises:
        Denied: the actor may not write here.
        Refused: `alert-state`; `draft-changed` when somebody else saved since this page was opened.
    """
    with audit.audited(actor, now, audit.Event.ALERT_WRITTEN, subject_id=alert_id) as entry:
        row = lock(alert_id)
        entry.episode_id = row.episode_id
        access.check_write_alert(actor, queries.alert_access(queries.alert_view(row)))
        row.state = domain.decide_alert(AlertState(row.state), "write").value
        stored = drafting.to_json(draft)
        if stored == row.draft:
            return row.version
        if version != row.version:
            raise Refused(
                "draft-changed",
                _(
                    "%(who)s saved another version while this page was open. What you typed is still here: look at "
                    "theirs, then save yours again."
                )
                % {"who": row.written_by},
            )
        row.draft, row.version = stored, row.version + 1
        row.written_by, row.changed_at, row.offered_at = actor.label, now, None
        row.writers = sorted({*row.writers, actor.member_id})
        row.save(update_fields=["state", "draft", "version", "written_by", "changed_at", "offered_at", "writers"])
        entry.details["version"] = row.version
        return row.version


def offer(actor: Actor, alert_id: str, now: datetime) -> None:
    """Ask a second person of the authority to approve it.

    Raises:
        Denied: the actor may not write here.
        AlertLacks: `alert-lacks` with everything missing or harmful.
        Refused: `alert-state`.
    """
    with audit.audited(actor, now, audit.Event.ALERT_OFFERED, subject_id=alert_id) as entry:
        row = lock(alert_id)
        view = queries.alert_view(row)
        entry.episode_id = row.episode_id
        access.check_write_alert(actor, queries.alert_access(view))
        check_complete(row, now, agencies.zone_of(actor))
        if row.offered_at is not None:  # an update waits already: a second press tells nobody again
            raise domain.moved_on()
        row.state = domain.decide_alert(AlertState(row.state), "offer").value
        row.offered_at, row.note = now, ""
        row.save(update_fields=["state", "offered_at", "note"])
        entry.details["version"] = row.version
        noting.note(EpisodeId(row.episode_id), "alert.offered", actor, now, alert=row.id)
        _tell_authority(row, actor, now)


def check_complete(row: models.Alert, now: datetime, zone: ZoneInfo) -> drafting.Draft:
    """The draft, when nothing is missing, impossible or harmful in it.

    Raises:
        AlertLacks: `alert-lacks`.
    """
    draft = drafting.from_json(row.draft)
    held = consents.on_record(queries.alert_view(row), now)
    found = drafting.lacks(draft, now=now, zone=zone, on_record=held)
    if found:
        raise AlertLacks("alert-lacks", "Something is still missing. It is marked below.", lacks=found)
    return draft


def lock(alert_id: str) -> models.Alert:
    """The row, held until the transaction ends.

    Raises:
        Denied: it does not exist, or not for this actor.
    """
    row = models.Alert.objects.select_for_update(of=("self",)).select_related("request").filter(pk=alert_id).first()
    if row is None:
        raise Denied("alert")
    return row


def _first_draft(actor: Actor, episode_id: EpisodeId) -> drafting.Draft:
    """What is known, for who may know it; an authority that is not in the response starts from an empty page."""
    episode = episodes.find_episode(episode_id)
    if episode is None or not access.can(access.check_view_episode, actor, episodes.access_of(episode)):
        return drafting.Draft()
    scene = criteria.scene_of(actor, episode)
    return suggesting.first_draft(episode.child.call_name, scene.statements, scene.place)


def _tell_authority(row: models.Alert, actor: Actor, now: datetime) -> None:
    request = row.request
    if request.primary_id is None:
        return
    word = telling.Word(
        sender=AgencyId(actor.agency_id),
        sender_label=actor.label,
        refers_to=row.id,
        episode_id=EpisodeId(row.episode_id),
        key=f"{row.id}-{row.version}-{telling.stamp(now)}-offered",
        path=f"/alerts/{row.id}",
        subject=("An alert is written and waits for approval.", "Hay una alerta escrita que espera aprobación."),
        body=(
            f"{request.title['en']} for {request.child}: written by {actor.label}. Look at it and decide.",
            f"{request.title['es']} por {request.child}: escrita por {actor.label}. Revísela y decida.",
        ),
    )
    backups = request.others if request.escalated_at else []  # the first in line did not answer: they are asked, too
    telling.tell(word, [AgencyId(one) for one in (request.primary_id, *backups)], now)

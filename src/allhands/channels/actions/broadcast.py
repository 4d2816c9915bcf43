"""Freeze a message for each way out and queue every copy, in the transaction of whoever approved it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from allhands.alerts.contracts import AlertMessage, AlertStatus, MessageKind, Subscriber
from allhands.channels import broadcasts, conditions, models, tasks
from allhands.channels.actions import copy_rows
from allhands.channels.contracts import SUBSCRIBER_WAYS, Artefact, ChannelCondition, SendingState, Way
from allhands.channels.registry import ROOMS
from allhands.channels.rooms import Recipient
from allhands.channels.sms import quiet
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.kernel.ids import new_id
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.jobs import api as jobs
from allhands.wire.reports import has_errors

# More jobs at once than a worker has hands only make a queue; fewer leave it idle.
_LANES = 4
_COPIES_A_LANE = 500

_FIRST_STATE: Mapping[ChannelCondition, SendingState] = {
    ChannelCondition.WORKS: SendingState.WAITING,
    ChannelCondition.SIMULATED: SendingState.SIMULATED,
    ChannelCondition.NOT_CONFIGURED: SendingState.NOT_CONFIGURED,
}


def broadcast(
    message: AlertMessage,
    ways: Sequence[Way],
    recipients: Mapping[Way, Iterable[Subscriber]],
    now: datetime,
) -> None:
    """Freezes the artefacts of each way and queues its copies. A way that has this transmission already is left alone.

    Raises:
        Refused: `expired-at-birth`; `nothing-actual-outside-live`; `nothing-can-leave` when no artefact of a way may.
    """
    _check(message, now)
    for way in ways:
        with acting_as(SYSTEM):
            if models.Broadcast.objects.filter(transmission_id=message.transmission_id, way=way.value).exists():
                continue
            _freeze(message, way, recipients.get(way, ()), now)


def _check(message: AlertMessage, now: datetime) -> None:
    if message.expires_at <= now and message.kind is not MessageKind.CANCEL:
        raise Refused(
            "expired-at-birth", "The alert would end before it is sent. Choose a later end.", field="expires_at"
        )
    if message.world != "live" and message.status is AlertStatus.ACTUAL:
        raise Refused("nothing-actual-outside-live", "Outside the live world an alert is an exercise or a test.")


def _freeze(message: AlertMessage, way: Way, subscribers: Iterable[Subscriber], now: datetime) -> None:
    condition = conditions.when_frozen(way, message)
    artefacts = ROOMS[way].assemble(message)
    if not any(_leaves(artefact) for artefact in artefacts):
        words = "; ".join(finding.message for artefact in artefacts for finding in artefact.findings)
        raise Refused(
            "nothing-can-leave", _("Nothing of this way can leave: %(why)s") % {"why": words}, field=way.value
        )
    row = _row(message, way, condition, artefacts, now)
    with audit.audited(SYSTEM, now, audit.Event.DELIVERY_QUEUED, subject_id=row.id) as entry:
        row.save(force_insert=True)
        models.FrozenArtefact.objects.bulk_create(
            _frozen(row, place, artefact) for place, artefact in enumerate(artefacts)
        )
        count = _write_copies(row, message, way, subscribers, now)
        entry.details = {"way": way.value, "digest": row.digest, "copies": count, "condition": condition.value}
        if condition is ChannelCondition.WORKS:
            _queue(row, count, _first_moment(message, way, now))


def _write_copies(
    row: models.Broadcast, message: AlertMessage, way: Way, subscribers: Iterable[Subscriber], now: datetime
) -> int:
    room = ROOMS[way]
    state = _FIRST_STATE[ChannelCondition(row.condition)]
    if way in SUBSCRIBER_WAYS:
        return copy_rows.write_subscribers(row, subscribers, state, now, _first_moment(message, way, now))
    if room.recipients is None:  # there for whoever comes, as soon as this commits
        return copy_rows.write_made(row, way, now)
    known = list(room.recipients(message))
    if message.kind is not MessageKind.ALERT:
        told = {recipient.key for recipient in known}
        known += [earlier for earlier in _told_before(message, way) if earlier.key not in told]
    return copy_rows.write_recipients(row, known, state, now)


def _told_before(message: AlertMessage, way: Way) -> tuple[Recipient, ...]:
    """Who got an earlier transmission of this alert, also when they would not be chosen today."""
    return broadcasts.own_recipients_of(message.alert_id, way)


def _first_moment(message: AlertMessage, way: Way, now: datetime) -> datetime:
    return quiet.first_moment(message, now) if way is Way.SMS else now


def _queue(row: models.Broadcast, count: int, first_at: datetime) -> None:
    if ROOMS[Way(row.way)].open_sender is None:
        return
    for lane in range(min(_LANES, 1 + count // _COPIES_A_LANE)):
        jobs.defer_at(tasks.send_copies, first_at, broadcast_id=row.id, lane=lane)


def _row(
    message: AlertMessage, way: Way, condition: ChannelCondition, artefacts: Sequence[Artefact], now: datetime
) -> models.Broadcast:
    return models.Broadcast(
        id=new_id(),
        transmission_id=message.transmission_id,
        alert_id=message.alert_id,
        way=way.value,
        kind=message.kind.value,
        alert_status=message.status.value,
        world=message.world,
        condition=condition.value,
        identifier=message.identifier,
        expires_at=message.expires_at,
        created_at=now,
        digest=_digest(artefacts),
    )


def _digest(artefacts: Sequence[Artefact]) -> str:
    lines = [f"{artefact.name} {hashlib.sha256(artefact.content).hexdigest()}" for artefact in artefacts]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _frozen(row: models.Broadcast, place: int, artefact: Artefact) -> models.FrozenArtefact:
    return models.FrozenArtefact(
        broadcast=row,
        position=place,
        name=artefact.name,
        media_type=artefact.media_type,
        languages=",".join(artefact.languages),
        content=artefact.content,
        text=artefact.text,
        digest=hashlib.sha256(artefact.content).hexdigest(),
        leaves=_leaves(artefact),
    )


def _leaves(artefact: Artefact) -> bool:
    return not has_errors(artefact.findings)

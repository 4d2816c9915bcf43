"""Send the copies of a broadcast: claim a few, act, keep what came of them and claim the next, one commit a round.

A claim is committed before its first byte goes out, and nobody claims it twice. A worker that dies leaves at most one
round of claims without outcome; a person sees them, and no machine sends them again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from allhands.alerts.contracts import Language, MessageKind, TransmissionId
from allhands.channels import copies, listeners, models, preflight
from allhands.channels.actions import copy_outcomes
from allhands.channels.contracts import ChannelCondition, SendingState, Way
from allhands.channels.copies import Copy, File, Frozen, OpenSender, Told
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

Clock = Callable[[], datetime]
Watch = Callable[[str], None]

# Copies of one claim: as many stay in doubt when a worker is killed. Fewer cost a commit each.
ROUND = 25
# Rounds of one job; then others have their turn.
ROUNDS = 40

_Outcomes = Sequence[tuple[Copy, Told]]

# Picked once, in a step of its own: as a sub-select of UPDATE it may run again for each row, and claim them all.
_CLAIM = """
WITH picked AS MATERIALIZED (
  SELECT id FROM channels_sending
  WHERE broadcast_id = %(broadcast)s AND state = 'WAITING' AND next_at <= %(now)s
  ORDER BY next_at, id LIMIT %(limit)s FOR UPDATE SKIP LOCKED
)
UPDATE channels_sending s
SET state = 'CLAIMED', claimed_at = %(now)s, changed_at = %(now)s, attempts = s.attempts + 1
FROM picked WHERE s.id = picked.id
RETURNING s.id, s."group", s.recipient_key, s.address, s.language, s.stop_url, s.attempts
"""
_KEEP_CLAIMS = """
INSERT INTO channels_sendingstatus (sending_id, state, at, code, words, who)
SELECT id, 'CLAIMED', %(now)s, '', '', 'Allhands' FROM unnest(%(ids)s::bigint[]) AS id
"""
# What another lane stops or has just claimed is skipped: waiting for it would lose the outcomes of this round, which
# are kept in the same transaction.
_STOP = """
WITH picked AS MATERIALIZED (
  SELECT id FROM channels_sending WHERE broadcast_id = %(broadcast)s AND state = 'WAITING' FOR UPDATE SKIP LOCKED
), stopped AS (
  UPDATE channels_sending s SET state = 'STOPPED', changed_at = %(now)s, next_at = NULL, code = %(code)s
  FROM picked WHERE s.id = picked.id RETURNING s.id
)
INSERT INTO channels_sendingstatus (sending_id, state, at, code, words, who)
SELECT id, 'STOPPED', %(now)s, %(code)s, '', 'Allhands' FROM stopped
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What a job leaves behind: `next_at` of the next copy that waits; None when none does."""

    next_at: datetime | None


def send_copies(broadcast_id: str, *, open_sender: OpenSender, clock: Clock, watch: Watch) -> Left:
    """Sends what waits now, in rounds, and says when the next one is due.

    Args:
        open_sender: connects.
        clock: the aware now, asked at each step.
        watch: told at each named moment.
    Raises:
        TryLater: no connection; nothing was claimed.
    """
    frozen = _read(broadcast_id)
    if frozen is None or not _has_waiting(broadcast_id, clock()):
        return Left(next_at=_next_at(broadcast_id))
    with open_sender(frozen) as sender:
        outcomes: _Outcomes = ()
        for _ in range(ROUNDS):
            claimed = _settle_and_claim(frozen, outcomes, clock())
            watch("claimed")
            outcomes = [] if not claimed else list(sender.send_all(claimed))
            watch("answered")
            if not claimed:
                break
        _settle(frozen, outcomes, clock())
    watch("recorded")
    return Left(next_at=_next_at(broadcast_id))


def _settle_and_claim(frozen: Frozen, outcomes: _Outcomes, now: datetime) -> list[Copy]:
    with acting_as(SYSTEM):
        _keep(frozen, outcomes, now)
        reason = _why_not(frozen, now)
        if reason:
            with connection.cursor() as cursor:
                cursor.execute(_STOP, {"broadcast": frozen.id, "now": now, "code": reason[:64]})
            listeners.tell_broadcast(frozen.transmission_id, frozen.way, now)
            return []
        return _claim(frozen, now)


def _settle(frozen: Frozen, outcomes: _Outcomes, now: datetime) -> None:
    with acting_as(SYSTEM):
        _keep(frozen, outcomes, now)


def _keep(frozen: Frozen, outcomes: _Outcomes, now: datetime) -> None:
    if outcomes:
        copy_outcomes.keep(frozen, outcomes, now)
        listeners.tell_broadcast(frozen.transmission_id, frozen.way, now)


def _why_not(frozen: Frozen, now: datetime) -> str:
    if frozen.world != settings.ALLHANDS_WORLD:  # a database brought back elsewhere, as for a training
        return "another-world"
    if now >= copies.last_moment(frozen.kind, frozen.expires_at):
        return "expired"
    return preflight.why_not(frozen.transmission_id, now)


def _claim(frozen: Frozen, now: datetime) -> list[Copy]:
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"broadcast": frozen.id, "now": now, "limit": ROUND})
        rows = cursor.fetchall()
        cursor.execute(_KEEP_CLAIMS, {"ids": [row[0] for row in rows], "now": now})
    return [
        Copy(
            id=key, group=group, recipient_key=recipient, address=address, language=_language(language),
            stop_url=stop_url, claimed_at=now, attempts=attempts,
        )
        for key, group, recipient, address, language, stop_url, attempts in rows
    ]  # fmt: skip


def _language(code: str) -> Language:
    return "es" if code == "es" else "en"


def way_of(broadcast_id: str) -> Way | None:
    """On which way a broadcast goes; None when there is no such broadcast."""
    with acting_as(SYSTEM):
        way = models.Broadcast.objects.filter(pk=broadcast_id).values_list("way", flat=True).first()
    return Way(way) if way else None


def _read(broadcast_id: str) -> Frozen | None:
    with acting_as(SYSTEM):
        row = models.Broadcast.objects.filter(pk=broadcast_id, condition=ChannelCondition.WORKS.value).first()
        return None if row is None else freeze(row)


def freeze(row: models.Broadcast) -> Frozen:
    """The broadcast with the files that may leave. The caller acts as the system."""
    files = row.artefacts.filter(leaves=True).order_by("position")
    return Frozen(
        id=row.id,
        transmission_id=TransmissionId(row.transmission_id),
        alert_id=row.alert_id,
        way=Way(row.way),
        kind=MessageKind(row.kind),
        status=row.alert_status,
        world=row.world,
        identifier=row.identifier,
        expires_at=row.expires_at,
        created_at=row.created_at,
        files=tuple(
            File(
                name=file.name,
                media_type=file.media_type,
                languages=tuple(file.languages.split(",")),
                content=bytes(file.content),
                text=file.text,
            )
            for file in files
        ),
    )


def _waiting(broadcast_id: str) -> QuerySet[models.Sending]:
    return models.Sending.objects.filter(
        broadcast_id=broadcast_id, state=SendingState.WAITING.value, next_at__isnull=False
    )


def _has_waiting(broadcast_id: str, now: datetime) -> bool:
    with acting_as(SYSTEM):
        return _waiting(broadcast_id).filter(next_at__lte=now).exists()


def _next_at(broadcast_id: str) -> datetime | None:
    with acting_as(SYSTEM):
        return _waiting(broadcast_id).order_by("next_at").values_list("next_at", flat=True).first()

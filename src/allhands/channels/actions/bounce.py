"""A mail system reported about a letter of ours."""

from __future__ import annotations

import enum
from datetime import datetime

from allhands.channels import models
from allhands.channels.actions import record
from allhands.channels.actions.receipts import copy_bounced
from allhands.channels.contracts import DeliveryState, Status
from allhands.channels.domain import NEXT
from allhands.channels.email.bounces import read_bounce
from allhands.channels.email.subscribers import find_copy_id
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as


class BounceResult(enum.Enum):
    """What became of the report."""

    RECORDED = "RECORDED"
    NOT_FINAL = "NOT_FINAL"  # delayed or relayed: the other system still tries
    NOT_OURS = "NOT_OURS"
    TOO_LATE = "TOO_LATE"  # already bounced, confirmed by a person, or taken back


def record_bounce(raw: bytes, now: datetime) -> BounceResult:
    """Turn the delivery to BOUNCED when the report says that it surely failed."""
    bounce = read_bounce(raw)
    if bounce is None:
        return BounceResult.NOT_OURS
    if not bounce.is_final:
        return BounceResult.NOT_FINAL
    code = f"dsn-{bounce.code}" if bounce.code else "dsn"
    copy_id = find_copy_id(bounce.delivery_id)
    if copy_id is not None:
        return BounceResult.RECORDED if copy_bounced(copy_id, code, now) else BounceResult.TOO_LATE
    with acting_as(SYSTEM):
        row = models.Delivery.objects.select_for_update().filter(pk=bounce.delivery_id).first()
        if row is None:
            return BounceResult.NOT_OURS
        if (DeliveryState(row.state), Status.BOUNCED) not in NEXT:
            return BounceResult.TOO_LATE
        with audit.audited(SYSTEM, now, audit.Event.DELIVERY_BOUNCED, subject_id=row.id) as entry:
            entry.episode_id = row.episode_id or ""
            record.move(row, Status.BOUNCED, SYSTEM, now, code=code, words=bounce.words)
    return BounceResult.RECORDED

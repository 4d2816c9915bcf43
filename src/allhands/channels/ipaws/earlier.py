"""Which earlier messages of an alert IPAWS holds, and under which time it knows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from allhands.channels import models
from allhands.channels.contracts import SendingState, Way
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

# Refused, never sent, or still waiting: IPAWS has no such message, and a reference to it refuses the whole (code 307).
_NEVER_THERE = (SendingState.FAILED, SendingState.STOPPED, SendingState.WAITING)


def sent_times(alert_id: str, recipient_key: str, now: datetime) -> Mapping[str, datetime]:
    """For each message that IPAWS may hold and that has not ended, the instant that its document carried as `sent`.

    It is the moment of the claim, not of the approval: the document was stamped with it.
    """
    with acting_as(SYSTEM):
        rows = models.Sending.objects.filter(
            broadcast__alert_id=alert_id,
            broadcast__way=Way.IPAWS.value,
            broadcast__expires_at__gt=now,
            recipient_key=recipient_key,
            claimed_at__isnull=False,
        ).exclude(state__in=[state.value for state in _NEVER_THERE])
        return {identifier: at for identifier, at in rows.values_list("broadcast__identifier", "claimed_at") if at}

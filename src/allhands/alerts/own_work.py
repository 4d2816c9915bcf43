"""Own work over another hat: two posts of one person are one person, for approving as for reviewing."""

from __future__ import annotations

from dataclasses import replace

from allhands.access.contracts import AlertAccess
from allhands.agencies import api as agencies
from allhands.alerts import queries
from allhands.alerts.contracts import AlertView
from allhands.kernel.actors import Actor


def door_of(actor: Actor, alert: AlertView, *, alone: bool = False) -> AlertAccess:
    """What the door needs to know about an alert; the actor counts as a writer when another hat of theirs wrote."""
    door = queries.alert_access(alert, alone=alone)
    is_own = any(agencies.is_same_person(writer, actor.member_id) for writer in door.writer_ids)
    return replace(door, writer_ids=door.writer_ids | {actor.member_id}) if is_own else door

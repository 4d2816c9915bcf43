"""A nation's word on secondary use of its members' records: stopped at once, never the emergency response."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from allhands.access import models
from allhands.access.permissions import check_steward
from allhands.access.records import suspended_nations
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.platform.audit import api as audit


def decide_secondary_use(actor: Actor, nation: str, *, suspended: bool, reason: str, now: datetime) -> None:
    """Stop, or allow again, every use but the search and the care.

    Args:
        nation: slug of the nation the actor's agency serves.
    Raises:
        Denied: the actor is not the steward of a nation.
        Refused: `steward-reason`, `steward-same`.
    """
    event = audit.Event.SECONDARY_USE_SUSPENDED if suspended else audit.Event.SECONDARY_USE_RESUMED
    with audit.audited(actor, now, event, details={"nation": nation}):
        check_steward(actor)
        if not reason.strip():
            raise Refused("steward-reason", _("Say why, for whoever reads it later."), field="reason")
        if (nation in suspended_nations()) == suspended:
            raise Refused("steward-same", _("It stands so already."))
        models.Stewardship.objects.create(
            nation=nation, agency_id=actor.agency_id, suspended=suspended, by=actor.label, at=now, reason=reason.strip()
        )

"""What an alert publishes because somebody agreed: covered by a card of the door, or lost since.

A card covers a field when it is in force, is for the response, and is made out to an agency that may send the alert.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from allhands.access import api as access
from allhands.access.contracts import InformationClass, Purpose
from allhands.alerts import models
from allhands.alerts.contracts import AlertState, AlertView
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

FACTS: Final[Mapping[str, str]] = {
    "name": "child.given_name",
    "photo": "description.photo_available",
    "tribe": "child.tribal_affiliation",
}
"""Field of an alert to the fact that the card names."""
_CLASSES: Final[Mapping[str, InformationClass]] = {"name": "P0", "photo": "P0", "tribe": "P2"}


def on_record(view: AlertView, now: datetime) -> frozenset[str]:
    """The fields that a card in force covers."""
    with acting_as(SYSTEM):
        records = access.records_for(view.request.authority_ids, view.episode_id, now).values()
    pieces = {field: access.Piece(fact_id=fact, sensitivity=_CLASSES[field]) for field, fact in FACTS.items()}
    return frozenset(
        field for field, piece in pieces.items() if any(record.covering(piece, Purpose.RESPONSE) for record in records)
    )


def lost(view: AlertView, now: datetime) -> tuple[str, ...]:
    """Fields of an alert that is out whose card was taken back or ran out since: they come off at once."""
    if view.state is not AlertState.LIVE or not view.transmission_id:
        return ()
    with acting_as(SYSTEM):
        rests_on = models.Transmission.objects.values_list("rests_on", flat=True).get(pk=view.transmission_id)
    if not rests_on:
        return ()
    held = on_record(view, now)
    return tuple(field for field in FACTS if field in rests_on and field not in held)

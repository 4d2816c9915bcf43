"""What an alert publishes because somebody agreed: covered by a card of the door, or lost since.

A card covers a field when it is in force, is for the response, and is made out to an agency that may send the alert.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from allhands.access import api as access
from allhands.access.contracts import InformationClass, Purpose
from allhands.alerts import models
from allhands.alerts.contracts import AlertId, AlertState, AlertView
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as

FACTS: Final[Mapping[str, str]] = {
    "name": "child.given_name",
    "photo": "description.photo_available",
    "tribe": "child.tribal_affiliation",
}
"""Field of an alert to the fact that the card names."""
_Records = Mapping[AgencyId, Mapping[EpisodeId, access.Record]]
_CLASSES: Final[Mapping[str, InformationClass]] = {"name": "P0", "photo": "P0", "tribe": "P2"}


def on_record(view: AlertView, now: datetime) -> frozenset[str]:
    """The fields that a card in force covers."""
    return _covered(view, _records([view], now))


def lost(view: AlertView, now: datetime) -> tuple[str, ...]:
    """Fields of an alert that is out whose card was taken back or ran out since, or a picture that was taken down at
    the wish of the person it shows: they come off at once."""
    return lost_of([view], now).get(view.alert_id, ())


def lost_of(views: Iterable[AlertView], now: datetime) -> dict[AlertId, tuple[str, ...]]:
    """The same for many alerts, those that lost something: as many queries for twenty as for two.

    What is on record is asked once for each agency that may send one of them.
    """
    out = {view.transmission_id: view for view in views if view.state is AlertState.LIVE and view.transmission_id}
    if not out:
        return {}
    with acting_as(SYSTEM):
        sent = models.Transmission.objects.filter(pk__in=list(out)).exclude(rests_on=[], photo_id="")
        rows = list(sent.values_list("pk", "rests_on", "photo_id"))
        taken_down = episodes.taken_down_photos(photo_id for _, _, photo_id in rows if photo_id)
    records = _records([out[sent_id] for sent_id, fields, _ in rows if fields], now)
    found = {}
    for sent_id, fields, photo_id in rows:
        asked = set(fields) - _covered(out[sent_id], records) if fields else set()
        if photo_id in taken_down:
            asked.add("photo")  # whoever decided to publish it
        if asked:
            found[out[sent_id].alert_id] = tuple(field for field in FACTS if field in asked)
    return found


def cards_of(view: AlertView, fields: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The ids of the cards in force that cover these fields, whichever authority they are made out to."""
    facts = {FACTS[field] for field in fields if field in FACTS}
    held = [record for by_episode in _records([view], now).values() for record in by_episode.values()]
    return tuple({card.consent_id for record in held for card in record.consents if card.facts & facts})


def _records(views: Iterable[AlertView], now: datetime) -> _Records:
    """What is on record for each agency that may send these alerts, by response."""
    # An alert is part of the search itself, which no nation's word on secondary use stops: no nation is asked.
    by_agency: dict[AgencyId, dict[EpisodeId, frozenset[str]]] = {}
    for view in views:
        for agency_id in view.request.authority_ids:
            by_agency.setdefault(agency_id, {})[view.episode_id] = frozenset()
    with acting_as(SYSTEM):
        return {agency_id: access.records_of(agency_id, "", asked, now) for agency_id, asked in by_agency.items()}


def _covered(view: AlertView, records: _Records) -> frozenset[str]:
    held = [records[agency_id][view.episode_id] for agency_id in view.request.authority_ids]
    pieces = {field: access.Piece(fact_id=fact, sensitivity=_CLASSES[field]) for field, fact in FACTS.items()}
    return frozenset(
        field for field, piece in pieces.items() if any(record.covering(piece, Purpose.RESPONSE) for record in held)
    )

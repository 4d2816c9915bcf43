"""Files that left: as they left while the alert is out; posters and cards stamped once it is over."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from allhands.alerts import queries
from allhands.alerts.contracts import AlertState, AlertView, MessageKind, TransmissionId
from allhands.alerts.web.look import file_response
from allhands.alerts.web.opened import open_alert
from allhands.channels import api as channels
from allhands.channels.contracts import Artefact, Stamp, Way


@require_GET
def artefact(request: HttpRequest, alert_id: str, transmission_id: str, way: str, name: str) -> HttpResponse:
    """One file of one transmission. What is kept is never changed: the stamp is drawn for who fetches it."""
    opened = open_alert(request, alert_id)
    sent = {one.transmission_id: one for one in queries.list_transmissions(opened.alert.alert_id)}
    if transmission_id not in sent or way not in {one.value for one in Way}:
        raise Http404
    found = channels.artefact(TransmissionId(transmission_id), Way(way), name)
    if found is None:
        raise Http404
    stamp = stamp_of(opened.alert, sent[transmission_id].kind, opened.reader.now)
    return file_response(_stamped(found, transmission_id, stamp) if stamp else found)


def stamp_of(alert: AlertView, kind: MessageKind, now: datetime) -> Stamp | None:
    """What is written across a copy now; the word that it is over carries none: it says so itself."""
    if kind is MessageKind.CANCEL:
        return None
    if alert.state is AlertState.TAKEN_BACK:
        return Stamp.WITHDRAWN
    is_expired = alert.expires_at is not None and alert.expires_at <= now
    return Stamp.EXPIRED if alert.state is AlertState.ENDED or is_expired else None


def _stamped(found: Artefact, transmission_id: str, stamp: Stamp) -> Artefact:
    if found.way not in channels.MARKABLE:
        return found
    message = queries.find_message(transmission_id)
    assert message is not None, "its files were found"
    return channels.marked(message, found.way, found.name, stamp) or found

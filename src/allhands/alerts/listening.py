"""What the ways out report back: copies that moved, addresses that are gone, people who answered STOP."""

from __future__ import annotations

from datetime import datetime

from allhands.alerts import models
from allhands.alerts.actions import subscribing
from allhands.alerts.contracts import TransmissionId
from allhands.channels.api import Keyword
from allhands.channels.contracts import Way
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.live import api as live


def on_broadcast(transmission_id: TransmissionId, way: Way, now: datetime) -> None:
    """Open pages of the alert look again."""
    del way, now
    with acting_as(SYSTEM):
        row = models.Transmission.objects.filter(pk=transmission_id).only("alert_id").first()
        alert = models.Alert.objects.select_related("request").filter(pk=row.alert_id).first() if row else None
        if alert is not None:
            request = alert.request
            agencies = {request.asked_agency_id, *request.others, request.primary_id} - {None}
            live.publish("alerts", [str(one) for one in agencies])


def on_gone(way: Way, recipient_key: str, code: str, now: datetime) -> None:
    """An address that never works again is not asked again."""
    del way
    subscribing.end_gone(recipient_key, code, now)


def on_keyword(number: str, keyword: Keyword, now: datetime) -> None:
    """STOP ends every text to this number at once; START takes it back or confirms."""
    match keyword:
        case Keyword.STOP:
            subscribing.stop_number(number, now)
        case Keyword.START:
            subscribing.start_number(number, now)
        case Keyword.HELP:
            return

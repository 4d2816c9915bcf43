"""What the ways out report back: copies that moved, addresses that are gone, people who answered STOP."""

from __future__ import annotations

from datetime import datetime

from allhands.alerts import models
from allhands.alerts.actions import subscribing, texting
from allhands.alerts.contracts import TransmissionId
from allhands.channels.api import Heard, Keyword
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


def on_keyword(heard: Heard, now: datetime) -> str | None:
    """STOP ends every text to this number at once; START confirms or begins; a county says where."""
    match heard.keyword:
        case Keyword.STOP:
            subscribing.stop_number(heard.number, now)
        case Keyword.START:
            return texting.start(heard.number, heard.language, now)
        case Keyword.LANGUAGE:
            return texting.speak(heard.number, heard.language, now)
        case None:
            return texting.place(heard.number, heard.text, now)
    return None

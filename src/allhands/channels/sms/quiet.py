"""Quiet hours of text messages, by rule: an abduction goes at once, anything else waits for the morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from allhands.alerts.contracts import AlertMessage, EventCode
from allhands.channels.ipaws.zone import zones_of


def first_moment(message: AlertMessage, now: datetime) -> datetime:
    """When the first text may leave, by the clocks of the alert's area; `now` outside quiet hours.

    Where the area lies in several time zones, it is night as long as it is night in one of them: nobody is woken.
    Hours are the node's settings; equal ones mean that no hour is quiet.
    """
    starts, ends = settings.ALLHANDS_SMS_QUIET_FROM, settings.ALLHANDS_SMS_QUIET_UNTIL
    if message.event is EventCode.CAE or starts == ends:
        return now
    zones = zones_of(message.area)
    moment = now
    for _ in range(len(zones) + 1):  # morning in one zone may still be night in the next
        earlier = moment
        for zone in zones:
            moment = _morning(moment, zone, starts, ends)
        if moment == earlier:
            break
    return moment


def _morning(instant: datetime, zone: ZoneInfo, starts: int, ends: int) -> datetime:
    """The end of the quiet hours it falls into, by this clock; itself outside them."""
    local = instant.astimezone(zone)
    is_quiet = local.hour >= starts or local.hour < ends if starts > ends else starts <= local.hour < ends
    if not is_quiet:
        return instant
    morning = local.replace(hour=ends, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)

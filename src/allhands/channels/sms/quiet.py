"""Quiet hours of text messages, by rule: an abduction goes at once, anything else waits for the morning."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from allhands.alerts.contracts import AlertMessage, EventCode
from allhands.channels.ipaws.zone import in_place


def first_moment(message: AlertMessage, now: datetime) -> datetime:
    """When the first text may leave, by the clock of the alert's area; `now` outside quiet hours.

    Hours are the node's settings; equal ones mean that no hour is quiet.
    """
    starts, ends = settings.ALLHANDS_SMS_QUIET_FROM, settings.ALLHANDS_SMS_QUIET_UNTIL
    if message.event is EventCode.CAE or starts == ends:
        return now
    local = in_place(now, message.area)
    is_quiet = local.hour >= starts or local.hour < ends if starts > ends else starts <= local.hour < ends
    if not is_quiet:
        return now
    morning = local.replace(hour=ends, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)

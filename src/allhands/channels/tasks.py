"""Jobs of the channels: ids only. Safe to run twice: a delivery is claimed once."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.channels.actions import fan_out, forget, released, try_channel
from allhands.channels.actions.send import send_email
from allhands.channels.email.configuration import find_mail_settings
from allhands.channels.email.port import watch_nothing
from allhands.channels.email.smtp import SmtpMail
from allhands.channels.registry import ROOMS
from allhands.channels.sms import client as sms_client
from allhands.kernel.ids import DeliveryId
from allhands.platform.jobs import api as jobs


@jobs.task(queue="deliveries")
def send_delivery(*, delivery_id: str) -> None:
    """Send one waiting e-mail."""
    given = find_mail_settings()
    send_email(
        DeliveryId(delivery_id),
        mail=SmtpMail(given) if given else None,
        sender=given.mail_from if given else "",
        clock=timezone.now,
        watch=watch_nothing,
    )


@jobs.task(queue="deliveries")
def send_copies(*, broadcast_id: str, lane: int) -> None:
    """Send some copies of a broadcast and come back for the rest. Several lanes work side by side."""
    way = fan_out.way_of(broadcast_id)
    open_sender = ROOMS[way].open_sender if way else None
    if open_sender is None:
        return
    left = fan_out.send_copies(broadcast_id, open_sender=open_sender, clock=timezone.now, watch=watch_nothing)
    if left.next_at is None:
        return
    if left.next_at <= timezone.now():
        jobs.defer(send_copies, broadcast_id=broadcast_id, lane=lane)
    elif lane == 0:  # one lane is enough for what waits for another try
        jobs.defer_at(send_copies, left.next_at, broadcast_id=broadcast_id, lane=lane)


@jobs.periodic("*/15 * * * *", queue="deliveries")
def test_ways(now: datetime) -> None:
    """The link test of every way out, so that a dead one is known before it is needed."""
    try_channel.try_every_way(now)


@jobs.periodic("* * * * *", queue="deliveries")
def listen_for_receipts(now: datetime) -> None:
    """Hear what a provider with an open line (SMPP) has to tell; the others call us."""
    sms_client.listen()


@jobs.periodic("*/2 * * * *", queue="deliveries")
def look_for_released(now: datetime) -> None:
    """Look for our own alerts in the public list of IPAWS."""
    released.look_for_released(now)


@jobs.periodic("30 3 * * *")
def forget_recipients(now: datetime) -> None:
    """Forget where copies of old alerts went; how many there were stays."""
    forget.forget_recipients(now)

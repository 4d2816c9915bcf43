"""Jobs of the channels: ids only. Safe to run twice: a delivery is claimed once."""

from __future__ import annotations

from django.utils import timezone

from allhands.channels.actions.send import send_email
from allhands.channels.email.configuration import find_mail_settings
from allhands.channels.email.port import watch_nothing
from allhands.channels.email.smtp import SmtpMail
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

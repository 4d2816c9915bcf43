"""Workers for the fault test. Each runs in a process of its own, forked from a warm one, and may kill itself."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import django
from django.apps import apps

if not apps.ready:  # in the fork server, which loads this module first
    django.setup()

from django.conf import settings
from django.db import connections
from django.utils import timezone

from allhands.channels.actions.send import send_email
from allhands.channels.contracts import DeliveryState
from allhands.channels.email.configuration import MailSettings
from allhands.channels.email.smtp import SmtpMail
from allhands.channels.listeners import register_status_listener
from allhands.kernel.ids import DeliveryId
from allhands.platform.jobs.worker import run_worker

# Every named moment of a sending, and two inside the transaction that keeps the outcome.
MOMENTS = ("claimed", "connected", "addressed", "data", "written", "answered", "outcome", "recorded")
TOLD = ("told-CLAIMED", "told-ACCEPTED")


def send_one(database: Mapping[str, Any], mail: MailSettings, delivery_id: DeliveryId, kill_at: str) -> None:
    """Send one delivery, and die without a word at the moment named."""
    connections["default"].settings_dict.update(database)

    def watch(moment: str) -> None:
        if moment == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def listen(_refers_to: str, state: DeliveryState, _by: str, _now: datetime) -> None:
        watch(f"told-{state.value}")

    register_status_listener(listen)
    send_email(delivery_id, mail=SmtpMail(mail), sender=mail.mail_from, clock=timezone.now, watch=watch)


def work_the_queue(database: Mapping[str, Any], mail: MailSettings, conninfo: str, wait: bool = False) -> None:
    """A real worker on the real queue, until the queue is empty or, with `wait`, until somebody stops it."""
    connections["default"].settings_dict.update(database)
    settings.ALLHANDS_SMTP_HOST, settings.ALLHANDS_SMTP_PORT = mail.host, mail.port
    settings.ALLHANDS_SMTP_TLS, settings.ALLHANDS_MAIL_FROM = mail.tls, mail.mail_from
    run_worker(conninfo, wait=wait)

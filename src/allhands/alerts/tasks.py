"""Jobs of the alerts slice: safe to run twice."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.alerts import turns
from allhands.alerts.actions import asking, consenting, sending, subscribing
from allhands.platform.jobs import api as jobs


@jobs.periodic("* * * * *", queue="clocks")
def keep_alert_clocks(at: datetime) -> None:
    """Each minute: end what is over, turn to the backup where nobody answered, go on after a pause, mind consents."""
    now = max(at, timezone.now())
    sending.expire_all(now)
    asking.escalate_all(now)
    subscribing.wake_all(now)
    consenting.watch_all(now)
    turns.watch_all(now)

"""Jobs of the duties slice: ids only, safe to run twice."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.duties import sending
from allhands.duties.actions import ladder, offers, refresh
from allhands.kernel.ids import NoticeId
from allhands.platform.jobs import api as jobs


@jobs.task(queue="notices")
def issue_notice(*, notice_id: str) -> None:
    """Draw a frozen notice and queue its deliveries."""
    sending.issue(NoticeId(notice_id), timezone.now())


@jobs.periodic("* * * * *", queue="clocks")
def look_again(at: datetime) -> None:
    """Each minute: open episodes whose answer time alone may have changed."""
    refresh.refresh_all(max(at, timezone.now()))


@jobs.periodic("* * * * *", queue="clocks")
def climb_ladders(at: datetime) -> None:
    """Each minute: tell the people whose clocks reached the next rung."""
    now = max(at, timezone.now())
    ladder.climb_all(now)
    offers.remind_all(now)

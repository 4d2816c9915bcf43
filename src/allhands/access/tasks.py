"""Jobs of the door: ids only, safe to run twice.

What they do lives beside the channels, which themselves stand behind the door; so it is imported when a job runs.
"""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.platform.jobs import api as jobs


@jobs.task(queue="notices")
def tell_recall(*, lease_id: str) -> None:
    """Tell the holder of a copy, on every way it came, that it is called back."""
    from allhands.access.actions import telling

    telling.tell_recall(lease_id, timezone.now())


@jobs.task(queue="notices")
def tell_glass(*, glass_id: str) -> None:
    """Tell the owner of a response that somebody asks to open it in an emergency."""
    from allhands.access.actions import telling

    telling.tell_glass(glass_id, timezone.now())


@jobs.task(queue="notices")
def tell_ask(*, ask_id: str) -> None:
    """Tell the holder of a field that somebody asks for it."""
    from allhands.access.actions import telling

    telling.tell_ask(ask_id, timezone.now())


@jobs.task(queue="notices")
def tell_objection(*, objection_id: str) -> None:
    """Tell the chosen agency that a wish to correct waits."""
    from allhands.access.actions import telling

    telling.tell_objection(objection_id, timezone.now())


@jobs.task()
def seal_earlier(*, sealing_id: str) -> None:
    """Seal what a nation's people said before the nation had a key; begun anew after a crash, it goes on."""
    from allhands.access.actions import sealing_earlier

    sealing_earlier.run(sealing_id, timezone.now())


@jobs.periodic("*/5 * * * *", queue="clocks")
def look_after_copies(at: datetime) -> None:
    """Every five minutes: leases that ended, recalls that nobody confirmed for a day."""
    from allhands.access.actions import recalling

    now = max(at, timezone.now())
    recalling.recall_ended(now)
    for lease_id in recalling.list_to_tell(now):
        jobs.defer(tell_recall, lease_id=lease_id)


@jobs.periodic("* * * * *", queue="clocks")
def look_after_glass(at: datetime) -> None:
    """Each minute: emergencies without a second person, and those whose time is over."""
    from allhands.access.actions import glass

    glass.close_ended(max(at, timezone.now()))


@jobs.periodic("*/5 * * * *", queue="clocks")
def look_after_corrections(at: datetime) -> None:
    """Every five minutes: wishes to correct whose 24 hours end, or ended, undecided."""
    from allhands.access.actions import telling

    telling.remind_of_objections(max(at, timezone.now()))

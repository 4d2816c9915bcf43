"""What other rooms may ask of the queue."""

from __future__ import annotations

from datetime import datetime

from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker


def last_heartbeat() -> datetime | None:
    """When a worker was last heard of."""
    beats = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True)
    return beats.first()


def count_by_state() -> dict[str, int]:
    """How many jobs are in each state that is not over."""
    states = ("todo", "doing", "failed")
    return {state: ProcrastinateJob.objects.filter(status=state).count() for state in states}

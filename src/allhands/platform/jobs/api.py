"""What other rooms may ask of the queue."""

from __future__ import annotations

from allhands.platform.jobs.queue import (
    LATE,
    StuckJob,
    count_by_state,
    defer,
    defer_all,
    defer_at,
    drop_stuck,
    last_heartbeat,
    list_stuck,
    retry_stuck,
)
from allhands.platform.jobs.registry import Backoff, OnCrash, Task, periodic, task

__all__ = [
    "LATE",
    "Backoff",
    "OnCrash",
    "StuckJob",
    "Task",
    "count_by_state",
    "defer",
    "defer_all",
    "defer_at",
    "drop_stuck",
    "last_heartbeat",
    "list_stuck",
    "periodic",
    "retry_stuck",
    "task",
]

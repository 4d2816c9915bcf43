"""Puts jobs into the queue and looks at it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from allhands.kernel.actors import Actor
from allhands.kernel.errors import Refused
from allhands.platform.audit.api import Event, audited
from allhands.platform.jobs.registry import Task

_ID = re.compile(r"[\w.:\-]{1,80}", re.ASCII)
LATE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class StuckJob:
    """A job that waits for a person, or waits suspiciously.

    Args:
        state: `failed` (stopped; a person decides), `retrying` (tried in vain, will be tried again), `late` (should
            have run, and nobody took it: is a worker running?).
        kind: class name of the last error; empty when none was kept.
        since: when it came to this state.
    """

    job_id: int
    task: str
    ids: Mapping[str, str | int]
    state: str
    attempts: int
    kind: str
    since: datetime
    next_at: datetime | None


def defer(task: Task, **ids: str | int) -> int:
    """Queue the job in the current transaction; it exists if and only if the transaction commits.

    Raises:
        ValueError: an argument is not an id.
    """
    return _defer(task, None, ids)


def defer_all(task: Task, each: Iterable[Mapping[str, str | int]]) -> None:
    """Queue one job for each of these arguments in the current transaction, in one statement.

    Raises:
        ValueError: an argument is not an id.
    """
    jobs: list[dict[str, Any]] = [dict(_checked(task, ids)) for ids in each]
    if jobs:
        task.queued.configure().batch_defer(*jobs)


def defer_at(task: Task, at: datetime, **ids: str | int) -> int:
    """Queue the job for an instant."""
    return _defer(task, at, ids)


def _defer(task: Task, at: datetime | None, ids: Mapping[str, str | int]) -> int:
    return task.queued.configure(schedule_at=at).defer(**_checked(task, ids))


def _checked(task: Task, ids: Mapping[str, str | int]) -> Mapping[str, str | int]:
    for name, value in ids.items():
        if not isinstance(value, int) and not _ID.fullmatch(value):
            raise ValueError(f"jobs carry ids only; {name} of {task.name} is none")
    return ids


def last_heartbeat() -> datetime | None:
    """When a worker was last heard of."""
    beats = ProcrastinateWorker.objects.order_by("-last_heartbeat").values_list("last_heartbeat", flat=True)
    return beats.first()


def count_by_state() -> dict[str, int]:
    """How many jobs are in each state that is not over."""
    states = ("todo", "doing", "failed")
    return {state: ProcrastinateJob.objects.filter(status=state).count() for state in states}


_STUCK = """
SELECT * FROM (
  SELECT job.id, job.task_name, job.args, job.attempts, coalesce(failure.kind, ''), job.scheduled_at,
         CASE WHEN job.status = 'failed' THEN 'failed'
              WHEN job.attempts > 0 THEN 'retrying'
              WHEN coalesce(job.scheduled_at, event.at) < %(late_before)s THEN 'late' END AS state,
         coalesce(failure.at, event.at, %(now)s) AS since
  FROM procrastinate_jobs job
  LEFT JOIN platform_jobs_jobfailure failure ON failure.job_id = job.id
  LEFT JOIN LATERAL (
    SELECT max(at) AS at FROM procrastinate_events WHERE job_id = job.id AND at <= %(now)s
  ) event ON true
  WHERE job.status IN ('todo', 'failed')
) judged WHERE state IS NOT NULL
ORDER BY array_position(ARRAY['failed', 'late', 'retrying'], state), since LIMIT %(limit)s
"""


def list_stuck(now: datetime, *, limit: int = 200) -> tuple[StuckJob, ...]:
    """Jobs that need a person first, then those that nobody takes, then those that try again."""
    with connection.cursor() as cursor:
        cursor.execute(_STUCK, {"now": now, "late_before": now - LATE, "limit": limit})
        rows = cursor.fetchall()
    return tuple(
        StuckJob(
            job_id=job_id, task=task, ids=_parse(ids), state=state, attempts=attempts, kind=kind, since=since,
            next_at=next_at,
        )
        for job_id, task, ids, attempts, kind, next_at, state, since in rows
    )  # fmt: skip


def retry_stuck(actor: Actor, job_id: int, now: datetime) -> None:
    """Try a stopped job again now.

    Raises:
        Refused: `no-such-job`.
    """
    with audited(actor, now, Event.JOB_RETRIED, subject_id=str(job_id)):
        _lock_failed(job_id)
        app.job_manager.retry_job_by_id(job_id, retry_at=now)


def drop_stuck(actor: Actor, job_id: int, now: datetime) -> None:
    """Give a stopped job up; the journal keeps who did.

    Raises:
        Refused: `no-such-job`.
    """
    with audited(actor, now, Event.JOB_DROPPED, subject_id=str(job_id)) as entry, connection.cursor() as cursor:
        entry.details["task"] = _lock_failed(job_id)
        cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
        cursor.execute("DELETE FROM platform_jobs_jobfailure WHERE job_id = %s", [job_id])


def _lock_failed(job_id: int) -> str:
    assert transaction.get_connection().in_atomic_block
    with connection.cursor() as cursor:
        query = "SELECT task_name FROM procrastinate_jobs WHERE id = %s AND status = 'failed' FOR UPDATE"
        cursor.execute(query, [job_id])
        row = cursor.fetchone()
    if row is None:
        raise Refused(code="no-such-job", reason="This job is not waiting for a person any more.")
    return str(row[0])


def _parse(ids: str | Mapping[str, str | int]) -> Mapping[str, str | int]:
    return json.loads(ids) if isinstance(ids, str) else ids

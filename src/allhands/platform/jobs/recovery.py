"""Knows at once when a worker died, and what to do with the jobs it held."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import psycopg
from procrastinate import jobs
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.worker import Worker

from allhands.platform.jobs.registry import TASKS, OnCrash
from allhands.platform.logs import get_logger

log = get_logger(__name__)

_LOOK_SECONDS = 1.0
# A living worker holds this lock on a connection of its own. When its process ends, however, PostgreSQL lets go.
_LOCK = "SELECT pg_advisory_lock(hashtextextended('allhands worker ' || %s, 0))"
_HELD_BY_THE_DEAD = """
/* held by the dead */ SELECT id, task_name, attempts FROM procrastinate_jobs WHERE status = 'doing' AND CASE
  WHEN worker_id IS NULL THEN true
  WHEN worker_id = %(me)s THEN id <> ALL(%(mine)s)
  ELSE pg_try_advisory_xact_lock(hashtextextended('allhands worker ' || worker_id, 0)) END
"""


async def keep_life_line(worker: Worker, running: set[int], conninfo: str) -> None:
    """Hold this worker's lock, and look after the jobs of workers that hold none.

    A job counts as abandoned when two looks in a row say so: a worker that has just begun may not have its lock yet,
    and a job that has just ended may not be written down yet.

    Args:
        running: ids of the jobs this worker is running now.
    Raises:
        psycopg.OperationalError: the database went away, and the lock with it; the worker must end too.
    """
    while worker.worker_id is None:
        await asyncio.sleep(0.01)
    async with await psycopg.AsyncConnection.connect(conninfo, autocommit=True) as line:
        await line.execute(_LOCK, [str(worker.worker_id)])
        suspects: set[int] = set()
        while True:
            cursor = await line.execute(_HELD_BY_THE_DEAD, {"me": worker.worker_id, "mine": list(running)})
            abandoned = {row[0]: (row[1], row[2]) for row in await cursor.fetchall()}
            for job_id in suspects & abandoned.keys():
                await _settle(job_id, *abandoned[job_id])
            suspects = set(abandoned) - suspects
            await asyncio.sleep(_LOOK_SECONDS)


async def _settle(job_id: int, task_name: str, attempts: int) -> None:
    """Back into the queue, or to a person: when the task says so, when nobody knows it, when it killed too often."""
    task = TASKS.get(task_name)
    if task is not None and task.on_crash is OnCrash.RETRY and attempts + 1 < task.attempts:
        try:
            await app.job_manager.retry_job_by_id_async(job_id, retry_at=datetime.now(UTC))
            log.warning("job.returned_after_crash", job_id=job_id, task=task_name)
        except UniqueViolation:  # the clock queued the same work meanwhile, and only one of them may wait
            await app.job_manager.finish_job_by_id_async(job_id, jobs.Status.ABORTED, delete_job=True)
            log.warning("job.waits_already_after_crash", job_id=job_id, task=task_name)
        return
    log.warning("job.to_person_after_crash", job_id=job_id, task=task_name)
    await app.job_manager.finish_job_by_id_async(job_id, jobs.Status.FAILED, delete_job=False)

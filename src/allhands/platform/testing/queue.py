"""Runs waiting jobs here and now, in the test's own transaction."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection

from allhands.platform.jobs.registry import TASKS

_NEXT = """
UPDATE procrastinate_jobs SET status = 'doing' WHERE id = (
  SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %s)
  ORDER BY priority DESC, id LIMIT 1
) RETURNING id, task_name, args
"""


def run_jobs(now: datetime, *, limit: int = 100) -> list[str]:
    """Run what is due, also what that queues, and return the names of the tasks. An error comes through."""
    done: list[str] = []
    while len(done) < limit:
        with connection.cursor() as cursor:
            cursor.execute(_NEXT, [now])
            row = cursor.fetchone()
        if row is None:
            return done
        job_id, name, args = row
        TASKS[name](**(json.loads(args) if isinstance(args, str) else args))
        with connection.cursor() as cursor:
            cursor.execute("SELECT procrastinate_finish_job_v1(%s, 'succeeded', true)", [job_id])
        done.append(name)
    raise AssertionError(f"more than {limit} jobs: one queues itself again and again")

"""Keeps the kind of a job's last failure."""

from __future__ import annotations

from django.db import Error, connection, transaction
from procrastinate import JobContext

from allhands.platform.logs import get_logger

log = get_logger(__name__)

_KIND_LENGTH = 128
_KEEP = """
INSERT INTO platform_jobs_jobfailure (job_id, at, kind) VALUES (%s, now(), %s)
ON CONFLICT (job_id) DO UPDATE SET at = excluded.at, kind = excluded.kind
"""


def note_failure(context: JobContext, error: BaseException) -> None:
    """Keep the kind of error for the operator. Its message stays out: it may quote what someone typed."""
    job_id = context.job.id
    kind = type(error).__qualname__[:_KIND_LENGTH]
    log.warning("job.failed", job_id=job_id, kind=kind, exc_info=error)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_KEEP, [job_id, kind])
    except Error as lost:  # often the failure is the lost database itself; the queue must still hear of the first error
        log.warning("job.failure_not_kept", job_id=job_id, exc_info=lost)

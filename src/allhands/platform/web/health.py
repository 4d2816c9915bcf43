"""Whether this process lives, and whether it can do its work."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from allhands.platform.jobs import api as jobs

_WORKER_SILENCE = timedelta(seconds=60)


def list_problems() -> list[str]:
    """Codes of what is missing: `database`, `migrations`, `worker`. Empty when ready."""
    try:
        if _has_unapplied_migrations():
            return ["migrations"]
        beat = jobs.last_heartbeat()
    except DatabaseError:
        return ["database"]
    is_silent = beat is None or timezone.now() - beat > _WORKER_SILENCE
    return ["worker"] if is_silent else []


def _has_unapplied_migrations() -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))

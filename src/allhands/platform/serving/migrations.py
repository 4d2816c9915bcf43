"""Tables of the release that runs, neither older nor newer."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from allhands.platform.database import roles
from allhands.platform.database.errors import ServerError


def list_waiting() -> list[str]:
    """Migrations that have not been applied, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _backwards in plan]


def apply() -> list[str]:
    """Apply what waits, as the owner, and say what it was."""
    with roles.as_owner():
        waiting = list_waiting()
        call_command("migrate", verbosity=0, interactive=False)
    return waiting


def require_applied() -> None:
    """Raise ServerError when tables are not those of this release."""
    waiting = list_waiting()
    if waiting:
        raise ServerError(f"{len(waiting)} changes to the tables wait, first {waiting[0]}. Run `allhands migrate`.")

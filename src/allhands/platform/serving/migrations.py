"""Tables of the release that runs, neither older nor newer."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from allhands.platform.database import roles
from allhands.platform.database.errors import ServerError
from allhands.platform.vault import shut_list


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
    """Raise ServerError when tables are not those of this release, or a restore was cut off before it was done."""
    waiting = list_waiting()
    if not waiting and shut_list.is_waiting():
        raise ServerError(
            "A backup was brought back, and what was shut waits to be shut again. Run `allhands migrate`."
        )
    if waiting:
        raise ServerError(f"{len(waiting)} changes to the tables wait, first {waiting[0]}. Run `allhands migrate`.")

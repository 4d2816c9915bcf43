"""Backup and restore, with the checks that make a restore trustworthy."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.database import backup, roles
from allhands.platform.database.acting import acting_as
from allhands.platform.database.address import Address
from allhands.platform.database.binaries import Binaries, find_binaries
from allhands.platform.database.connecting import app_address
from allhands.platform.database.errors import ServerError
from allhands.platform.database.server import EmbeddedServer
from allhands.platform.proof import remembering
from allhands.platform.vault import api as vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did.

    Args:
        kept: name of the database that was in use before; empty when there was none to keep.
        entries: journal entries that were read and found whole.
        needs_migrating: the backup is of an older release.
        destroyed_again: records whose key was destroyed since the backup: it came back and was destroyed anew.
    """

    kept: str
    entries: int
    needs_migrating: bool
    destroyed_again: int = 0


def make(server: EmbeddedServer | None, file: Path, now: datetime) -> None:
    """Write the whole database into the file, and the fact into the journal.

    Raises:
        ServerError: with the next step.
    """
    name = app_address().name
    if server is None:
        source: Address = settings.ALLHANDS_DATABASE_OWNER
    else:
        source = server.superuser.named(name)
    backup.dump(_binaries(server), source, file)
    with audit.audited(SYSTEM, now, audit.Event.BACKUP_MADE) as entry:
        entry.details["bytes"] = file.stat().st_size


def restore(server: EmbeddedServer | None, file: Path, now: datetime, *, replace: bool) -> Restored:
    """Bring a backup back, check it, and only then put it in the place of what is there.

    Args:
        replace: True to move a database that holds entries aside; it is kept under another name.
    Raises:
        ServerError: with the next step; nothing has changed then.
    """
    binaries = _binaries(server)
    backup.check_file(binaries, file)
    destroyed = _destroyed()
    if server is None:
        backup.restore(binaries, settings.ALLHANDS_DATABASE_OWNER, file)
        restored = _check(app_address(), "")
    else:
        restored = _restore_beside(server, binaries, file, now, replace=replace)
    if not restored.needs_migrating:
        restored = dataclasses.replace(restored, destroyed_again=_destroy_again(destroyed, now))
    remembering.set_aside(now)
    with audit.audited(SYSTEM, now, audit.Event.BACKUP_RESTORED) as entry:
        entry.details["entries"] = restored.entries
    return restored


def _restore_beside(
    server: EmbeddedServer, binaries: Binaries, file: Path, now: datetime, *, replace: bool
) -> Restored:
    name = app_address().name
    if not replace and _count_entries():
        raise ServerError(
            f"The database {name} is in use and holds entries. "
            "Run the same command with --replace: the present one is then kept under another name."
        )
    fresh = backup.make_beside(server.superuser, name, now)
    try:
        backup.restore(binaries, server.superuser.named(fresh), file)
        checked = _check(app_address().named(fresh), "")
        connection.close()
        kept = backup.swap(server.superuser, name, fresh, now)
    except ServerError:
        backup.drop(server.superuser, fresh)
        raise
    return Restored(kept=kept, entries=checked.entries, needs_migrating=checked.needs_migrating)


def _check(address: Address, kept: str) -> Restored:
    """Read the restored database as the app: a backup that the app cannot read, or whose journal is broken, is none."""
    with roles.connected_to(address):
        loader = MigrationLoader(connection)
        unknown = [key for key in loader.applied_migrations if key not in loader.graph.nodes and _is_ours(key[0])]
        if unknown:
            raise ServerError("The backup was made by a newer Allhands. Install that release, then restore again.")
        breaks = audit.verify_all()
        if breaks:
            first = breaks[0]
            raise ServerError(f"The journal in the backup is broken: {first.code}, chain {first.chain}, {first.seq}.")
        waiting = [key for key in loader.graph.nodes if key not in loader.applied_migrations]
        return Restored(kept=kept, entries=_count_entries(), needs_migrating=bool(waiting))


def _destroyed() -> dict[str, str]:
    """Whose key was destroyed in the database in use, and by which order; nobody's in a database without tables."""
    with acting_as(SYSTEM), connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('platform_vault_datakey') IS NOT NULL")
        return vault.list_destroyed() if cursor.fetchone()[0] else {}


def _destroy_again(destroyed: Mapping[str, str], now: datetime) -> int:
    """A backup must not bring back what an order had put an end to. Open words in its rows still wait for people."""
    with acting_as(SYSTEM):
        known = vault.list_destroyed()
        back = {record: order for record, order in destroyed.items() if record not in known}
        for record, order in back.items():
            vault.destroy(record, now, order)
    return len(back)


def _is_ours(label: str) -> bool:
    return label.startswith("platform_") or label == "audit" or f"allhands.{label}" in settings.ALLHANDS_SLICES


def _count_entries() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('audit_journal') IS NOT NULL")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT count(*) FROM audit_journal")
        return int(cursor.fetchone()[0])


def _binaries(server: EmbeddedServer | None) -> Binaries:
    return server.binaries if server is not None else find_binaries(settings.ALLHANDS_PG_BIN)

"""Backup and restore, with the checks that make a restore trustworthy."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
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
from allhands.platform.vault import shut_list


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What a restore did.

    Args:
        kept: name of the database that was in use before; empty when there was none to keep.
        entries: journal entries that were read and found whole.
        needs_migrating: the backup is of an older release.
        shut: records that were sealed or destroyed, as far as anybody here knows; what the backup opened of them has to
            be shut again, and stays on a waiting list until then.
    """

    kept: str
    entries: int
    needs_migrating: bool
    shut: shut_list.ShutRecords


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


def restore(
    server: EmbeddedServer | None,
    file: Path,
    now: datetime,
    *,
    replace: bool,
    shut_file: Path | None = None,
    without_list: bool = False,
) -> Restored:
    """Bring a backup back, check it, and only then put it in the place of what is there.

    Args:
        replace: True to move a database that holds entries aside; it is kept under another name.
        shut_file: which records were sealed or destroyed, as another machine remembered it (its `shut_records`).
        without_list: nobody knows, and the caller takes it that what was shut since comes back open.
    Raises:
        ServerError: with the next step; nothing has changed then, unless what was brought back into a database of
            somebody else's server proved unfit.
    """
    binaries = _binaries(server)
    backup.check_file(binaries, file)
    if server is not None and not replace and _count_entries():
        raise ServerError(
            f"The database {app_address().name} is in use and holds entries. "
            "Run the same command with --replace: the present one is then kept under another name."
        )
    before = still_waiting()
    shut = shut_list.merged(before or {}, _shut_until_now(shut_file, without_list=without_list))
    shut_list.keep_waiting(shut)
    restored = _bring_back(server, binaries, file, now, before)
    remembering.set_aside(now)
    with audit.audited(SYSTEM, now, audit.Event.BACKUP_RESTORED) as entry:
        entry.details["entries"] = restored.entries
    return dataclasses.replace(restored, shut=shut)


def _bring_back(
    server: EmbeddedServer | None, binaries: Binaries, file: Path, now: datetime, before: shut_list.ShutRecords | None
) -> Restored:
    with _or_as_it_was(before):
        if server is not None:
            return _restore_beside(server, binaries, file, now)
        backup.restore(binaries, settings.ALLHANDS_DATABASE_OWNER, file)
    return _check(app_address(), "")  # whatever it finds, the backup lies there now, and what it opened still waits


@contextmanager
def _or_as_it_was(before: shut_list.ShutRecords | None) -> Iterator[None]:
    """Where nothing was brought back, what waited before waits on: an earlier restore may have opened it."""
    try:
        yield
    except ServerError:
        if before is None:
            shut_list.end_waiting()
        else:
            shut_list.keep_waiting(before)
        raise


def _restore_beside(server: EmbeddedServer, binaries: Binaries, file: Path, now: datetime) -> Restored:
    name = app_address().name
    fresh = backup.make_beside(server.superuser, name, now)
    try:
        backup.restore(binaries, server.superuser.named(fresh), file)
        checked = _check(app_address().named(fresh), "")
        connection.close()
        kept = backup.swap(server.superuser, name, fresh, now)
    except ServerError:
        backup.drop(server.superuser, fresh)
        raise
    return dataclasses.replace(checked, kept=kept)


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
        return Restored(kept=kept, entries=_count_entries(), needs_migrating=bool(waiting), shut={})


def still_waiting() -> shut_list.ShutRecords | None:
    """What an earlier restore left to be shut, until `migrate` has done it; None when nothing waits.

    Raises:
        ServerError: somebody changed the list.
    """
    try:
        return shut_list.waiting() if shut_list.is_waiting() else None
    except shut_list.ListFault as fault:
        raise ServerError(f"The list of shut records cannot be read: {fault}") from fault


def _shut_until_now(shut_file: Path | None, *, without_list: bool) -> shut_list.ShutRecords:
    """What was sealed or destroyed, by the list that was given, by this machine's and by the database in use.

    Raises:
        ServerError: nobody here knows, and whoever restores has not said that it must do without.
    """
    try:
        given = shut_list.read(shut_file) if shut_file is not None else {}
        here = shut_list.kept_here()
    except (OSError, shut_list.ListFault) as fault:
        raise ServerError(f"The list of shut records cannot be read: {fault}") from fault
    is_in_use = _count_entries() > 0
    if shut_file is None and not is_in_use and not shut_list.is_kept_here() and not without_list:
        raise ServerError(
            "Nothing here tells which records were sealed or destroyed since this backup was made, and it would open "
            "them. Give the list that lies as `shut_records` beside the key of the machine that is gone, or a copy of "
            "it: --shut FILE. Is there none, say --without-list, and enter every order since the backup again."
        )
    if not is_in_use:
        return shut_list.merged(here, given)
    gone = {record: one for record, one in here.items() if one.how is shut_list.How.DESTROYED}
    with acting_as(SYSTEM):  # what is sealed by now, the database in use knows best
        return shut_list.merged(gone, given, shut_list.in_database())


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

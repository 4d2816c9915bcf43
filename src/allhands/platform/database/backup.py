"""Takes the whole database into one file, and brings it back into a fresh one."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import psycopg
from psycopg import sql

from allhands.platform.database import roles
from allhands.platform.database.address import OWNER, Address
from allhands.platform.database.binaries import Binaries
from allhands.platform.database.errors import ServerError

_MAGIC = b"PGDMP"  # the first bytes of pg_dump's own format


def dump(binaries: Binaries, source: Address, file: Path) -> None:
    """Write the database into the file, which appears whole or not at all and which only its owner may read.

    Args:
        source: who may read every row: the superuser of an embedded server, the owner of another.
    Raises:
        ServerError: the file is there already, or pg_dump failed.
    """
    if file.exists():
        raise ServerError(f"{file} is there already. A backup never replaces another: choose a new name.")
    unfinished = file.with_name(f"{file.name}.unfinished")
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    try:
        # Not our own hands' business: pg_dump runs as whoever asked, so that the file is theirs.
        _run([binaries.program("pg_dump"), "--format=custom", "--file", str(unfinished)], source)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)


def check_file(binaries: Binaries, file: Path) -> None:
    """Raise ServerError when the file is no backup that this PostgreSQL can read."""
    if not file.is_file():
        raise ServerError(f"There is no file {file}.")
    with file.open("rb") as stream:
        if stream.read(len(_MAGIC)) != _MAGIC:
            raise ServerError(f"{file} is not a backup made by `allhands backup`.")
    _run([binaries.program("pg_restore"), "--list", str(file)])


def restore(binaries: Binaries, target: Address, file: Path) -> None:
    """Fill an empty database from the file, in one transaction: all of it or nothing.

    Raises:
        ServerError: the database is not empty, or pg_restore failed.
    """
    with psycopg.connect(target.conninfo(), autocommit=True) as connection:
        tables = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    if tables is None or tables[0] > 0:
        raise ServerError(f"The database {target.name} is not empty. A backup is restored into an empty one only.")
    with psycopg.connect(target.conninfo(), autocommit=True) as connection:
        for statement in roles.NO_DEFAULT_GRANTS:
            connection.execute(statement.encode())
    words = ["--exit-on-error", "--single-transaction", "--no-owner", f"--role={OWNER}"]
    _run([binaries.program("pg_restore"), *words, str(file)], target)


def make_beside(superuser: Address, name: str, now: datetime) -> str:
    """An empty database beside the one in use, for a backup that brings its own grants."""
    fresh = f"{name}_restored_{now:%Y%m%d%H%M%S}"
    roles.create_database(superuser, fresh, grants=False)
    return fresh


def swap(superuser: Address, name: str, fresh: str, now: datetime) -> str:
    """Put the fresh database in the place of the one in use, which is kept under the name that is returned.

    Raises:
        ServerError: somebody is connected to the one in use.
    """
    kept = f"{name}_before_{now:%Y%m%d%H%M%S}"
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        try:
            _rename(connection, name, kept)
        except psycopg.errors.ObjectInUse as error:
            raise ServerError("Allhands is running. Stop serve, web and worker, and restore again.") from error
        _rename(connection, fresh, name)
    return kept


def drop(superuser: Address, name: str) -> None:
    """Remove a database that a restore made and could not use."""
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _rename(connection: psycopg.Connection[tuple[object, ...]], name: str, wanted: str) -> None:
    connection.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(wanted)))


def _run(command: Sequence[str], address: Address | None = None) -> None:
    words, environment = list(command), {**os.environ, "LC_ALL": "C"}
    if address is not None:
        words += ["--dbname", replace(address, password="").conninfo()]
        environment["PGPASSWORD"] = address.password  # a command line is there for everyone on the machine to read
    answer = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)  # noqa: S603  found programs
    if answer.returncode != 0:
        # The first line names what went wrong; later ones may quote rows.
        first = (answer.stderr.strip().splitlines() or ["no words"])[0]
        raise ServerError(f"{Path(command[0]).name} failed: {first}")

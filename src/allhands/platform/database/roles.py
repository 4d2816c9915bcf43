"""The two roles and what each may do. The owner migrates and never serves; the app serves and owns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

from allhands.platform.database.address import APP, OWNER, Address

ROLES_SQL = f"""\
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') THEN
    CREATE ROLE {OWNER} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{APP}') THEN
    CREATE ROLE {APP} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
END $$;
-- A page that hangs on a lock or forgets its transaction must not hold the others up.
ALTER ROLE {APP} SET lock_timeout = '10s';
ALTER ROLE {APP} SET statement_timeout = '30s';
ALTER ROLE {APP} SET idle_in_transaction_session_timeout = '60s';
"""  # noqa: S608  both names are constants

GRANTS_SQL = f"""\
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO {APP};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {APP};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {APP};
"""

# A backup brings its own grants, some of them narrower; the defaults must not widen them while it comes back.
NO_DEFAULT_GRANTS = [
    f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} IN SCHEMA public REVOKE ALL ON {kind} FROM {APP}"
    for kind in ("TABLES", "SEQUENCES")
]


def create_roles(superuser: Address) -> None:
    """Both roles, whether or not they were there."""
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        connection.execute(ROLES_SQL.encode())


def create_database(superuser: Address, name: str, *, template: str = "template1", grants: bool = True) -> None:
    """An empty database that the owner owns and only owner and app may enter.

    Args:
        superuser: address of the maintenance database.
        grants: False when a backup that carries its own grants is to be restored into it.
    """
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
            )
        )
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(sql.Identifier(name), sql.Identifier(APP))
        )
    if grants:
        with psycopg.connect(superuser.named(name).conninfo(), autocommit=True) as connection:
            connection.execute(GRANTS_SQL.encode())


def has_database(superuser: Address, name: str) -> bool:
    """Whether the server has a database of that name."""
    with psycopg.connect(superuser.conninfo(), autocommit=True) as connection:
        return connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def as_owner() -> AbstractContextManager[None]:
    """Lend Django the owner's connection, for migrations only; afterwards it is the app again."""
    return connected_to(settings.ALLHANDS_DATABASE_OWNER)


@contextmanager
def connected_to(address: Address) -> Iterator[None]:
    """Lend Django another connection for a while."""
    connection = connections["default"]
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(address.django())
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)

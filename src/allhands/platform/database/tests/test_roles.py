"""The app's role may do its work and nothing else."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from allhands.platform.database import roles

pytestmark = pytest.mark.django_db


def ask(query: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return cursor.fetchall()


def test_tests_run_as_the_app() -> None:
    assert ask("SELECT current_user, session_user") == [("allhands_app", "allhands_app")]


def test_app_bypasses_nothing_and_owns_nothing() -> None:
    assert ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'allhands_app'"
    ) == [(False, False, False, False)]
    assert ask("SELECT relname FROM pg_class WHERE relowner = 'allhands_app'::regrole") == []


@pytest.mark.parametrize(
    "query",
    [
        "CREATE TABLE mine (a int)",
        "DROP TABLE audit_journal",
        "ALTER TABLE audit_journal DISABLE TRIGGER ALL",
        "TRUNCATE audit_journal",
        "SET ROLE allhands_owner",
        "SET session_replication_role = replica",
        "ALTER ROLE allhands_app BYPASSRLS",
    ],
)
def test_app_may_not(query: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be (owner|superuser)"), transaction.atomic():
        ask(query)


def test_new_table_of_the_owner_is_the_apps_to_fill(superuser: psycopg.Connection[Any]) -> None:
    with roles.as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE fresh (id serial, a int)")
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO fresh (a) VALUES (1)")
            cursor.execute("UPDATE fresh SET a = 2")
        assert ask("SELECT a FROM fresh") == [(2,)]
    finally:
        superuser.execute("DROP TABLE fresh")

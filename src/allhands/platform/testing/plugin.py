"""Fixtures and rules for every test of the house. Loaded by the root `conftest.py`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import TransactionTestCase
from pytest_django.plugin import DjangoDbBlocker

from allhands.platform.database.server import EmbeddedServer
from allhands.platform.testing import database


@pytest.fixture(scope="session")
def database_server() -> Iterator[EmbeddedServer]:
    """The running PostgreSQL of this checkout's tests; the last test process stops it."""
    kind = os.environ.get("ALLHANDS_TEST_PG", "embedded")
    with database.test_server(Path(settings.ALLHANDS_ROOT), kind) as server:
        yield server


@pytest.fixture(scope="session")
def database_name(request: pytest.FixtureRequest) -> str:
    """One database for each test process."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    return f"test_allhands_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(
    database_server: EmbeddedServer, database_name: str, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Instead of pytest-django's own: tables belong to the owner, tests run as the app."""
    with django_db_blocker.unblock():
        database.make_database(database_server, database_name)
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's, without annotation

    def empty(_case: Any) -> None:
        database.empty_tables(database_server, database_name)

    TransactionTestCase._fixture_teardown = empty  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]
    with django_db_blocker.unblock():
        database.drop_database(database_server, database_name)

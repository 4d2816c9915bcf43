"""Fixtures and rules for every test of the house. Loaded by the root `conftest.py`."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterator
from pathlib import Path

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
    with pytest.MonkeyPatch.context() as patch:
        # Django empties tables as who it is signed in as, and the app may not empty the journal.
        empty = functools.partial(database.empty_tables, database_server, database_name)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _case: empty())
        yield
    with django_db_blocker.unblock():
        database.drop_database(database_server, database_name)

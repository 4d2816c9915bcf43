"""Fixtures and rules for every test of the house. Loaded by the root `conftest.py`."""

from __future__ import annotations

import functools
import gc
import os
import re
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from allhands.platform.database.server import EmbeddedServer
from allhands.platform.testing import database
from allhands.platform.vault.wrapping import new_key_text

# A busy machine is no fault; under CI Hypothesis brings a profile of its own, which stays below.
hypothesis_settings.register_profile(
    "no-clock", hypothesis_settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("no-clock")
_POSTGRES = os.environ.get("ALLHANDS_TEST_PG", "embedded")

pytest_plugins = [
    # In the order in which they import each other.
    "allhands.platform.testing.cast",
    "allhands.platform.testing.machines",
    "allhands.platform.testing.mail",
    "allhands.platform.testing.pages",
    "allhands.platform.testing.browser",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--whole`: reliability at the full count that is promised, as `script/bench reliability` runs it."""
    parser.addoption("--whole", action="store_true", help="reliability tests at their full count (minutes)")


@pytest.fixture
def share(request: pytest.FixtureRequest) -> float:
    """How much of the full count a test of reliability does: a fifth, or with `--whole` all of it."""
    return 1.0 if request.config.getoption("--whole") else 0.2


def pytest_configure(config: pytest.Config) -> None:
    """Passwords in tests guard nothing: hash them fast. The keys are this process's own: write them nowhere."""
    settings.ALLHANDS_SECRET_IS_KEPT = True
    settings.ALLHANDS_VAULT_KEY = os.environ.setdefault("ALLHANDS_VAULT_KEY", new_key_text())  # workers share it
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """For the machine's own PostgreSQL no module is read that never names a database: most of the waiting saved."""
    if _POSTGRES == "embedded" or collection_path.suffix != ".py":
        return None
    asks = collection_path.name.startswith("test_") and re.search(b"_db|superuser", collection_path.read_bytes())
    return None if asks else True


def pytest_collection_finish() -> None:
    """What was loaded stays loaded: the collector of garbage need not look through it again and again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(trylast=True)  # after the shuffling, which would undo the order
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Slow tests come first in each process's part: one left at the end keeps the others waiting.

    On the machine's own PostgreSQL only tests of the database itself run: guards, jobs, journal, backups, and the
    rooms that lean on locks, constraints and row security.

    Pages ask the database through the same queries and actions; they would only say the same again, slowly.
    """
    if _POSTGRES != "embedded":
        kept = [item for item in items if _is_of_the_database(item)]
        config.hook.pytest_deselected(items=list(set(items).difference(kept)))
        items[:] = kept
    _put_slow_ones_first(items, parts=int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1")))


def _put_slow_ones_first(items: list[pytest.Item], *, parts: int) -> None:
    """xdist gives each process one stretch of the list to begin with: each stretch gets its share of them."""
    slow = [item for item in items if item.get_closest_marker("slow") or item.get_closest_marker("browser")]
    known = set(slow)
    swift = [item for item in items if item not in known]
    items[:] = [
        item
        for part in range(parts)
        for kind in (slow, swift)
        for item in kind[len(kind) * part // parts : len(kind) * (part + 1) // parts]
    ]


# They read and write rows; what of them waits for another connection is asked here all the same.
_PLAIN_ROOMS = frozenset(
    {"agencies", "alerts", "architecture", "cli", "config", "conformance", "directory", "duties", "exchange", "lawbook"}
)


def _is_of_the_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    rooms = set(item.path.relative_to(item.config.rootpath).parts)
    if fixtures & {"page_client", "client", "stage"} or item.get_closest_marker("browser"):
        return False
    if item.get_closest_marker("slow") and "platform" not in rooms:  # deaths by the dozen die alike on both
        return False
    marker = item.get_closest_marker("django_db")
    if rooms & _PLAIN_ROOMS:
        return "transactional_db" in fixtures or (marker is not None and bool(marker.kwargs.get("transaction")))
    return marker is not None or bool(fixtures & {"db", "transactional_db"})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that did not run is a test that failed."""
    report = yield
    if os.environ.get("CI") == "true" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which CI does not allow: {report.longreprtext or item.name}"
    return report


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """A page that answered in Spanish leaves its language behind; the next test starts in ours."""
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def no_memory_of_another_journal(database_name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a journal of its own: of no other's is the last checkpoint remembered."""
    memory = f"journal_last.{database_name}"
    monkeypatch.setattr("allhands.platform.proof.remembering._NAME", memory)
    monkeypatch.setattr("allhands.platform.vault.shut_list._NAME", f"shut_records.{database_name}")
    for name in (memory, f"shut_records.{database_name}"):
        (Path(settings.ALLHANDS_DATA_DIR) / name).unlink(missing_ok=True)


@pytest.fixture(scope="session")
def database_server() -> Iterator[EmbeddedServer]:
    """The running PostgreSQL of this checkout's tests; the last test process stops it."""
    with database.test_server(Path(settings.ALLHANDS_ROOT), _POSTGRES) as server:
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


@pytest.fixture
def superuser(
    database_server: EmbeddedServer, database_name: str, transactional_db: None
) -> Iterator[psycopg.Connection[Any]]:
    """A connection that no wall holds, to do what an intruder on the machine could do. It sees what is committed."""
    address = database_server.superuser.named(database_name)
    with psycopg.connect(address.conninfo(), autocommit=True) as connection:
        yield connection

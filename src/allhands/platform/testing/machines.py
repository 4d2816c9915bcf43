"""Folders and processes for tests that start servers of their own."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from allhands.platform.database.address import OWNER
from allhands.platform.database.server import EmbeddedServer


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """An empty data folder that PostgreSQL's own user can reach, which pytest's `tmp_path` is not for root."""
    folder = _new_folder()
    yield folder
    EmbeddedServer(folder, durable=False).stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has its tables and is stopped: bringing them up costs more than most tests do.

    The first process of a run that needs it makes it for all; no test works in it.
    """
    of_process = tmp_path_factory.getbasetemp()
    folder = (of_process.parent if "PYTEST_XDIST_WORKER" in os.environ else of_process) / "migrated"
    with folder.with_suffix(".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = _new_folder()
            command, here = (
                [sys.executable, "-m", "allhands", "migrate"],
                environment(ALLHANDS_DATA_DIR=str(unfinished)),
            )
            subprocess.run(command, env=here, check=True, capture_output=True, timeout=300)  # noqa: S603  our own
            shutil.move(unfinished, folder)
    return folder


@pytest.fixture
def migrated_dir(migrated_folder: Path, data_dir: Path) -> Path:
    """A data folder of the test's own that is already migrated."""
    # cp keeps owners, which shutil does not: PostgreSQL's own user must find its files its own.
    subprocess.run(["cp", "-a", f"{migrated_folder}/.", str(data_dir)], check=True)  # noqa: S603, S607  our own folders
    return data_dir


def _new_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="allhands-data-"))
    folder.chmod(0o755)
    return folder


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(**changes: str) -> dict[str, str]:
    """The environment of a process of this project, without the settings of whoever runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALLHANDS_", "DATABASE_"))}
    path = os.pathsep.join(path for path in sys.path if path)
    return {**kept, "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "allhands.config.settings", **changes}


def environment_of_test_database(server: EmbeddedServer, name: str, **changes: str) -> dict[str, str]:
    """The same, on the test process's own database and with its secrets."""
    return environment(
        ALLHANDS_SECRET_KEY=settings.SECRET_KEY,
        ALLHANDS_VAULT_KEY=settings.ALLHANDS_VAULT_KEY,
        DATABASE_URL=server.url(name=name),
        DATABASE_OWNER_URL=server.url(OWNER, name),
        **changes,
    )

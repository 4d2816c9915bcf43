"""The embedded server starts, stops, survives crashes, and lets nobody else in."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from allhands.platform.database.binaries import OLDEST_MAJOR, find_binaries
from allhands.platform.database.errors import ServerError
from allhands.platform.database.hands import get_hands
from allhands.platform.database.server import EmbeddedServer, socket_folder

pytestmark = pytest.mark.slow


def pid_of(server: EmbeddedServer) -> int:
    return int((server.cluster / "postmaster.pid").read_text().splitlines()[0])


def ask(server: EmbeddedServer, query: str) -> object:
    with psycopg.connect(server.url(), autocommit=True) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return row[0]


def test_last_holder_stops_it(data_dir: Path) -> None:
    first, second = EmbeddedServer(data_dir, durable=False), EmbeddedServer(data_dir, durable=False)
    with first:
        with second:
            assert ask(second, "SELECT current_user") == "allhands_app"
        assert first.is_running()
    assert not first.is_running()


def test_only_its_own_user_reaches_the_socket(data_dir: Path) -> None:
    with EmbeddedServer(data_dir, durable=False) as server:
        folder = socket_folder(server.data_dir)
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert [file.name for file in folder.iterdir() if file.is_socket()] == [".s.PGSQL.5432"]
        assert ask(server, "SELECT setting FROM pg_settings WHERE name = 'listen_addresses'") == ""


def test_committed_work_survives_a_killed_server(data_dir: Path) -> None:
    with EmbeddedServer(data_dir) as server:
        with psycopg.connect(server.url("allhands_owner"), autocommit=True) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 1 AS one")
        os.kill(pid_of(server), signal.SIGKILL)
        while server.is_running():
            time.sleep(0.01)
        server.revive()
        assert ask(server, "SELECT one FROM kept") == 1
        assert ask(server, "SELECT setting FROM pg_settings WHERE name = 'fsync'") == "on"


def test_note_of_another_process_does_not_stop_the_start(data_dir: Path) -> None:
    with EmbeddedServer(data_dir, durable=False) as server:
        lines = (server.cluster / "postmaster.pid").read_text().splitlines()
    # After a crash the number may belong to another program of the same user, for which PostgreSQL would wait.
    user = get_hands().user
    with subprocess.Popen(["sleep", "60"], user=user.pw_uid if user else None) as other:
        lines[0] = str(other.pid)
        (server.cluster / "postmaster.pid").write_text("\n".join(lines))
        with EmbeddedServer(data_dir, durable=False) as again:
            assert again.is_running()
        other.kill()


def test_other_version_of_the_data_is_named(data_dir: Path) -> None:
    with EmbeddedServer(data_dir, durable=False) as server:
        pass
    (server.cluster / "PG_VERSION").write_text("14\n")
    with pytest.raises(ServerError, match="made by PostgreSQL 14"):
        EmbeddedServer(data_dir, durable=False).start()


def test_long_path_moves_the_socket(tmp_path: Path) -> None:
    short, deep = Path("/srv/allhands"), tmp_path / ("deep" * 30)
    assert socket_folder(short) == short / "run"
    assert len(str(socket_folder(deep))) < len(str(deep))


def test_folder_without_programs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ServerError, match="ALLHANDS_PG_BIN"):
        find_binaries(tmp_path)


def test_some_programs_are_found() -> None:
    assert find_binaries().major >= OLDEST_MAJOR

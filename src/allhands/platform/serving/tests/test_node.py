"""A whole node, as an operator runs it: migrate, serve, kill, back up, restore, verify."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psutil
import psycopg
import pytest

from allhands.platform.audit import api as audit
from allhands.platform.audit.chain import GENESIS, Link
from allhands.platform.database import roles
from allhands.platform.database.address import OWNER
from allhands.platform.database.server import EmbeddedServer
from allhands.platform.testing import machines

pytestmark = pytest.mark.slow

Answer = subprocess.CompletedProcess[str]
Run = Callable[..., Answer]
KEY_MADE = """INSERT INTO platform_vault_datakey (record_id, wrapped, wrapped_by, made_at, order_ref)
              VALUES (%s, 'k', 'one', now(), '')"""
# As if this release were one migration further; it can be applied twice.
OLDER = "DELETE FROM django_migrations WHERE app = 'keeping' AND name = '0003_forgetting'"


@pytest.fixture
def run(data_dir: Path) -> Run:
    """Runs a command of the node in its own data folder."""

    def run_one(*words: str) -> Answer:
        environment = machines.environment(ALLHANDS_DATA_DIR=str(data_dir))
        command = [sys.executable, "-m", "allhands", *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)

    return run_one


@contextmanager
def serving(data_dir: Path) -> Iterator[tuple[psutil.Process, str]]:
    """`allhands serve`, ready, and its address."""
    environment = machines.environment(ALLHANDS_DATA_DIR=str(data_dir))
    command = [sys.executable, "-m", "allhands", "serve", "--port", "0", "--processes", "1"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            found = re.search(r"http://localhost:\d+", process.stdout.readline())
            assert found, "it did not say where it is"
            wait_ready(found[0])
            yield psutil.Process(process.pid), found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(120)


def wait_ready(address: str, *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as response:
                assert json.load(response) == {"status": "ready", "problems": []}
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            assert time.monotonic() < end, "the node did not become ready"
            time.sleep(0.2)


def child(process: psutil.Process, word: str) -> psutil.Process:
    return next(each for each in process.children() if word in each.cmdline())


def wait_for_another(process: psutil.Process, word: str, dead: int) -> None:
    end = time.monotonic() + 120
    while not any(word in each.cmdline() and each.pid != dead for each in process.children()):
        assert time.monotonic() < end, f"no other {word} was started"
        time.sleep(0.1)


def test_node_serves_survives_and_stops(migrated_dir: Path) -> None:
    files = resource.getrlimit(resource.RLIMIT_NOFILE)
    if files[1] != resource.RLIM_INFINITY and files[1] < 4096:
        pytest.skip("this machine lets a process open too few files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(files[0], 4096), files[1]))
    with serving(migrated_dir) as (supervisor, address):
        check_silent_lines(address)
        worker, web = child(supervisor, "worker"), child(supervisor, "web")
        worker.kill()
        psutil.wait_procs([worker], 120)
        postmaster = int((migrated_dir / "postgres/postmaster.pid").read_text().splitlines()[0])
        os.kill(postmaster, signal.SIGKILL)
        wait_for_another(supervisor, "worker", worker.pid)
        wait_ready(address)
        assert web.is_running()
        everyone = supervisor.children(recursive=True)
    _gone, alive = psutil.wait_procs(everyone, 120)
    assert alive == []
    assert not EmbeddedServer(migrated_dir).is_running()


def check_silent_lines(address: str) -> None:
    """Nobody is shut out by as many as granian takes at once by itself, and some more: each was a line of its own."""
    with ExitStack() as lines:
        port = int(address.rpartition(":")[2])
        for _ in range(2_200):
            lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=60))
        with urllib.request.urlopen(f"{address}/healthz", timeout=60) as answer:
            assert answer.status == 200


def test_children_follow_a_killed_supervisor(migrated_dir: Path) -> None:
    with serving(migrated_dir) as (supervisor, _address):
        children = supervisor.children()
        supervisor.kill()
        _gone, alive = psutil.wait_procs(children, 30)
        assert alive == []


def test_every_command_wants_its_tables(run: Run) -> None:
    for words in (("serve", "--port", "0"), ("journal", "verify")):
        answer = run(*words)
        assert answer.returncode == 1
        assert "Run `allhands migrate`" in answer.stderr
        assert "Traceback" not in answer.stderr


def put_entry(server: EmbeddedServer) -> None:
    """One entry of the journal, put there as the app puts it."""
    link = Link(
        chain="node", seq=0, at=datetime.now(UTC), event=audit.Event.BACKUP_MADE.value, actor_kind="SYSTEM",
        actor_member="", actor_agency="", episode_id="", subject_id="", details={}, prev_hash=GENESIS,
    )  # fmt: skip
    around = zip(("before_hash", "before_seq", "after_seq"), link.text_around_place(), strict=True)
    row = json.dumps([{**link.document(), **dict(around)}])
    with psycopg.connect(server.superuser.named("allhands").conninfo()) as connection:
        connection.execute("SELECT audit_append(%s::jsonb)", [row])


def put_keys(server: EmbeddedServer, *records: str) -> None:
    """A key of the vault for each of these records."""
    with psycopg.connect(server.superuser.named("allhands").conninfo()) as connection:
        for record in records:
            connection.execute(KEY_MADE.encode(), [record])


def rows(server: EmbeddedServer, name: str = "allhands") -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, for comparing."""
    with psycopg.connect(server.superuser.named(name).conninfo()) as connection:
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        tables = [row[0] for row in connection.execute(query)]
        return {
            table: sorted(connection.execute(f'SELECT t::text FROM "{table}" t'.encode()).fetchall())
            for table in tables
        }


def test_backup_comes_back_whole(run: Run, migrated_dir: Path, tmp_path: Path) -> None:
    with EmbeddedServer(migrated_dir) as server:
        put_entry(server)
        before = rows(server)
        assert run("backup", str(tmp_path / "second")).returncode == 0
        assert oct((tmp_path / "second").stat().st_mode)[-3:] == "600"
        put_entry(server)

        refused = run("restore", str(tmp_path / "second"))
        assert (refused.returncode, "--replace" in refused.stderr) == (1, True)
        answer = run("restore", "--replace", str(tmp_path / "second"))
        assert answer.returncode == 0, answer.stderr
        assert "1 journal entries verified" in answer.stdout
        kept = re.search(r"allhands_before_\d+", answer.stdout)
        assert kept

        after = rows(server)
        assert len(after.pop("audit_journal")) == len(before.pop("audit_journal")) + 1  # the restore tells of itself
        assert after.pop("audit_chainhead") != before.pop("audit_chainhead")
        assert after == before
        assert len(rows(server, kept[0])["audit_journal"]) == 3
        assert run("journal", "verify").stdout == "The journal is whole: 2 entries.\n"
        with psycopg.connect(server.url(), autocommit=True) as connection:
            for query in ("UPDATE audit_journal SET event = 1", "DROP TABLE audit_journal"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(query.encode())
            connection.execute("INSERT INTO django_session VALUES ('restored', '', now())")


def test_a_key_destroyed_since_the_backup_does_not_come_back_with_it(
    run: Run, migrated_dir: Path, tmp_path: Path
) -> None:
    ended = "SET wrapped = '', wrapped_by = '', destroyed_at = now(), order_ref = 'step 7'"
    gone = f"UPDATE platform_vault_datakey {ended} WHERE record_id = 'e1'"
    with EmbeddedServer(migrated_dir) as server:
        owner = server.superuser.named("allhands").conninfo()
        put_entry(server)
        put_keys(server, "e1", "e2")
        assert run("backup", str(tmp_path / "second")).returncode == 0
        with psycopg.connect(owner) as connection:
            connection.execute(gone.encode())
        answer = run("restore", "--replace", str(tmp_path / "second"))
        assert answer.returncode == 0, answer.stderr
        assert "1 keys destroyed" in answer.stdout
        assert keys_in(server, "allhands") == [("e1", b"", "step 7"), ("e2", b"k", "")]
        assert (migrated_dir / "shut_records").read_text() == "allhands shut records 1\ndestroyed e1\n"


def test_a_backup_of_an_older_release_is_shut_by_the_migration(run: Run, migrated_dir: Path, tmp_path: Path) -> None:
    gone = "UPDATE platform_vault_datakey SET wrapped = '', wrapped_by = '', destroyed_at = now(), order_ref = 'step 7'"
    with EmbeddedServer(migrated_dir) as server:
        owner = server.superuser.named("allhands").conninfo()
        put_entry(server)
        put_keys(server, "e1")
        with psycopg.connect(owner) as connection:
            connection.execute(OLDER.encode())
        assert run("backup", str(tmp_path / "second")).returncode == 0
        with psycopg.connect(owner) as connection:
            connection.execute(gone.encode())
        restored = run("restore", "--replace", str(tmp_path / "second"))
        assert (restored.returncode, "run `allhands migrate` next" in restored.stdout) == (0, True), restored.stderr
        assert keys_in(server, "allhands") == [("e1", b"k", "")], "its tables are not yet those of this release"
        migrated = run("migrate")
        assert (migrated.returncode, "1 keys destroyed" in migrated.stdout) == (0, True), migrated.stderr
        assert [(record, key) for record, key, _ in keys_in(server, "allhands")] == [("e1", b"")]
        assert not (migrated_dir / "shut_records.waiting").exists()
        assert "keys destroyed" not in run("migrate").stdout


def run_on(server: EmbeddedServer, name: str, folder: Path, *words: str) -> Answer:
    """A command of a node whose database is on somebody else's server."""
    urls = {"DATABASE_URL": server.url(name=name), "DATABASE_OWNER_URL": server.url(OWNER, name)}
    environment = machines.environment(ALLHANDS_DATA_DIR=str(folder), **urls)
    command = [sys.executable, "-m", "allhands", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def keys_in(server: EmbeddedServer, name: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.superuser.named(name).conninfo()) as connection:
        query = b"SELECT record_id, wrapped, order_ref FROM platform_vault_datakey ORDER BY 1"
        return connection.execute(query).fetchall()


def test_a_second_restore_before_migrating_forgets_nothing_of_the_first(
    run: Run, migrated_dir: Path, tmp_path: Path
) -> None:
    gone = "SET wrapped = '', wrapped_by = '', destroyed_at = now(), order_ref = 'step 7' WHERE record_id = 'e1'"
    sealed = "SET wrapped = '', wrapped_by = '', sealed_at = now() WHERE record_id = 'e2'"
    waiting = migrated_dir / "shut_records.waiting"
    with EmbeddedServer(migrated_dir) as server:
        owner = server.superuser.named("allhands").conninfo()
        put_entry(server)
        put_keys(server, "e1", "e2")
        with psycopg.connect(owner) as connection:
            connection.execute(OLDER.encode())
        assert run("backup", str(tmp_path / "second")).returncode == 0
        with psycopg.connect(owner) as connection:
            for change in (gone, sealed):
                connection.execute(f"UPDATE platform_vault_datakey {change}".encode())
        again = ("restore", "--replace", str(tmp_path / "second"))
        assert "run `allhands migrate` next" in run(*again).stdout
        told = waiting.read_text()
        assert told == "allhands shut records 1\ndestroyed e1\nsealed e2\n"
        with psycopg.connect(server.url()):
            assert "Allhands is running" in run(*again).stderr
        assert waiting.read_text() == told
        assert run(*again).returncode == 0
        assert waiting.read_text() == told, "the database in use is what the first restore opened"
        assert "1 keys destroyed" in run("migrate").stdout
        assert [bool(key) for _record, key, _ in keys_in(server, "allhands")] == [False, True]
        assert not waiting.exists()


def test_on_a_new_machine_a_restore_asks_what_was_shut(run: Run, migrated_dir: Path, tmp_path: Path) -> None:
    with EmbeddedServer(migrated_dir) as server:
        put_keys(server, "e1", "e2")
        put_entry(server)
        assert run("backup", str(tmp_path / "second")).returncode == 0
        roles.create_database(server.superuser, "fresh")

        def on_a_new_machine(*words: str) -> Answer:
            (folder := tmp_path / "new").mkdir(exist_ok=True)
            return run_on(server, "fresh", folder, "restore", str(tmp_path / "second"), *words)

        refused = on_a_new_machine()
        assert (refused.returncode, "--shut FILE" in refused.stderr) == (1, True)
        (spoilt := tmp_path / "spoilt").write_text("allhands shut records 1\ndestroyed e1 e2\n")
        refused = on_a_new_machine("--shut", str(spoilt))
        assert (refused.returncode, "line 2" in refused.stderr) == (1, True)
        (told := tmp_path / "told").write_text("allhands shut records 1\ndestroyed e1\n")
        answer = on_a_new_machine("--shut", str(told))
        assert answer.returncode == 0, answer.stderr
        assert [(record, bool(key)) for record, key, _ in keys_in(server, "fresh")] == [("e1", False), ("e2", True)]
        assert (tmp_path / "new" / "shut_records").read_text() == told.read_text()
        assert not (tmp_path / "new" / "shut_records.waiting").exists()


def test_a_restore_that_shut_nothing_is_ended_by_migrating_too(run: Run, migrated_dir: Path) -> None:
    (waiting := migrated_dir / "shut_records.waiting").write_text("allhands shut records 1\n")
    refused = run("serve", "--port", "0")
    assert (refused.returncode, "allhands migrate" in refused.stderr) == (1, True)
    assert run("migrate").returncode == 0
    assert not waiting.exists()


def test_backup_comes_back_on_a_server_of_somebody_else(migrated_dir: Path, tmp_path: Path) -> None:
    with EmbeddedServer(migrated_dir) as server:
        roles.create_database(server.superuser, "fresh")

        for file in ("empty", "first"):
            assert run_on(server, "allhands", migrated_dir, "backup", str(tmp_path / file)).returncode == 0
        answer = run_on(server, "fresh", migrated_dir, "restore", str(tmp_path / "first"), "--without-list")
        assert answer.returncode == 0, answer.stderr
        assert "1 journal entries verified" in answer.stdout
        again = run_on(server, "fresh", migrated_dir, "restore", str(tmp_path / "first"))
        assert (again.returncode, "not empty" in again.stderr) == (1, True)
        with psycopg.connect(server.url(name="fresh"), autocommit=True) as connection:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("UPDATE audit_journal SET event = 1")
            connection.execute("INSERT INTO django_session VALUES ('restored', '', now())")


def test_restore_while_in_use_changes_nothing(run: Run, migrated_dir: Path, tmp_path: Path) -> None:
    with EmbeddedServer(migrated_dir) as server:
        put_entry(server)
        assert run("backup", str(tmp_path / "first")).returncode == 0
        with psycopg.connect(server.url()):
            answer = run("restore", "--replace", str(tmp_path / "first"))
        assert (answer.returncode, "Allhands is running" in answer.stderr) == (1, True)
        with psycopg.connect(server.superuser.conninfo()) as connection:
            names = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        assert names == {"postgres", "template0", "template1", "allhands"}


def test_bad_backup_is_refused(run: Run, data_dir: Path, tmp_path: Path) -> None:
    (other := tmp_path / "other").write_bytes(b"not a backup")
    (cut := tmp_path / "cut").write_bytes(b"PGDMP\x01\x0e")
    with EmbeddedServer(data_dir):
        for file, words in (
            (tmp_path / "none", "There is no file"),
            (other, "not a backup made by"),
            (cut, "pg_restore failed"),
        ):
            answer = run("restore", str(file))
            assert (answer.returncode, words in answer.stderr) == (1, True), answer.stderr


def test_broken_journal_is_not_restored(run: Run, migrated_dir: Path, tmp_path: Path) -> None:
    with EmbeddedServer(migrated_dir) as server:
        put_entry(server)
        with psycopg.connect(server.superuser.named("allhands").conninfo(), autocommit=True) as connection:
            connection.execute("SET session_replication_role = replica")
            connection.execute("UPDATE audit_journal SET event = 1")
        assert run("backup", str(tmp_path / "tampered")).returncode == 0
        answer = run("restore", "--replace", str(tmp_path / "tampered"))
        assert (answer.returncode, "journal in the backup is broken" in answer.stderr) == (1, True)
        assert run("journal", "verify").returncode == 1
        roles.create_database(server.superuser, "fresh")
        (told := tmp_path / "told").write_text("allhands shut records 1\ndestroyed e1\n")
        words = ("restore", str(tmp_path / "tampered"), "--shut", str(told))
        answer = run_on(server, "fresh", tmp_path, *words)
        assert (answer.returncode, "journal in the backup is broken" in answer.stderr) == (1, True)
        waiting = (tmp_path / "shut_records.waiting").read_text()
        assert waiting == told.read_text(), "it lies there now, and is not to be used before it is shut"


def test_database_starts_and_stops_by_command(run: Run, migrated_dir: Path) -> None:
    assert run("database", "start").returncode == 0
    assert run("migrate").returncode == 0  # uses it and lets go
    assert EmbeddedServer(migrated_dir).is_running()
    assert run("database", "stop").stdout == "The database is stopped.\n"
    assert run("database", "stop").stdout == "The database was not running.\n"


def test_taken_port_is_said(run: Run) -> None:
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = run("web", "--port", str(taken.getsockname()[1]))
    assert (answer.returncode, "Choose another with --port" in answer.stderr) == (1, True)


def test_server_of_somebody_else(run: Run, data_dir: Path, database_server: EmbeddedServer) -> None:
    environment = machines.environment(
        ALLHANDS_DATA_DIR=str(data_dir), DATABASE_URL=database_server.url(name="template1")
    )
    command = [sys.executable, "-m", "allhands", "database", "stop"]
    answer = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (answer.returncode, "not ours to start or stop" in answer.stderr) == (1, True)

"""Starts and stops the embedded PostgreSQL: one folder, one private socket, no port."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO

import psutil
import psycopg

from allhands.platform.database import roles
from allhands.platform.database.address import APP, NAME, OWNER, PORT, SOCKET_PATH_BYTES, Address
from allhands.platform.database.binaries import Binaries, find_binaries
from allhands.platform.database.errors import ServerError
from allhands.platform.database.hands import get_hands, within_reach

SUPERUSER = "postgres"
_START_SECONDS = 300  # a long recovery after a power cut is better waited for than cut short
_START_TRIES = 5

_CONFIGURATION = """\
# Written by Allhands at every start.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
max_connections = 100
shared_buffers = 128MB
jit = off
timezone = 'UTC'
lc_messages = 'C'
fsync = {durable}
full_page_writes = {durable}
synchronous_commit = {durable}
# An ERROR may quote a value that someone typed about a child: only the server's own life is logged.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length_on_error = 0
"""


def socket_folder(data_dir: Path) -> Path:
    """Where the socket lies: in the data folder, or in a private one when that path is too long for a socket."""
    folder = data_dir / "run"
    if len(os.fsencode(folder / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES:
        return folder
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"allhands-{os.getuid()}-{name}"


def embedded_address(data_dir: Path, user: str, name: str = NAME) -> Address:
    """The way into the embedded database, without starting it."""
    return Address(host=str(socket_folder(data_dir)), port=PORT, name=name, user=user)


class EmbeddedServer:
    """The PostgreSQL of one data folder. Many processes may hold it; the last to let go stops it.

    Args:
        data_dir: absolute; made when missing.
        wanted: folder of PostgreSQL programs to use instead of the wheel's.
        durable: False only for tests, where a power cut may cost everything.
    """

    def __init__(self, data_dir: Path, *, wanted: Path | None = None, durable: bool = True) -> None:
        self.data_dir = data_dir.resolve()
        self.cluster = self.data_dir / "postgres"
        self._stay = self.data_dir / "stay"
        self._wanted = wanted
        self._durable = durable
        self._hands = get_hands()
        self._found: Binaries | None = None
        self._hold: IO[str] | None = None

    @property
    def binaries(self) -> Binaries:
        """The programs this server runs with."""
        if self._found is None:
            self._found = within_reach(find_binaries(self._wanted), self._hands, self.data_dir)
        return self._found

    @property
    def superuser(self) -> Address:
        """For making roles, backups and tests. The application never signs in with it."""
        return embedded_address(self.data_dir, SUPERUSER, SUPERUSER)

    def url(self, user: str = APP, name: str = NAME) -> str:
        """The address as libpq reads it."""
        return embedded_address(self.data_dir, user, name).conninfo()

    def start(self) -> None:
        """Make the cluster if it is not there, start it if it does not run, and hold it.

        Raises:
            ServerError: with the next step.
        """
        self._make_folders()
        with self._locked():
            self._ensure_running()
            if self._hold is None:
                self._hold = (self.data_dir / "holders.lock").open("a")
                fcntl.flock(self._hold, fcntl.LOCK_SH)

    def release(self) -> None:
        """Let go. The last holder stops the server."""
        if self._hold is None:
            return
        with self._locked(), self._hold as hold:
            self._hold = None
            if self._stay.exists():
                return
            try:
                fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            self._stop()

    def stop(self) -> None:
        """Stop now, whoever holds it: open transactions roll back, what was committed stays."""
        if self.data_dir.is_dir():
            with self._locked():
                self._stay.unlink(missing_ok=True)
                self._stop()

    def revive(self) -> None:
        """Start it again if it died while held."""
        if not self.is_running():
            with self._locked():
                self._ensure_running()

    def leave_running(self) -> None:
        """From now on it runs until somebody calls `stop`, whoever holds it and lets it go."""
        self._stay.touch()

    def is_running(self) -> bool:
        """Whether the server of this folder lives."""
        return self._postmaster() is not None

    def __enter__(self) -> EmbeddedServer:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def _make_folders(self) -> None:
        self.data_dir.mkdir(mode=0o755 if self._hands.user else 0o700, parents=True, exist_ok=True)
        if self.data_dir.stat().st_uid != os.getuid():
            raise ServerError(
                f"{self.data_dir} belongs to someone else. Set ALLHANDS_DATA_DIR to a folder of your own."
            )
        self._hands.check_reach(self.data_dir)
        self._hands.make_folder(socket_folder(self.data_dir))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.data_dir / "server.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _ensure_running(self) -> None:
        if not (self.cluster / "PG_VERSION").exists():
            self._make_cluster()
        self._check_version()
        if self._postmaster() is None:
            self._start()
        roles.create_roles(self.superuser)
        if not roles.has_database(self.superuser, NAME):
            roles.create_database(self.superuser, NAME)

    def _make_cluster(self) -> None:
        """A cluster appears whole or not at all: it is made beside its place and moved there."""
        unfinished = self.data_dir / f"postgres.{os.getpid()}"
        self._hands.make_folder(unfinished)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.binaries.major < 17:
            locale = ["--locale-provider=icu", "--icu-locale=und"]
        self._hands.run(
            [
                *(self.binaries.program("initdb"), "--pgdata", str(unfinished), "--username", SUPERUSER),
                *("--encoding=UTF8", "--locale=C", *locale, "--data-checksums", "--auth=trust", "--no-instructions"),
            ]
        )
        # Trust stands behind the socket's folder, which only our own user may open.
        self._hands.write(unfinished / "pg_hba.conf", "local all all trust\n")
        self._hands.write(unfinished / "postgresql.conf", "include = 'allhands.conf'\n")
        unfinished.rename(self.cluster)

    def _check_version(self) -> None:
        made_by = (self.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        if int(made_by) != self.binaries.major:
            raise ServerError(
                f"{self.cluster} was made by PostgreSQL {made_by}; here is {self.binaries.major}. Take a backup with "
                f"PostgreSQL {made_by} (ALLHANDS_PG_BIN) and restore it into a new ALLHANDS_DATA_DIR."
            )

    def _start(self) -> None:
        durable = "on" if self._durable else "off"
        text = _CONFIGURATION.format(port=PORT, socket=socket_folder(self.data_dir), durable=durable)
        self._hands.write(self.cluster / "allhands.conf", text)
        for attempt in range(1, _START_TRIES + 1):
            self._remove_stale_pid()
            try:
                self._pg_ctl("start", "--log", str(self.cluster / "server.log"))
            except ServerError:
                # After a hard kill the last backends need a moment to notice and let the memory go.
                if attempt == _START_TRIES:
                    raise
                time.sleep(attempt)
            else:
                return

    def _stop(self) -> None:
        if self._postmaster() is not None:
            self._pg_ctl("stop", "--mode=fast")

    def _pg_ctl(self, *words: str) -> None:
        program = self.binaries.program("pg_ctl")
        command = [program, *words, "--pgdata", str(self.cluster), "--wait", "--timeout", str(_START_SECONDS)]
        self._hands.run(command, seconds=_START_SECONDS + 10)

    def _postmaster(self) -> psutil.Process | None:
        """The server's own process, or None when the note of its number is absent or speaks of another process."""
        try:
            number = int((self.cluster / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
            process = psutil.Process(number)
            if process.status() == psutil.STATUS_ZOMBIE or str(self.cluster) not in process.cmdline():
                return None
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess, psutil.AccessDenied):
            return None
        return process

    def _remove_stale_pid(self) -> None:
        """After a crash another program may have the old number, and PostgreSQL would wait for it for ever."""
        if self._postmaster() is None:
            (self.cluster / "postmaster.pid").unlink(missing_ok=True)


def wait_until_ready(address: Address, *, seconds: float) -> None:
    """Return once the database answers.

    Raises:
        ServerError: it did not answer in time.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            with psycopg.connect(address.conninfo(), connect_timeout=5):
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > end:
                raise ServerError(f"The database does not answer within {seconds:.0f} seconds.") from error
            time.sleep(0.2)


__all__ = ["APP", "OWNER", "EmbeddedServer", "embedded_address", "socket_folder", "wait_until_ready"]

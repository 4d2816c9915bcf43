"""A node whose worker and database are killed again and again: what runs, and what kills it."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

import psutil
import psycopg
from django.db import connections

from allhands.channels.email.configuration import MailSettings
from allhands.channels.tests.killed_worker import work_the_queue
from allhands.kernel.actors import Actor
from allhands.platform.database.server import EmbeddedServer
from tests.reliability.reporting import report_on_request

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["allhands.channels.tests.killed_worker", "tests.reliability.reporting"])


def database() -> dict[str, Any]:
    """Where Django connects in this process, for another one."""
    kept = connections["default"].settings_dict
    return {key: kept[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")}


def wait_for(holds: Callable[[], bool], *, seconds: float, what: str) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, f"{what}: not within {seconds:.0f} seconds"
        time.sleep(0.02)


class Reporter:
    """Asks for reports and keeps which of them were answered "accepted"."""

    def __init__(self, actor: Actor) -> None:
        self.accepted: dict[str, str] = {}
        self.asked: list[str] = []
        self._wire, theirs = _processes.Pipe()
        self._process = _processes.Process(target=report_on_request, args=(database(), actor, theirs))
        self._process.start()

    def ask(self) -> None:
        key = f"report-{len(self.asked)}"
        self.asked.append(key)
        self._wire.send(key)

    def has_all(self) -> bool:
        """Whether every report asked for was accepted by now."""
        wire: Connection = self._wire
        while wire.poll():
            key, episode_id = wire.recv()
            self.accepted[key] = episode_id
        return len(self.accepted) == len(self.asked)

    def stop(self) -> None:
        self._process.kill()
        self._process.join(10)


class Fire:
    """Keeps a worker going, as the supervisor does, and kills it or the database at a bad moment."""

    def __init__(self, server: EmbeddedServer, name: str, mail: MailSettings) -> None:
        self._server, self._name, self._mail = server, name, mail
        self._worker: BaseProcess | None = None
        self.deaths: dict[str, int] = {"worker": 0, "immediate": 0, "postmaster": 0}
        self.in_hand = 0  # workers that died with a job in hand
        self._left: set[int] = set()  # jobs that the dead had in hand

    def ensure_worker(self) -> None:
        if self._worker is None or not self._worker.is_alive():
            arguments: tuple[Mapping[str, Any], MailSettings, str, bool]
            arguments = (database(), self._mail, self._server.url(name=self._name), True)
            self._worker = _processes.Process(target=work_the_queue, args=arguments)
            self._worker.start()

    def kill_worker(self) -> None:
        """kill -9, and count what it had in hand."""
        assert self._worker is not None
        self._worker.kill()
        self._worker.join(10)
        self._worker = None
        self.deaths["worker"] += 1
        doing = self._doing()
        self.in_hand += bool(doing - self._left)
        self._left = doing

    def kill_database(self, how: str) -> None:
        """Crash it (`immediate`: shut down without a checkpoint; `postmaster`: kill -9) and start it again."""
        number = int((self._server.cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        postmaster = psutil.Process(number)
        postmaster.send_signal(signal.SIGQUIT if how == "immediate" else signal.SIGKILL)
        psutil.wait_procs([postmaster], 20)
        self._server.revive()
        self.deaths[how] += 1

    def stop_worker(self) -> None:
        """In good order: it finishes what it has in hand."""
        if self._worker is not None:
            self._worker.terminate()
            self._worker.join(45)
            assert self._worker.exitcode is not None, "the worker does not stop"

    def _doing(self) -> set[int]:
        with psycopg.connect(self._server.superuser.named(self._name).conninfo()) as connection:
            return {row[0] for row in connection.execute("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")}

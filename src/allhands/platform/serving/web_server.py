"""The web server: granian in front of Django."""

from __future__ import annotations

import os
import resource
import socket
import tempfile
from collections.abc import Callable

from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels

from allhands.platform.database.errors import ServerError

_TARGET = "allhands.config.asgi:start_web_process"
_POOL = "8"  # connections a process keeps; four processes and a worker stay well under the server's hundred
_STOP_SECONDS = 10  # an open live feed would otherwise hold the stop up for ever
_MOST_PROCESSES = 4
# A line on which no whole head comes, or no next one, is hung up. In granian's mode that finds the version by itself it
# waits for the first byte for ever, and so few lines are taken at once that a thousand silent ones shut everybody out.
_HEAD_SECONDS = 20
_MOST_LINES = 8192  # a process; each waiting one costs a few kB
_OTHER_FILES = 256  # what a process keeps open beside its lines
_LOG = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"codes": {"()": "allhands.platform.logs.CodesFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "codes"}},
    "loggers": {"_granian": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}


def run_web(host: str, port: int, processes: int | None = None) -> None:
    """Serve until SIGTERM or SIGINT.

    Raises:
        ServerError: the port is taken.
    """
    check_free(host, port)
    os.environ.setdefault("ALLHANDS_DATABASE_POOL", _POOL)
    with tempfile.TemporaryDirectory(prefix="allhands-metrics-") as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # the processes add their counts up here
        Granian(
            _TARGET,
            address=host,
            port=port,
            factory=True,
            interface=Interfaces.ASGINL,  # Django has no lifespan protocol
            workers=processes or min(os.cpu_count() or 1, _MOST_PROCESSES),
            respawn_failed_workers=True,
            workers_kill_timeout=_STOP_SECONDS,
            websockets=False,
            http=HTTPModes.http1,  # a proxy in front speaks no other to us
            http1_settings=HTTP1Settings(header_read_timeout=_HEAD_SECONDS * 1000),
            backlog=_MOST_LINES,
            backpressure=lines_at_once(),
            log_level=LogLevels.warning,
            log_access=False,  # an address may hold what somebody typed
            log_dictconfig=_LOG,
        ).serve()


def lines_at_once() -> int:
    """How many lines a process may keep: as many as it may open files, for which it takes all it is allowed."""
    _now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _MOST_LINES + _OTHER_FILES
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, most))
    return max(allowed - _OTHER_FILES, 128)


def announce(host: str, port: int) -> str:
    """The address to show people. Unless the operator named another, it becomes the origin of this node's links."""
    name = "localhost" if host in {"127.0.0.1", "::1", "0.0.0.0"} else host  # noqa: S104  compared, not listened at
    os.environ.setdefault("ALLHANDS_ORIGIN", f"http://{name}:{port}")
    return os.environ["ALLHANDS_ORIGIN"] + ("/demo" if settings.ALLHANDS_WORLD == "demo" else "/")


def once_answering(host: str, port: int, act: Callable[[], object]) -> Callable[[], None]:
    """Something to call again and again: it acts when the web answers for the first time, and then never more."""
    waiting = [act]

    def look() -> None:
        if waiting and _answers(host, port):
            waiting.pop()()

    return look


def _answers(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def check_free(host: str, port: int) -> None:
    """Raise ServerError when something else answers at the port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ServerError(f"{host}:{port} cannot be used: {error.strerror}. Choose another with --port.") from error


def find_free_port(host: str, first: int) -> int:
    """The first free port from the given one upwards, so that the same command tends to give the same address."""
    for port in range(first, first + 100):
        try:
            check_free(host, port)
        except ServerError:
            continue
        return port
    raise ServerError(f"No port between {first} and {first + 99} is free on {host}.")

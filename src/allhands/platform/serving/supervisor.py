"""Keeps web and worker alive together, and brings both down without losing a job."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from allhands.platform.logs import get_logger

log = get_logger(__name__)

_LOOK_SECONDS = 0.5
# Longer than the worker's own patience with the jobs in hand (30 seconds).
_STOP_SECONDS = 45.0
_STEADY_SECONDS = 30.0
_LONGEST_PAUSE_SECONDS = 30.0
_HOPELESS_STARTS = 6


@dataclass
class _Child:
    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes]
    started: float
    starts: int = 1
    next_start: float = field(default=0.0)


class Supervisor:
    """Runs commands until told to stop. One that dies is started again, more patiently each time.

    Args:
        commands: name to command line.
        watches: called at each look; they keep up what the commands stand on, such as the database.
    """

    def __init__(self, commands: Mapping[str, Sequence[str]], watches: Sequence[Callable[[], None]]) -> None:
        self._commands = commands
        self._watches = tuple(watches)
        self._children: list[_Child] = []
        self._is_stopping = threading.Event()

    def run(self) -> int:
        """0 after a stop that was asked for; 1 when a command cannot be kept running."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        self._children = [self._start(name, command) for name, command in self._commands.items()]
        try:
            while not self._is_stopping.wait(_LOOK_SECONDS):
                for watch in self._watches:
                    watch()
                if not all(self._look_after(child) for child in self._children):
                    return 1
        finally:
            self._bring_down()
        return 0

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_stopping.set()

    def _start(self, name: str, command: Sequence[str]) -> _Child:
        process = subprocess.Popen(list(command))  # noqa: S603  our own command line
        log.info("serve.started", task=name, pid=process.pid)
        return _Child(name=name, command=command, process=process, started=time.monotonic())

    def _look_after(self, child: _Child) -> bool:
        """False when the child dies at every start."""
        now = time.monotonic()
        if child.process.poll() is None:
            if now - child.started > _STEADY_SECONDS:
                child.starts = 1
            return True
        if child.starts >= _HOPELESS_STARTS:
            log.error("serve.given_up", task=child.name, count=child.starts)
            return False
        if not child.next_start:
            pause = min(2.0 ** (child.starts - 1) - 1, _LONGEST_PAUSE_SECONDS)
            child.next_start = now + pause
            log.warning("serve.died", task=child.name, code=child.process.returncode, count=child.starts)
        if now >= child.next_start:
            fresh = self._start(child.name, child.command)
            child.process, child.started, child.next_start = fresh.process, fresh.started, 0.0
            child.starts += 1
        return True

    def _bring_down(self) -> None:
        living = [child for child in self._children if child.process.poll() is None]
        for child in living:
            child.process.terminate()
        end = time.monotonic() + _STOP_SECONDS
        for child in living:
            try:
                child.process.wait(max(0.1, end - time.monotonic()))
            except subprocess.TimeoutExpired:
                log.error("serve.killed", task=child.name)
                child.process.kill()
                child.process.wait()


def stop_with(parent: int) -> None:
    """End this process, in good order, when its supervisor is gone: nobody would look after it any more."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="supervisor watch", daemon=True).start()


def command_line(*words: str) -> list[str]:
    """A command of this program, as a child of this process."""
    return [sys.executable, "-m", "allhands", *words, "--parent", str(os.getpid())]

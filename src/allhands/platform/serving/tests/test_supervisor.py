"""The supervisor keeps its commands alive, gives up on hopeless ones, and stops in good order."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from allhands.platform.serving import supervisor
from allhands.platform.serving.supervisor import Supervisor

FINISHES_ON_TERM = """
import pathlib, signal, sys, time
place = pathlib.Path(sys.argv[1])
def stop(*_):
    time.sleep(0.3)
    (place / "finished").touch()
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
(place / f"started-{time.monotonic_ns()}").touch()
while True:
    time.sleep(0.1)
"""


@pytest.fixture(autouse=True)
def _quick_and_harmless(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(supervisor, "_LOOK_SECONDS", 0.02)
    monkeypatch.setattr(supervisor, "_LONGEST_PAUSE_SECONDS", 0.02)
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT)}
    yield
    for each, handler in before.items():
        signal.signal(each, handler)


def when(is_so: Callable[[], bool], then: Callable[[], object]) -> None:
    """Watch from another thread, then act."""

    def watch() -> None:
        end = time.monotonic() + 120
        while not is_so() and time.monotonic() < end:
            time.sleep(0.02)
        then()

    threading.Thread(target=watch, daemon=True).start()


def started(folder: Path) -> int:
    return len(list(folder.glob("started-*")))


def test_stop_lets_the_command_finish(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FINISHES_ON_TERM, str(tmp_path)]
    when(lambda: started(tmp_path) == 1, lambda: os.kill(os.getpid(), signal.SIGTERM))
    assert Supervisor({"one": command}, watches=[]).run() == 0
    assert (tmp_path / "finished").exists()


def test_dead_command_is_started_again(tmp_path: Path) -> None:
    house = Supervisor({"one": [sys.executable, "-c", FINISHES_ON_TERM, str(tmp_path)]}, watches=[])
    when(lambda: started(tmp_path) == 1, lambda: house._children[0].process.kill())
    when(lambda: started(tmp_path) == 2, lambda: os.kill(os.getpid(), signal.SIGINT))
    assert house.run() == 0
    assert started(tmp_path) == 2


def test_hopeless_command_ends_everything(tmp_path: Path) -> None:
    other = [sys.executable, "-c", FINISHES_ON_TERM, str(tmp_path)]
    assert Supervisor({"bad": [sys.executable, "-c", "raise SystemExit(3)"], "good": other}, watches=[]).run() == 1
    assert (tmp_path / "finished").exists() or started(tmp_path) == 0


def test_what_the_commands_stand_on_is_watched(tmp_path: Path) -> None:
    looks: list[int] = []
    when(lambda: len(looks) > 3, lambda: os.kill(os.getpid(), signal.SIGTERM))
    command = [sys.executable, "-c", FINISHES_ON_TERM, str(tmp_path)]
    assert Supervisor({"one": command}, watches=[lambda: looks.append(1)]).run() == 0

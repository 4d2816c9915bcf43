"""A web process is ready when what the first answers need has been read, and not before."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone

from allhands.platform.jobs import api as jobs
from allhands.platform.serving import warming
from allhands.platform.vault import api as vault
from allhands.platform.web import health


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(warming, "_reads", {})
    monkeypatch.setattr(health, "migrations", type("None waits", (), {"list_waiting": staticmethod(tuple)}))
    monkeypatch.setattr(vault, "list_missing", tuple)
    monkeypatch.setattr(jobs, "last_heartbeat", timezone.now)
    yield
    gc.unfreeze()
    warming._begun.clear()
    warming._done.clear()


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_not_ready_while_it_reads() -> None:
    go, read = threading.Event(), set[bool]()

    def maps() -> None:
        read.add(go.wait(120))

    warming.register("maps", maps)
    assert health.list_problems() == []  # a process that serves nobody reads nothing
    warming.begin()
    assert health.list_problems() == ["warming"]
    go.set()
    wait_until(warming.is_done)
    assert (health.list_problems(), read) == ([], {True})
    assert gc.get_freeze_count()  # what stays for good is walked no more


def test_what_cannot_be_read_keeps_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    told = list[object]()
    monkeypatch.setattr(threading, "excepthook", told.append)
    warming.register("packs", lambda: 1 / 0)
    warming.begin()
    wait_until(lambda: warming.is_done() and bool(told))
    assert health.list_problems() == []

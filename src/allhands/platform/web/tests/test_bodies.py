"""A stranger cannot fill the disk: what no form takes is refused before it is written anywhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler

from allhands.platform.web import bodies
from allhands.platform.web.bodies import LARGEST_WITH_FILES, LARGEST_WITHOUT, App, bounded

MEGABYTE = b"A" * 1_000_000
FILES = "multipart/form-data; boundary=B"
FORM = "application/x-www-form-urlencoded"


def scope(path: str = "/sign-in", kind: str = FORM, length: int | None = None) -> dict[str, Any]:
    headers = [(b"host", b"localhost"), (b"Content-Type", kind.encode())]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    return {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": headers}


class Caller:
    """Sends so many megabytes, as long as somebody listens."""

    def __init__(self, megabytes: int) -> None:
        self.parts: Iterator[int] = iter(range(megabytes, -1, -1))
        self.sent = 0
        self.heard: list[Any] = []

    async def receive(self) -> dict[str, Any]:
        left = next(self.parts, None)
        if left is None:
            await asyncio.Event().wait()  # the line stays open; Django listens for its end while it works
        self.sent += bool(left)
        return {"type": "http.request", "body": MEGABYTE if left else b"", "more_body": bool(left)}

    async def send(self, message: Any) -> None:
        self.heard.append(message)

    def ask(self, app: App, given: dict[str, Any]) -> int:
        asyncio.run(asyncio.wait_for(_run(app, given, self), 60))
        return int(self.heard[0]["status"])


async def _run(app: App, given: dict[str, Any], caller: Caller) -> None:
    await app(given, caller.receive, caller.send)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How much Django wrote down of each body."""
    sizes: list[int] = []
    read = ASGIHandler.read_body

    async def noted(self: ASGIHandler, receive: Any) -> Any:
        body = await read(self, receive)
        sizes.append(body.seek(0, 2))
        body.seek(0)
        return body

    monkeypatch.setattr(ASGIHandler, "read_body", noted)
    return sizes


def test_two_gigabytes_that_are_announced_never_come(kept: list[int]) -> None:
    caller = Caller(2_147)
    assert caller.ask(bounded(get_asgi_application()), scope(kind=FILES, length=2_147_483_648)) == 413
    assert (caller.sent, kept) == (0, [])
    assert b"15 MB" in caller.heard[1]["body"]


@pytest.mark.parametrize(
    ("kind", "most"), [(FILES, LARGEST_WITH_FILES), (FORM, LARGEST_WITHOUT)], ids=["files", "form"]
)
@pytest.mark.parametrize("length", [None, 5], ids=["no length", "a false one"])
def test_what_is_not_announced_is_cut_off_while_it_comes(
    kept: list[int], kind: str, most: int, length: int | None
) -> None:
    caller = Caller(2_147)
    assert caller.ask(bounded(get_asgi_application()), scope(kind=kind, length=length)) == 413
    assert caller.sent <= most // 1_000_000 + 1
    assert kept == [], "what was written is thrown away"
    assert len(caller.heard) == 2, "one answer, from one who answers"


@pytest.mark.django_db
def test_what_a_form_takes_reaches_it(kept: list[int]) -> None:
    caller = Caller(4)
    assert caller.ask(bounded(get_asgi_application()), scope(length=4_000_000)) == 403, "it lacks the form's own mark"
    assert kept == [4_000_000]


def test_a_program_is_told_in_its_own_form() -> None:
    caller = Caller(0)
    assert caller.ask(bounded(get_asgi_application()), scope("/api/v1/reports", "application/json", 10**9)) == 413
    told = json.loads(caller.heard[1]["body"])["error"]
    assert (told["status"], told["code"]) == (413, "too-large")


class SlowCaller(Caller):
    """Sends one byte, and then the next when the clock says so; or never."""

    def __init__(self, seconds_a_byte: float | None, most: int = 10_000) -> None:
        super().__init__(0)
        self.seconds_a_byte, self.left, self.now = seconds_a_byte, most, 0.0

    def clock(self) -> float:
        return self.now

    async def receive(self) -> dict[str, Any]:
        if self.left <= 0 or (self.seconds_a_byte is None and self.sent):
            await asyncio.Event().wait()
        self.sent += 1
        self.left -= 1
        self.now += self.seconds_a_byte or 0
        return {"type": "http.request", "body": b"A", "more_body": self.left > 0}


def test_a_body_that_stops_coming_is_cut_off(kept: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "_PATIENCE_SECONDS", 1e-9)
    monkeypatch.setattr(bodies, "_clock", lambda: 0.0)
    caller = SlowCaller(None)
    assert caller.ask(bounded(get_asgi_application()), scope()) == 408
    assert kept == []
    assert "otra vez" in caller.heard[1]["body"].decode()


@pytest.mark.parametrize(("path", "kind"), [("/sign-in", FORM), ("/api/v1/reports", "application/json")])
def test_a_body_that_drips_is_cut_off(kept: list[int], monkeypatch: pytest.MonkeyPatch, path: str, kind: str) -> None:
    caller = SlowCaller(1.0)
    monkeypatch.setattr(bodies, "_clock", caller.clock)
    assert caller.ask(bounded(get_asgi_application()), scope(path, kind)) == 408
    assert (caller.sent, kept) == (31, [])


@pytest.mark.django_db
def test_a_slow_link_is_no_reason(kept: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    caller = SlowCaller(1 / 400, 5_000)
    monkeypatch.setattr(bodies, "_clock", caller.clock)
    assert caller.ask(bounded(get_asgi_application()), scope()) == 403
    assert kept == [5_000]

"""A mail server of its own, a node that may call loopback, a key for web push, and no alert to ask."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from allhands.channels import preflight
from allhands.channels.tests.browsers import a_push_key
from allhands.platform.testing.mail import SmtpServer


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """On a port of our own: aiosmtpd cannot find port 0 again to see that it started."""
    server = SmtpServer()
    with socket.socket() as free:
        free.bind((server.host, 0))
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname=server.host, port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@pytest.fixture(autouse=True)
def nobody_stops_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The messages of these tests come from no alert, so there is no alert that could still want them."""
    monkeypatch.setattr(preflight, "_asked", [])


@pytest.fixture
def private_allowed(settings: Any) -> None:
    settings.ALLHANDS_WEBHOOK_PRIVATE = True


@pytest.fixture
def push_key(settings: Any, private_allowed: None) -> str:
    settings.ALLHANDS_PUSH_KEY, settings.ALLHANDS_PUSH_HOSTS = a_push_key(), "127.0.0.1"
    key: str = settings.ALLHANDS_PUSH_KEY
    return key

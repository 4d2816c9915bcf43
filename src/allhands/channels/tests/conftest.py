"""The house's SMTP server on a port of its own: aiosmtpd cannot find port 0 again to see that it started."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller

from allhands.channels import preflight
from allhands.platform.testing.mail import SmtpServer


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
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

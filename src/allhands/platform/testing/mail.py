"""A real SMTP server for tests, on a port of its own."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from allhands.platform.testing.machines import free_port

# It tells of a connection that ends after its test did, to an output that is closed by then.
logging.getLogger("mail.log").setLevel(logging.WARNING)


@dataclass
class SmtpServer:
    """What arrived, and what it should answer.

    Args:
        answers: recipient to reply line, such as "550 5.1.1 no such mailbox"; others are accepted.
        data_answer: reply to the message itself; empty to accept it.
    """

    host: str = "127.0.0.1"
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    data_answer: str = ""

    async def handle_RCPT(  # noqa: N802  aiosmtpd's name and parameters
        self, server: SMTP, session: Session, envelope: Envelope, address: str, rcpt_options: list[str]
    ) -> str:
        """Accept or refuse one recipient."""
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802  aiosmtpd's
        """Accept or refuse the message."""
        if self.data_answer:
            return self.data_answer
        content = envelope.content
        assert isinstance(content, bytes)
        parsed = message_from_bytes(content, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        self.messages.append(parsed)
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 OK queued as test"


@pytest.fixture
def smtp_server() -> Iterator[SmtpServer]:
    """An SMTP server that answers as told. `port` is free, nothing leaves the machine."""
    server = SmtpServer(port=free_port())
    controller = Controller(server, hostname=server.host, port=server.port)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()

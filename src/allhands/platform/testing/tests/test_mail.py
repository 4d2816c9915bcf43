"""The SMTP server of the tests is a real one."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage

import pytest

from allhands.platform.testing.mail import SmtpServer


def send(server: SmtpServer, to: str) -> None:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Aviso ñ", "a@example.org", to
    message.set_content("body")
    with smtplib.SMTP(server.host, server.port) as client:
        client.send_message(message)


def test_message_arrives(smtp_server: SmtpServer) -> None:
    send(smtp_server, "b@example.org")
    assert smtp_server.messages[0]["Subject"] == "Aviso ñ"
    assert smtp_server.recipients == [["b@example.org"]]


def test_recipient_is_refused_as_told(smtp_server: SmtpServer) -> None:
    smtp_server.answers["b@example.org"] = "550 5.1.1 no such mailbox"
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(smtp_server, "b@example.org")
    assert smtp_server.messages == []


def test_message_is_refused_as_told(smtp_server: SmtpServer) -> None:
    smtp_server.data_answer = "451 4.3.0 later"
    with pytest.raises(smtplib.SMTPDataError):
        send(smtp_server, "b@example.org")

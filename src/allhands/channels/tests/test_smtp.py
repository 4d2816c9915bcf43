"""The mail client against servers: what each answer, silence and lost line means."""

from __future__ import annotations

import socket

import pytest

from allhands.channels.email.letter import Letter, compose, find_delivery_id
from allhands.channels.email.port import NotTaken, Outcome, Postponed, watch_nothing
from allhands.channels.email.smtp import SmtpMail
from allhands.channels.tests.makers import NOW
from allhands.channels.tests.servers import SENDER, scripted_server, settings_for
from allhands.kernel.ids import DeliveryId, new_id
from allhands.platform.testing.mail import SmtpServer

LETTER = Letter(
    delivery_id=DeliveryId("0123456789bcdfgh"),
    sender=SENDER,
    recipient="desk@sheriff.example",
    subject="Un aviso le espera:\r\nÑandú " + "x" * 120,
    body="First line\n.\n..two\n.ñ last\n" + "long " * 300 + "\n",
    written_at=NOW,
)


def test_letter_arrives_whole_with_the_headers_of_a_machine(smtp_server: SmtpServer) -> None:
    answer = SmtpMail(settings_for(smtp_server.port)).send(LETTER, watch_nothing)
    assert answer.outcome is Outcome.ACCEPTED
    assert answer.words == "OK queued as test"
    (message,) = smtp_server.messages
    assert message.get_content().replace("\r\n", "\n") == LETTER.body
    assert message["Subject"] == "Un aviso le espera: Ñandú " + "x" * 120
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"] == "<allhands.0123456789bcdfgh@node.example>"
    assert message["List-Id"] == "Allhands notices <notices.node.example>"
    assert message["Date"] == "Tue, 24 Nov 2026 19:22:00 +0000"
    assert smtp_server.recipients == [["desk@sheriff.example"]]


def test_the_same_letter_has_the_same_bytes() -> None:
    assert compose(LETTER) == compose(LETTER)
    assert find_delivery_id("<allhands.0123456789bcdfgh@node.example>") == LETTER.delivery_id
    assert find_delivery_id("<0123456789bcdfgh@node.example>") is None


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ({"CONNECT": "421 busy"}, "smtp-connect-SMTPConnectError"),
        ({"CONNECT": "CLOSE"}, "smtp-connect-SMTPServerDisconnected"),
        ({"MAIL": "451 later"}, "smtp-451"),
        ({"MAIL": "CLOSE"}, "smtp-lost-SMTPServerDisconnected"),
        ({"RCPT": "450 greylisted"}, "smtp-450"),
        ({"RCPT": "299 strange"}, "smtp-299"),
        ({"DATA": "421 going down"}, "smtp-421"),
        ({"DATA": "CLOSE"}, "smtp-lost-SMTPServerDisconnected"),
        ({"DOT": "452 disk full"}, "smtp-452"),
    ],
    ids=str,
)
def test_not_taken_now_is_postponed(script: dict[str, str], code: str) -> None:
    with scripted_server(script) as settings, pytest.raises(Postponed) as error:
        SmtpMail(settings).send(LETTER, watch_nothing)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("script", "code"),
    [
        ({"MAIL": "550 not you"}, "smtp-550"),
        ({"RCPT": "553 no such user"}, "smtp-553"),
        ({"DATA": "554 no"}, "smtp-554"),
        ({"DOT": "550 spam"}, "smtp-550"),
    ],
    ids=str,
)
def test_refused_for_ever_is_not_taken(script: dict[str, str], code: str) -> None:
    with scripted_server(script) as settings, pytest.raises(NotTaken) as error:
        SmtpMail(settings).send(LETTER, watch_nothing)
    assert error.value.code == code


@pytest.mark.parametrize(
    ("dot", "outcome", "code"),
    [
        ("250 ok", Outcome.ACCEPTED, "smtp-250"),
        ("HANG", Outcome.UNCERTAIN, "no-answer"),
        ("CLOSE", Outcome.UNCERTAIN, "no-answer"),
        ("251 elsewhere", Outcome.UNCONFIRMED, "smtp-251"),
        ("299 hm", Outcome.UNCONFIRMED, "smtp-299"),
        ("354 again", Outcome.UNCONFIRMED, "smtp-354"),
        ("it went fine", Outcome.UNCONFIRMED, "smtp--1"),
    ],
)
def test_after_the_letter_was_written_only_a_plain_answer_settles(dot: str, outcome: Outcome, code: str) -> None:
    with scripted_server({"DOT": dot}) as settings:
        answer = SmtpMail(settings, final_seconds=0.2).send(LETTER, watch_nothing)
    assert (answer.outcome, answer.code) == (outcome, code)


def test_a_line_lost_while_saying_goodbye_changes_nothing() -> None:
    with scripted_server({"QUIT": "CLOSE"}) as settings:
        assert SmtpMail(settings).send(LETTER, watch_nothing).outcome is Outcome.ACCEPTED


def test_nobody_listening_is_postponed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    mail = SmtpMail(settings_for(port))
    with pytest.raises(Postponed, match="ConnectionRefusedError"):
        mail.send(LETTER, watch_nothing)
    with pytest.raises(Postponed):
        mail.check()


def test_a_server_without_starttls_gets_nothing() -> None:
    with scripted_server({}) as settings:
        mail = SmtpMail(settings_for(settings.port, tls="starttls"))
        with pytest.raises(Postponed, match="smtp-no-starttls"):
            mail.send(LETTER, watch_nothing)


def test_check_sends_nothing(smtp_server: SmtpServer) -> None:
    SmtpMail(settings_for(smtp_server.port)).check()
    assert not smtp_server.messages


@pytest.mark.parametrize(
    "address", ["not an address", "two@a.example, b@b.example", "x@y.example\r\nBcc: z@z.example", "ñ@x.example"]
)
def test_an_address_that_is_none_is_never_sent(address: str, smtp_server: SmtpServer) -> None:
    letter = Letter(
        delivery_id=DeliveryId(new_id()), sender=SENDER, recipient=address, subject="s", body="b", written_at=NOW
    )
    with pytest.raises(NotTaken, match="address-not-readable"):
        SmtpMail(settings_for(smtp_server.port)).send(letter, watch_nothing)
    assert not smtp_server.messages

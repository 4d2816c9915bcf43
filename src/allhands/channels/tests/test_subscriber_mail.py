"""E-mails to subscribers, taken by a real mail server."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from allhands.alerts.contracts import AlertStatus, MessageKind, Subscriber
from allhands.channels import api, listeners, models
from allhands.channels.actions import fan_out
from allhands.channels.contracts import SendingState, Way
from allhands.channels.email import subscribers
from allhands.channels.email.gone import status_says_gone
from allhands.channels.email.port import watch_nothing
from allhands.channels.tests.messages import a_message
from allhands.channels.tests.sending import a_copy, frozen_for, send_all
from allhands.channels.tests.servers import scripted_server
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.mail import SmtpServer


@pytest.fixture
def mail(settings: Any, smtp_server: SmtpServer) -> SmtpServer:
    settings.ALLHANDS_SMTP_HOST, settings.ALLHANDS_SMTP_PORT = smtp_server.host, smtp_server.port
    settings.ALLHANDS_SMTP_TLS, settings.ALLHANDS_SMTP_USER = "none", ""
    settings.ALLHANDS_MAIL_FROM = "alerts@alerts.example.gov"
    return smtp_server


def test_each_person_gets_one_letter_in_their_language_with_their_own_way_out(mail: SmtpServer) -> None:
    copies = [a_copy(1, "ana@people.example", language="es"), a_copy(2, "bob@people.example")]
    told = send_all(subscribers.open_sender, frozen_for(a_message(), Way.EMAIL), copies)
    assert [one.state for one in told] == [SendingState.ACCEPTED] * 2
    spanish, english = mail.messages
    assert "Desaparecida: Maya" in spanish["Subject"]
    assert english["Subject"] == "Missing: Maya, 14"
    assert english["To"] == "bob@people.example"
    assert english["List-Unsubscribe"] == f"<{copies[1].stop_url}>"
    assert english["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert english["Auto-Submitted"] == "auto-generated"
    for part in ("plain", "html"):
        body = english.get_body((part,))
        assert body is not None
        text = body.get_content()
        assert copies[1].stop_url in text, "a soft line break leaves no seam"
        assert copies[0].stop_url not in text
        assert "Green parka, no hat" in text
        assert "{{" not in text
    assert "ñ" in spanish.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # shown above


@pytest.mark.parametrize("kind", list(MessageKind))
def test_the_body_says_by_itself_what_it_is(mail: SmtpServer, kind: MessageKind) -> None:
    """A body is passed on without its subject: it must not look real, nor leave out that it is over."""
    message = a_message(kind=kind, status=AlertStatus.EXERCISE)
    copies = [a_copy(1, "ana@people.example", language="es"), a_copy(2, "bob@people.example")]
    send_all(subscribers.open_sender, frozen_for(message, Way.EMAIL), copies)
    said = {
        MessageKind.ALERT: "EJERCICIO: Desaparecida: Maya, 14",
        MessageKind.UPDATE: "EJERCICIO: ACTUALIZACIÓN: Desaparecida: Maya, 14",
        MessageKind.CANCEL: "EJERCICIO: Esta alerta de menor desaparecido terminó.",
    }[kind]
    spanish, english = mail.messages
    assert "Alertas de menores desaparecidos" in spanish["From"]
    for part in ("plain", "html"):
        body = spanish.get_body((part,))
        assert body is not None
        assert said in body.get_content().partition("<body")[2 if part == "html" else 0]
    assert english.get_body(("plain",)).get_content().startswith("EXERCISE: ")  # type: ignore[union-attr]  # as above


def test_refused_person_holds_nobody_else_up(mail: SmtpServer) -> None:
    mail.answers = {"gone@people.example": "550 5.1.1 no such mailbox", "busy@people.example": "451 try later"}
    names = ("gone", "busy", "not an address", "good")
    copies = [a_copy(number, f"{name}@people.example") for number, name in enumerate(names, start=1)]
    told = send_all(subscribers.open_sender, frozen_for(a_message(), Way.EMAIL), copies)
    states = [one.state.value for one in told]
    assert states == ["FAILED", "WAITING", "FAILED", "ACCEPTED"]
    assert told[0].is_gone
    assert len(mail.messages) == 1


@pytest.mark.parametrize(
    ("script", "gone"),
    [
        ({"RCPT": "550 5.1.1 no such mailbox"}, True),
        ({"RCPT": "550 no such user"}, True),
        ({"RCPT": "556 5.1.10 the domain takes no mail"}, True),
        ({"RCPT": "550 5.7.1 blocked by policy"}, False),
        ({"RCPT": "550 5.7.26 not authenticated"}, False),
        ({"RCPT": "552 5.2.2 mailbox full"}, False),
        ({"RCPT": "550 5.1.8 sender's domain is unknown"}, False),
        ({"MAIL": "550 we do not like you"}, False),
        ({"MAIL": "550 5.1.2 your domain does not exist"}, False),
        ({"MAIL": "553 5.1.3 your address cannot be read"}, False),
        ({"DOT": "550 5.1.1 no such mailbox"}, True),
        ({"DOT": "550 this looks like advertising"}, False),
        ({"DOT": "554 5.7.0 refused"}, False),
    ],
    ids=lambda value: " ".join(value.values()) if isinstance(value, dict) else "",
)
def test_refusal_of_us_ends_no_subscription(script: dict[str, str], gone: bool, settings: Any) -> None:
    with scripted_server(script) as given:
        settings.ALLHANDS_SMTP_HOST, settings.ALLHANDS_SMTP_PORT = given.host, given.port
        settings.ALLHANDS_SMTP_TLS, settings.ALLHANDS_SMTP_USER = given.tls, given.user
        settings.ALLHANDS_MAIL_FROM = given.mail_from
        [told] = send_all(
            subscribers.open_sender, frozen_for(a_message(), Way.EMAIL), [a_copy(1, "ana@people.example")]
        )
    assert (told.state.value, told.is_gone) == ("FAILED", gone)


@pytest.mark.parametrize(
    ("status", "gone"),
    [
        ("5.1.1", True),
        ("5.1.10", True),
        ("5.1.7", False),
        ("5.1.8", False),
        ("5.7.1", False),
        ("5.2.2", False),
        ("", False),
    ],
)
def test_status_of_a_returned_letter(status: str, gone: bool) -> None:
    assert status_says_gone(status) is gone


def test_letters_name_tells_the_copy_and_cannot_be_made_up() -> None:
    token = subscribers.copy_token(77)
    assert len(token) == 16
    assert subscribers.find_copy_id(token) == 77
    assert subscribers.find_copy_id(token[:-1] + ("0" if token[-1] != "0" else "1")) is None
    assert subscribers.find_copy_id("not-hexadecimal!") is None


@pytest.mark.django_db
def test_returned_letter_is_the_final_word_on_its_copy(mail: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    gone: list[Any] = []
    monkeypatch.setattr(listeners, "_gone_listeners", [lambda *said: gone.append(said[:3])])
    person = Subscriber(key="s1", address="ana@people.example", language="en", stop_url="https://a.example/u/1")
    now = timezone.now()
    message = a_message(sent_at=now, expires_at=now + timedelta(hours=24))
    api.broadcast(message, [Way.EMAIL], {Way.EMAIL: [person]}, now)
    with acting_as(SYSTEM):
        broadcast_id = models.Broadcast.objects.get().id
    fan_out.send_copies(broadcast_id, open_sender=subscribers.open_sender, clock=timezone.now, watch=watch_nothing)
    name = mail.messages[0]["Message-ID"]
    report = (
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n--b\r\n\r\nsorry\r\n--b\r\n'
        "Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; x\r\n\r\nFinal-Recipient: rfc822; a@x\r\n"
        f"Action: failed\r\nStatus: 5.1.1\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {name}\r\n"
        "\r\n--b--\r\n"
    )
    assert api.record_bounce(report.encode(), now).value == "RECORDED"
    assert api.record_bounce(report.encode(), now).value == "TOO_LATE"
    [state] = api.broadcast_state(message.transmission_id)
    assert (state.groups[0].accepted, state.groups[0].final, state.unconfirmed) == (1, 1, 1)
    assert gone == [(Way.EMAIL, "s1", "dsn-5.1.1")]

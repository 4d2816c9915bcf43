"""Reports of other mail systems: read, matched, and strangers' bytes survived."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.channels import api
from allhands.channels.actions.send import send_email
from allhands.channels.email.bounces import read_bounce
from allhands.channels.email.fake import FakeMail
from allhands.channels.email.port import watch_nothing
from allhands.channels.tests.makers import NOW, an_email
from allhands.kernel.ids import DeliveryId
from allhands.platform.testing.cast import Cast

ID = "0123456789bcdfgh"


def report(
    *, action: str = "failed", status: str = "5.1.1", envid: str = "", kind: str = "text/rfc822-headers", of: str = ID
) -> bytes:
    """A delivery status notification in the shape Postfix writes."""
    envelope = f"Original-Envelope-Id: {envid}\r\n" if envid else ""
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: allhands@node.example\r\nMessage-ID: <allhands.zzzzzzzzzzzzzzzz@mx>\r\n"
        "Subject: Undelivered Mail Returned to Sender\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        "--B\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nI'm sorry.\r\n\r\n"
        "--B\r\nContent-Type: message/delivery-status\r\n\r\n"
        f"Reporting-MTA: dns; mx.example\r\n{envelope}Arrival-Date: Tue, 24 Nov 2026 19:22:00 +0000\r\n\r\n"
        f"Final-Recipient: rfc822; desk@sheriff.example\r\nAction: {action}\r\nStatus: {status}\r\n"
        "Diagnostic-Code: smtp; 550 5.1.1 <desk@sheriff.example>:\r\n Recipient address rejected\r\n\r\n"
        f"--B\r\nContent-Type: {kind}\r\n\r\n"
        f"From: allhands@node.example\r\nMessage-ID: <allhands.{of}@node.example>\r\nSubject: A notice\r\n\r\nbody\r\n"
        "--B--\r\n"
    ).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_read_bounce_finds_letter_and_reason(kind: str) -> None:
    bounce = read_bounce(report(kind=kind))
    assert bounce is not None
    assert (bounce.delivery_id, bounce.action, bounce.code, bounce.is_final) == (ID, "failed", "5.1.1", True)
    assert "Recipient address rejected" in bounce.words


def test_read_bounce_prefers_our_envelope_id() -> None:
    bounce = read_bounce(report(envid="allhands.bbbbbbbbbbbbbbbb"))
    assert bounce is not None
    assert bounce.delivery_id == "bbbbbbbbbbbbbbbb"


def test_delay_is_not_final() -> None:
    bounce = read_bounce(report(action="delayed", status="4.4.1"))
    assert bounce is not None
    assert not bounce.is_final


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/report; boundary=B\r\n\r\n--B\r\n--B--",
        b"Subject: Out of office\r\nMessage-ID: <allhands.0123456789bcdfgh@node.example>\r\n\r\nI am away.",
        report(of="short"),
        b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\n\r\n",
        report() + b"x" * 3_000_000,
    ],
    ids=["empty", "bytes", "hollow", "auto-reply", "not ours", "no letter", "huge"],
)
def test_what_is_no_report_about_a_letter_of_ours_is_none(raw: bytes) -> None:
    assert read_bounce(raw) is None


@given(st.binary(max_size=400), st.integers(0, 900), st.integers(0, 900))
def test_strangers_bytes_never_raise(noise: bytes, at: int, until: int) -> None:
    real = report()
    read_bounce(noise)
    read_bounce(real[:at] + noise + real[until:])


def test_nested_messages_end_somewhere() -> None:
    raw = b"".join(b"Content-Type: message/rfc822\r\n\r\n" for _ in range(500)) + b"\r\nend"
    assert read_bounce(raw) is None


@pytest.fixture
def sent(cast: Cast) -> DeliveryId:
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker), NOW)
    send_email(delivery_id, mail=FakeMail(), sender="a@b.example", clock=lambda: NOW, watch=watch_nothing)
    return delivery_id


@pytest.mark.django_db
def test_a_bounce_turns_the_delivery_and_needs_a_person(sent: DeliveryId) -> None:
    assert api.record_bounce(report(of=sent), NOW) is api.BounceResult.RECORDED
    (view,) = api.deliveries_for("notice1")
    assert (view.state, view.accepted_at, view.final_at) == (api.DeliveryState.BOUNCED, NOW, NOW)
    assert (view.statuses[-1].code, view.statuses[-1].who) == ("dsn-5.1.1", "Allhands")
    assert [need.reason.value for need in api.list_needing_person(NOW)] == ["BOUNCED"]
    assert api.record_bounce(report(of=sent), NOW) is api.BounceResult.TOO_LATE


@pytest.mark.django_db
def test_other_reports_change_nothing(sent: DeliveryId) -> None:
    assert api.record_bounce(report(of=sent, action="delayed"), NOW) is api.BounceResult.NOT_FINAL
    assert api.record_bounce(report(), NOW) is api.BounceResult.NOT_OURS
    assert api.record_bounce(b"hello", NOW) is api.BounceResult.NOT_OURS
    (view,) = api.deliveries_for("notice1")
    assert view.state is api.DeliveryState.ACCEPTED

"""IPAWS-OPEN against a server of our own that checks every signature with programs nobody here wrote."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree
from zeep.exceptions import SignatureVerificationFailed
from zeep.wsse.signature import verify_envelope as zeep_verify

from allhands.alerts.contracts import AlertStatus
from allhands.channels import api, models
from allhands.channels.actions import released
from allhands.channels.contracts import SendingState, Way
from allhands.channels.ipaws import answers, certificate, client, feed, messages
from allhands.channels.ipaws.configuration import find_ipaws_settings
from allhands.channels.ipaws.document import NAME
from allhands.channels.tests.certificates import cog_pair, write_pair
from allhands.channels.tests.messages import a_message
from allhands.channels.tests.peers import Request, Response, WebPeer, web_peer
from allhands.channels.tests.sending import a_copy, frozen_for, send_all
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.wire import cap

SERVICE = "http://gov.fema.ipaws.services/IPAWS_CAPService/"
needs_xmlsec1 = pytest.mark.skipif(shutil.which("xmlsec1") is None, reason="xmlsec1 is not on this machine")


verify_envelope: Callable[[Any, str], None] = zeep_verify


def sub(name: str, value: str) -> str:
    return (
        f"<r:subParaListItem><r:subParameterName>{name}</r:subParameterName>"
        f"<r:subParameterValue>{value}</r:subParameterValue></r:subParaListItem>"
    )


def run(channel: str, code: str, error: str, status: str) -> str:
    named = sub("CHANNELNAME", channel) if channel else ""
    return named + sub("STATUSITEMID", code) + sub("ERROR", error) + sub("STATUS", status)


def posted(*runs: str) -> bytes:
    """A postCAP answer with these runs."""
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        f'<n:postCAPResponseTypeDef xmlns:n="{SERVICE}" xmlns:r="http://gov.fema.ipaws.services/capresponse">'
        "<r:parameterListItem><r:parameterName>identifier</r:parameterName><r:parameterValue>X-1</r:parameterValue>"
        f"</r:parameterListItem><r:parameterListItem>{''.join(runs)}</r:parameterListItem>"
        "</n:postCAPResponseTypeDef></s:Body></s:Envelope>"
    ).encode()


FAULT = (
    b'<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body><e:Fault><faultcode>e:Receiver</faultcode>'
    b"<faultstring>SOAPMessage signed with invalid certificate.</faultstring></e:Fault></e:Body></e:Envelope>"
)
ALL_GOOD = posted(
    run("CAPEXCH", "200", "N", "Ack"), run("IPAWS", "300", "N", "Ack"), run("CMAS", "600", "N", "Ack"),
    run("EAS", "501", "N", "message-not-disseminated-as-EAS"),
)  # fmt: skip


def use_ipaws(settings: Any, folder: Path, url: str) -> None:
    """Settings of a group whose IPAWS is found at an address; its pair of key and certificate lies in the folder."""
    key, certificate = write_pair(folder)
    settings.ALLHANDS_IPAWS_URL, settings.ALLHANDS_IPAWS_COG = f"{url}/IPAWS", "120999"
    settings.ALLHANDS_IPAWS_COG_NAME, settings.ALLHANDS_IPAWS_USER = "Harwell PD", "ops & night"
    settings.ALLHANDS_IPAWS_KEY_FILE, settings.ALLHANDS_IPAWS_CERTIFICATE_FILE = str(key), str(certificate)
    settings.ALLHANDS_IPAWS_FEED_URL = f"{url}/feed/public"


@pytest.fixture
def at(settings: Any, tmp_path: Path) -> Callable[[str], None]:
    return lambda url: use_ipaws(settings, tmp_path, url)


def send_to(answer: Response, at: Callable[[str], None]) -> tuple[Any, WebPeer]:
    with web_peer(lambda _request: answer) as peer:
        at(peer.url)
        now = datetime.now(UTC)
        message = a_message(sent_at=now, expires_at=now + timedelta(hours=24))
        [told] = send_all(client.open_sender, frozen_for(message, Way.IPAWS), [a_copy(1, "")])
    return told, peer


def test_without_settings_it_is_not_configured(settings: Any, tmp_path: Path) -> None:
    assert not client.is_configured()
    settings.ALLHANDS_IPAWS_URL, settings.ALLHANDS_IPAWS_COG = "https://ipaws.example", "1"
    settings.ALLHANDS_IPAWS_KEY_FILE = settings.ALLHANDS_IPAWS_CERTIFICATE_FILE = str(tmp_path / "not-there")
    assert not client.is_configured()


@needs_xmlsec1
def test_both_signatures_hold_for_programs_nobody_here_wrote(at: Callable[[str], None], tmp_path: Path) -> None:
    told, peer = send_to(Response(200, ALL_GOOD), at)
    assert told.state is SendingState.ACCEPTED
    [request] = peer.requests
    assert request.headers["soapaction"] == f'"{SERVICE}postCAP"'
    envelope, certificate = tmp_path / "soap.xml", tmp_path / "cog.pem"
    envelope.write_bytes(request.body)
    verify_envelope(etree.fromstring(request.body), str(certificate))
    outer = "/*/*[local-name()='Header']/*[local-name()='Security']/*[local-name()='Signature']"
    body_id = "http://schemas.xmlsoap.org/soap/envelope/:Body"
    assert xmlsec1("--id-attr:Id", body_id, "--node-xpath", outer, str(envelope), certificate=certificate)
    alert = tmp_path / "cap.xml"
    alert.write_bytes(inner_alert(request.body))
    assert xmlsec1(str(alert), certificate=certificate), "lifted out of the envelope, the inner signature holds"

    changed = request.body.replace(b"ah-bcd4fgh7jk2mnp5q", b"ah-bcd4fgh7jk2mnp5x")
    envelope.write_bytes(changed)
    alert.write_bytes(inner_alert(changed))
    assert not xmlsec1("--id-attr:Id", body_id, "--node-xpath", outer, str(envelope), certificate=certificate)
    assert not xmlsec1(str(alert), certificate=certificate)
    with pytest.raises(SignatureVerificationFailed):
        verify_envelope(etree.fromstring(changed), str(certificate))


def inner_alert(envelope: bytes) -> bytes:
    """The alert as it stands in the envelope, byte by byte, as a receiver would store it."""
    start, end = envelope.index(b"<alert"), envelope.index(b"</alert>") + len(b"</alert>")
    return envelope[start:end]


def xmlsec1(*arguments: str, certificate: Path) -> bool:
    command = ["xmlsec1", "--verify", "--trusted-pem", str(certificate), "--pubkey-cert-pem", str(certificate)]
    return subprocess.run([*command, *arguments], capture_output=True, check=False).returncode == 0


def test_sent_is_the_moment_of_transmission_and_exercise_stays_exercise(at: Callable[[str], None]) -> None:
    message = a_message(status=AlertStatus.EXERCISE)
    frozen = replace(frozen_for(message, Way.IPAWS))
    with web_peer(lambda _request: Response(200, ALL_GOOD)) as peer:
        at(peer.url)
        now = message.sent_at + timedelta(minutes=6)
        with client.open_sender(frozen) as sender:
            told = sender._send(now)
    assert told.state is SendingState.ACCEPTED
    key, certificate = cog_pair()
    assert key
    verified = cap.verify(inner_alert(peer.requests[0].body), trusted_pem=[certificate], at=datetime.now(UTC))
    checked = cap.check(verified.data, profile=cap.PROFILES["ipaws10"])
    assert checked.alert is not None
    assert checked.accepted, checked.findings
    assert checked.alert.sent_at == now
    assert checked.alert.sent_at.utcoffset() != timedelta(0)
    assert checked.alert.status is cap.Status.EXERCISE
    assert checked.alert.infos[0].sender_name == "120999,Harwell PD,Harwell Police"
    assert [info.language for info in checked.alert.infos] == ["en-US", "es-US"]
    assert "ops &amp; night" in peer.requests[0].body.decode()


def test_what_ends_before_it_leaves_is_not_signed(at: Callable[[str], None]) -> None:
    message = a_message()
    with web_peer(lambda _request: Response(200, ALL_GOOD)) as peer:
        at(peer.url)
        with client.open_sender(frozen_for(message, Way.IPAWS)) as sender:
            told = sender._send(message.expires_at + timedelta(minutes=1))
    assert (told.state, told.code) == (SendingState.FAILED, "not-signed")
    assert not peer.requests


@pytest.mark.parametrize(
    ("response", "state", "parts"),
    [
        (Response(200, ALL_GOOD), "ACCEPTED", ["ACCEPTED", "ACCEPTED", "ACCEPTED", "STOPPED"]),
        (
            Response(200, posted(run("CAPEXCH", "200", "N", "Ack"), run("CMAS", "615", "Y", "signer-not-authorized"))),
            "UNCONFIRMED",
            ["ACCEPTED", "FAILED"],
        ),
        (Response(200, posted(run("CAPEXCH", "208", "Y", "alert-signature-not-valid"))), "FAILED", ["FAILED"]),
        (Response(200, posted(run("IPAWS", "303", "Y", "sent too late"))), "FAILED", ["FAILED"]),
        (Response(200, posted(run("CAPEXCH", "299", "N", "new words"))), "UNCONFIRMED", ["UNCONFIRMED"]),
        (
            Response(200, posted(run("EAS", "500", "N", "Ack"), run("", "800", "N", "Ack"))),
            "ACCEPTED",
            ["ACCEPTED"] * 2,
        ),
        (
            Response(
                200,
                posted(
                    run("CMAS", "600", "N", "Ack"),
                    run("CMAS", "198", "Y", "gateway-endpoint-invalid-response"),
                    run("sendinggatewayid", "10", "N", "Ack"),
                ),
            ),
            "UNCONFIRMED",
            ["ACCEPTED", "FAILED", "ACCEPTED"],
        ),
        (Response(200, posted(run("CAPEXCH", "201", "Y", "duplicate-identifier"))), "FAILED", ["FAILED"]),
        (Response(200, posted(run("CMAS", "600", "", "Ack"))), "UNCONFIRMED", ["UNCONFIRMED"]),
        (Response(200, posted()), "UNCONFIRMED", []),
        (Response(200, FAULT), "FAILED", []),
        (Response(500, FAULT), "FAILED", []),
        (Response(200, b"<html>maintenance</html>"), "UNCONFIRMED", []),
        (Response(200, b"<!DOCTYPE x [<!ENTITY e 'x'>]><x>&e;</x>"), "UNCONFIRMED", []),
        (Response(502, b"bad gateway"), "UNCONFIRMED", []),
        (Response(503, b"", {"retry-after": "20"}), "WAITING", []),
        (Response(None), "UNCERTAIN", []),
    ],
)
def test_every_answer_is_understood_or_said_to_be_unclear(
    at: Callable[[str], None], response: Response, state: str, parts: list[str]
) -> None:
    told, _ = send_to(response, at)
    assert told.state.value == state
    assert [part.state.value for part in told.parts] == parts


def test_link_test_asks_for_an_answer_and_sends_no_alert(at: Callable[[str], None]) -> None:
    pong = posted().replace(b"identifier", b"ACK").replace(b"X-1", b"PONG")

    def answer(request: Request) -> Response:
        assert b"getAck" in request.body
        assert b"<alert" not in request.body
        return Response(200, pong)

    with web_peer(answer) as peer:
        at(peer.url)
        assert client.check() == ""
    with web_peer(lambda _request: Response(200, FAULT)) as peer:
        at(peer.url)
        assert client.check() == "soap-fault"
    assert client.check().startswith("connect-")


@pytest.mark.parametrize(
    ("cog", "days", "code"),
    [
        ("120999", 0, ""),
        ("120998", 0, "certificate-other-group"),
        ("12099", 0, "certificate-other-group"),
        ("9", 0, "certificate-other-group"),
        ("", 0, "certificate-other-group"),
        ("120999", 3, "certificate-ended"),
        ("120999", -3, "certificate-not-yet"),
    ],
)
def test_certificate_is_looked_at_before_it_is_needed(cog: str, days: int, code: str) -> None:
    key, pem = cog_pair()
    now = datetime.now(UTC) + timedelta(days=days)
    assert certificate.problem(pem, key, cog, now) == code


@pytest.mark.parametrize("name", ["IPAWSOPEN_120999", "IPAWSOPEN120999", "IPAWS OPEN 0120999"])
def test_group_is_read_from_every_form_of_the_certificates_name(name: str) -> None:
    key, pem = cog_pair(name)
    assert certificate.problem(pem, key, "120999", datetime.now(UTC)) == ""


def test_certificate_of_another_key_or_kind_is_told() -> None:
    key, pem = cog_pair()
    now = datetime.now(UTC)
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    curve = ec.generate_private_key(ec.SECP256R1())
    assert certificate.problem(pem, as_pem(other), "120999", now) == "certificate-other-key"
    assert certificate.problem(pem, as_pem(curve), "120999", now) == "certificate-form"
    assert certificate.problem(b"no certificate", key, "120999", now) == "certificate-form"


def as_pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def test_link_test_tells_of_the_certificate_and_asks_nobody(at: Callable[[str], None], settings: Any) -> None:
    with web_peer(lambda _request: Response(200, ALL_GOOD)) as peer:
        at(peer.url)
        settings.ALLHANDS_IPAWS_COG = "999999"
        assert client.check() == "certificate-other-group"
        assert not peer.requests


def test_public_list_is_read_back_for_our_own_identifier(at: Callable[[str], None]) -> None:
    document = frozen_for(a_message(), Way.IPAWS).file(NAME)
    assert document is not None
    alert = document.content.partition(b"?>")[2]
    listed = b'<ns1:alerts xmlns:ns1="http://gov.fema.ipaws.services/feed">' + alert + b"</ns1:alerts>"
    with web_peer(lambda _request: Response(200, listed)) as peer:
        at(peer.url)
        given = find_ipaws_settings()
        assert given is not None
        assert feed.released(given, datetime.now(UTC)) == frozenset({"ah-bcd4fgh7jk2mnp5q"})
        assert "/feed/public/recent/" in peer.requests[0].path
    assert feed.released(given, datetime.now(UTC)) is None


def test_answer_that_is_no_soap_is_none() -> None:
    assert answers.read(b"\x00\x01") is None
    assert answers.read(b"<a/>") is None


def holding(request: Request, identifier: str, alert: bytes) -> Response:
    """A server that lists a message and hands over two, one of which nobody can read."""
    assert (
        b"<req:parameterName>sent</req:parameterName><req:comparisonOp>greaterthan</req:comparisonOp>" in request.body
    )
    assert b"2026-11-24T19:30:00Z" in request.body
    if b"getMessageListAll" in request.body:
        return Response(200, posted().replace(b"X-1", identifier.encode()))
    broken = b'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><sent>never</sent></alert>'
    head, tail = posted().split(b"<r:parameterListItem>")[0], b"</n:postCAPResponseTypeDef></s:Body></s:Envelope>"
    return Response(200, head + broken + alert + tail)


def test_ipaws_is_asked_which_messages_it_holds(at: Callable[[str], None]) -> None:
    document = frozen_for(a_message(), Way.IPAWS).file(NAME)
    assert document is not None
    alert, since = document.content.partition(b"?>")[2], datetime(2026, 11, 24, 19, 30, tzinfo=UTC)
    with web_peer(lambda request: holding(request, "ah-listed", alert)) as peer:
        at(peer.url)
        given = find_ipaws_settings()
        assert given is not None
        assert messages.held(given, since) == frozenset({"ah-listed", "ah-bcd4fgh7jk2mnp5q"})
        actions = [request.headers["soapaction"] for request in peer.requests]
        assert actions == [f'"{SERVICE}getRequest"', f'"{SERVICE}getMessage"']
    for answer in (Response(200, FAULT), Response(200, b"<html/>"), Response(None), Response(503, b"")):
        with web_peer(lambda _request, answer=answer: answer) as peer:  # type: ignore[misc]  # bound now
            at(peer.url)
            given = find_ipaws_settings()
            assert given is not None
            assert messages.held(given, since) is None


@pytest.mark.django_db
def test_a_copy_without_answer_is_settled_when_ipaws_says_it_holds_it(at: Callable[[str], None]) -> None:
    now = datetime.now(UTC)
    message = a_message(sent_at=now, expires_at=now + timedelta(hours=24))
    with web_peer(lambda _request: Response(200, posted().replace(b"X-1", message.identifier.encode()))) as peer:
        at(peer.url)
        api.broadcast(message, [Way.IPAWS], {}, now)
        with acting_as(SYSTEM):
            models.Sending.objects.update(state=SendingState.UNCERTAIN.value, changed_at=now)
        assert released.look_for_released(now + timedelta(minutes=2)) == 1
        assert released.look_for_released(now + timedelta(minutes=4)) == 0, "accepted is not asked about again"
    with acting_as(SYSTEM):
        copy = models.Sending.objects.get()
    assert (copy.state, copy.code, copy.final_at) == ("ACCEPTED", "held-by-ipaws", None)

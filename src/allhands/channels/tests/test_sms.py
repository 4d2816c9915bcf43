"""Text messages: cut by septets, sent by SMPP and HTTP to real servers, answered, stopped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest
from aiosmpplib.state import SmppCommandStatus as Status
from hypothesis import given
from hypothesis import strategies as st

from allhands.alerts.contracts import EventCode
from allhands.channels.actions import receipts
from allhands.channels.contracts import SendingState, Way
from allhands.channels.listeners import Keyword
from allhands.channels.sms import callbacks, client, keywords, quiet
from allhands.channels.sms.segments import Alphabet, octets, segment
from allhands.channels.tests.messages import SPANISH, a_message
from allhands.channels.tests.peers import Response, a_receipt, a_reply, smsc, web_peer
from allhands.channels.tests.sending import a_copy, frozen_for, send_all

NUMBER = "+17015550111"


@pytest.mark.parametrize(
    ("text", "parts", "alphabet"),
    [
        ("a" * 160, [160], Alphabet.GSM),
        ("a" * 161, [153, 8], Alphabet.GSM),
        ("€" * 80, [80], Alphabet.GSM),
        ("€" * 81, [76, 5], Alphabet.GSM),
        ("a" * 152 + "€" + "b" * 20, [152, 21], Alphabet.GSM),
        ("á" + "a" * 69, [70], Alphabet.UCS2),
        ("x" * 66 + "😀" + "y" * 20, [66, 21], Alphabet.UCS2),
    ],
)
def test_text_is_cut_by_septets_and_no_pair_is_torn(text: str, parts: list[int], alphabet: Alphabet) -> None:
    cut = segment(text)
    assert [len(part) for part in cut.parts] == parts
    assert cut.alphabet is alphabet
    assert "".join(cut.parts) == text


@given(st.text(max_size=500))
def test_every_text_comes_together_again_and_every_part_fits(text: str) -> None:
    text = text.encode("utf-16", "ignore").decode("utf-16")
    cut = segment(text)
    assert "".join(cut.parts) == text
    limits = {Alphabet.GSM: (160, 153), Alphabet.UCS2: (140, 134)}[cut.alphabet]
    assert all(len(octets(part, cut.alphabet)) <= limits[len(cut.parts) > 1] for part in cut.parts)


@pytest.fixture
def by_smpp(settings: Any) -> Callable[[int], None]:
    def use(port: int) -> None:
        settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_FROM = "smpp", "55555"
        settings.ALLHANDS_SMPP_HOST, settings.ALLHANDS_SMPP_PORT = "127.0.0.1", port
        settings.ALLHANDS_SMPP_SYSTEM_ID, settings.ALLHANDS_SMPP_PASSWORD = "allhands", "secret"
        settings.ALLHANDS_SMPP_RATE = 10_000

    return use


def test_smpp_sends_all_parts_and_names_the_first(by_smpp: Callable[[int], None]) -> None:
    frozen = frozen_for(a_message(), Way.SMS)
    with smsc() as centre:
        by_smpp(centre.port)
        told = send_all(client.open_sender, frozen, [a_copy(1, NUMBER), a_copy(2, NUMBER, language="es")])
        assert client.check() == ""
    assert [one.state for one in told] == [SendingState.ACCEPTED] * 2
    assert told[0].provider_id == "m1"
    text = frozen.in_language("sms", "en", "txt")
    assert text is not None
    parts = segment(text.text).parts
    raw = centre.raw[0]
    assert len(parts) > 1
    assert b"\x05\x00\x03" in raw, "the header that joins parts"
    assert octets(parts[0], Alphabet.GSM) in raw
    assert centre.submitted[0].destination.number == "17015550111"
    assert "Maya" in text.text


def test_throttled_part_alone_is_sent_again(by_smpp: Callable[[int], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("allhands.channels.sms.smpp._THROTTLE_SECONDS", 0)
    with smsc(lambda n: Status.ESME_RTHROTTLED if n == 2 else Status.ESME_ROK) as centre:
        by_smpp(centre.port)
        [told] = send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER)])
    assert told.state is SendingState.ACCEPTED
    count = len(centre.raw)
    assert len({raw[16:] for raw in centre.raw}) == count - 1, "one part twice, no other"


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (Status.ESME_RINVDSTADR, SendingState.FAILED),
        (Status.ESME_RTHROTTLED, SendingState.WAITING),
        (None, SendingState.UNCERTAIN),
    ],
)
def test_smpp_says_no_or_nothing(
    by_smpp: Callable[[int], None], monkeypatch: pytest.MonkeyPatch, status: Status | None, state: SendingState
) -> None:
    monkeypatch.setattr("allhands.channels.sms.smpp._THROTTLE_SECONDS", 0)
    with smsc(lambda _n: status) as centre:
        by_smpp(centre.port)
        told = send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER), a_copy(2, NUMBER)])
    assert told[0].state is state
    assert told[0].is_gone is (status is Status.ESME_RINVDSTADR)


def test_receipts_and_people_are_heard_while_sending(
    by_smpp: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[Any] = []
    monkeypatch.setattr(receipts, "record_receipt", lambda receipt, _now: heard.append(receipt))

    def obey(number: str, text: str, _now: object) -> str:
        heard.append((number, text))
        return "bye"

    monkeypatch.setattr("allhands.channels.actions.inbound_sms.obey", obey)
    with smsc(speak=lambda n: [a_receipt("m0"), a_reply("STOP")] if n == 1 else []) as centre:
        by_smpp(centre.port)
        send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER)])
    assert (heard[0].provider_id, heard[0].state) == ("m0", SendingState.DELIVERED)
    assert heard[1] == (NUMBER, "STOP")
    assert centre.submitted[-1].short_message == "bye"
    assert centre.answered.count(0x80000005) == 2, "every deliver_sm is answered"


@pytest.mark.parametrize(
    ("ids", "told", "meant"), [("same", "m1", "m1"), ("hex-to-decimal", "0031", "1f"), ("decimal-to-hex", "1F", "31")]
)
def test_receipt_ids_come_back_as_the_provider_writes_them(ids: str, told: str, meant: str) -> None:
    assert client._as_submitted(told, ids) == meant


@pytest.fixture
def by_http(settings: Any) -> Callable[[str, str], None]:
    def use(style: str, url: str) -> None:
        settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_URL = style, f"{url}/{{account}}/messages"
        settings.ALLHANDS_SMS_ACCOUNT, settings.ALLHANDS_SMS_TOKEN = "AC1", "token"
        settings.ALLHANDS_SMS_FROM = "+17015550199"

    return use


def test_form_style_posts_whole_text_with_sign_in(by_http: Callable[[str, str], None]) -> None:
    with web_peer(lambda _r: Response(201, b'{"sid": "SM9", "status": "queued"}')) as peer:
        by_http("form", peer.url)
        [told] = send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER, language="es")])
    assert (told.state, told.provider_id) == (SendingState.ACCEPTED, "SM9")
    [request] = peer.requests
    fields = parse_qs(request.body.decode())
    assert request.path == "/AC1/messages"
    assert request.headers["authorization"].startswith("Basic ")
    assert fields["To"] == [NUMBER]
    assert SPANISH.name in fields["Body"][0]
    assert fields["StatusCallback"][0].endswith("/hooks/sms")


@pytest.mark.parametrize(
    ("response", "state", "gone"),
    [
        (Response(202, b'{"id": "17x", "to": []}'), SendingState.ACCEPTED, False),
        (Response(202, b"<html>busy</html>"), SendingState.UNCONFIRMED, False),
        (Response(204, b""), SendingState.UNCONFIRMED, False),
        (Response(500, b"oops"), SendingState.UNCONFIRMED, False),
        (Response(429, b"", {"retry-after": "7"}), SendingState.WAITING, False),
        (Response(400, b'{"code": 21610, "message": "unsubscribed"}'), SendingState.FAILED, True),
        (Response(302, b"", {"location": "https://elsewhere.example"}), SendingState.FAILED, False),
        (Response(None), SendingState.UNCERTAIN, False),
    ],
)
def test_json_style_understands_every_answer(
    by_http: Callable[[str, str], None], response: Response, state: SendingState, gone: bool
) -> None:
    with web_peer(lambda _r: response) as peer:
        by_http("json", peer.url)
        [told] = send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER)])
    assert (told.state, told.is_gone) == (state, gone)
    assert json.loads(peer.requests[0].body)["to"] == [NUMBER]
    if response.status == 429:
        assert told.retry_after is not None
        assert told.retry_after.total_seconds() == 7


def test_callbacks_need_the_accounts_signature() -> None:
    url, token, form = "https://a.example/hooks/sms", "12345", "application/x-www-form-urlencoded"
    body = b"MessageSid=SM9&MessageStatus=delivered"
    good = callbacks.sign(url, [("MessageSid", "SM9"), ("MessageStatus", "delivered")], token)
    assert callbacks.is_signed(url, body, form, good, token)
    assert not callbacks.is_signed(url, body + b"x", form, good, token)
    assert not callbacks.is_signed(url, body, form, good, "")
    document = b'[{"type": "message-failed", "errorCode": 4432, "message": {"id": "17x"}}]'
    signed = f"{url}?bodySHA256={hashlib.sha256(document).hexdigest()}"
    assert callbacks.is_signed(signed, document, "application/json", callbacks.sign(signed, [], token), token)
    assert not callbacks.is_signed(url, document, "application/json", callbacks.sign(url, [], token), token)
    [receipt] = callbacks.read(document, "application/json")
    assert isinstance(receipt, receipts.Receipt)
    assert (receipt.provider_id, receipt.state, receipt.code) == ("17x", SendingState.FAILED, "4432")


@given(st.binary(max_size=200), st.sampled_from(["application/json", "text/plain", ""]))
def test_strangers_bytes_are_read_or_left(body: bytes, content_type: str) -> None:
    callbacks.read(body, content_type)
    assert not callbacks.is_signed("https://a.example", body, content_type, "x", "token")


@pytest.mark.parametrize(
    ("local", "event", "leaves"),
    [
        ("2026-11-23T20:59", EventCode.MEP, "2026-11-23T20:59"),
        ("2026-11-23T21:00", EventCode.MEP, "2026-11-24T08:00"),
        ("2026-11-24T03:10", EventCode.MEP, "2026-11-24T08:00"),
        ("2026-11-24T08:00", EventCode.MEP, "2026-11-24T08:00"),
        ("2026-11-24T03:10", EventCode.CAE, "2026-11-24T03:10"),
    ],
)
def test_nights_are_quiet_unless_a_child_was_abducted(local: str, event: EventCode, leaves: str) -> None:
    zone = ZoneInfo("America/Chicago")
    now = datetime.fromisoformat(local).replace(tzinfo=zone).astimezone(UTC)
    wanted = datetime.fromisoformat(leaves).replace(tzinfo=zone)
    assert quiet.first_moment(a_message(event=event), now) == wanted


@pytest.mark.parametrize("text", ["STOP", "stop.", " Stop all ", "¡ALTO!", "Parar", "opt-out", "baja", "BASTA"])
def test_stop_is_understood_in_both_languages(text: str) -> None:
    found = keywords.keyword_of(text)
    assert found is not None
    assert found[0] is Keyword.STOP

"""Text messages: cut by septets, sent by SMPP and HTTP to real servers, answered, stopped."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

import pytest
from aiosmpplib.state import SmppCommandStatus as Status
from hypothesis import given
from hypothesis import strategies as st

from allhands.alerts.contracts import Circle, EventCode
from allhands.channels.actions import receipts
from allhands.channels.contracts import SendingState, Way
from allhands.channels.listeners import Keyword
from allhands.channels.sms import callbacks, client, keywords, message_ids, pdu, quiet
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
    ("ids", "answer", "receipt", "is_same"),
    [
        ("same", "m1", "m1", True),
        ("same", "1F", "31", False),
        ("hex-to-decimal", "1f", "0031", True),
        ("hex-to-decimal", "0000001F", "0000000031", True),
        ("hex-to-decimal", "1F", "32", False),
        ("decimal-to-hex", "31", "1F", True),
        ("decimal-to-hex", "0031", "001f", True),
        ("decimal-to-hex", "m1", "m1", True),
        ("hex-to-decimal", "1_F", "31", False),
    ],
)
def test_ids_told_twice_are_the_same_however_they_are_written(
    ids: str, answer: str, receipt: str, is_same: bool
) -> None:
    assert (message_ids.from_answer(answer, ids) == message_ids.from_receipt(receipt, ids)) is is_same


def test_id_in_the_answer_is_kept_in_the_form_receipts_are_turned_to(
    by_smpp: Callable[[int], None], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ALLHANDS_SMPP_IDS = "decimal-to-hex"
    monkeypatch.setattr(pdu, "read_message_id", lambda _body: "0000000031")
    with smsc() as centre:
        by_smpp(centre.port)
        [told] = send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER)])
    assert told.provider_id == message_ids.from_receipt("1F", "decimal-to-hex")


def a_delivery(content: bytes, *, esm_class: int = 0, coding: int = 0, options: bytes = b"") -> bytes:
    """Body of a deliver_sm."""
    addresses = b"\x00" + b"\x01\x0117015550111\x00" + b"\x03\x0055555\x00"
    head = bytes([esm_class, 0, 0, 0, 0, 0, 0, coding, 0, len(content)])
    return addresses + head + content + options


RECEIPT = b"id:m1 sub:001 dlvrd:001 submit date:2611231200 done date:2611231201 stat:DELIVRD err:000 text:x"


def test_receipt_is_what_the_centre_marks_as_one() -> None:
    assert pdu.read_delivered(a_delivery(RECEIPT, esm_class=0x04)).receipt_id == "m1"
    assert pdu.read_delivered(a_delivery(RECEIPT, esm_class=0x20)).receipt_id == "m1"
    named = b"\x00\x1e\x00\x03m2\x00\x04\x27\x00\x01\x02"
    assert pdu.read_delivered(a_delivery(RECEIPT, options=named)).receipt_id == "m2"
    quoting = RECEIPT.replace(b"text:x", b"TEXT:id:m9 stat:UNDELIV")
    quoted = pdu.read_delivered(a_delivery(quoting, esm_class=0x04))
    assert (quoted.receipt_id, quoted.state) == ("m1", "DELIVRD"), "the message itself says nothing of its way"
    forged = pdu.read_delivered(a_delivery(RECEIPT))
    assert (forged.is_receipt, forged.receipt_id) == (False, ""), "anybody can write these words"
    strange = pdu.read_delivered(a_delivery(b"STOP", esm_class=0x04))
    assert (strange.is_receipt, strange.receipt_id) == (True, ""), "and nobody said stop"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (a_delivery(b"ESPA\x5dOL"), "ESPAÑOL"),
        (a_delivery(b"ingl\x05s"), "inglés"),
        (a_delivery(b"[\x1b\x65] \x1b\x3cSTOP\x1b\x3e \x1bA\x1b"), "Ä€Ñ [STOP] A"),
        (a_delivery("español".encode("latin-1")), "español"),
        (a_delivery("español".encode("latin-1"), coding=3), "español"),
        (a_delivery("español".encode("utf-16-be"), coding=8), "español"),
        (a_delivery(b"", options=b"\x04\x24\x00\x04STOP"), "STOP"),
        (a_delivery(b"\x05\x00\x03\x01\x02\x01STOP", esm_class=0x40), "STOP"),
    ],
    ids=[
        "GSM",
        "GSM with an accent",
        "GSM with letters of two codes",
        "eight bits unasked",
        "Latin-1",
        "UCS-2",
        "payload",
        "part of several",
    ],
)
def test_peoples_words_are_read_in_every_alphabet(body: bytes, text: str) -> None:
    assert pdu.read_delivered(body).text == text


@given(st.binary(max_size=120))
def test_strangers_delivery_is_read_or_refused(body: bytes) -> None:
    with contextlib.suppress(pdu.PduError):
        assert isinstance(pdu.read_delivered(body).text, str)


def test_forged_receipt_is_heard_as_words_and_strange_one_not_at_all(
    by_smpp: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(receipts, "record_receipt", lambda _receipt, _now: heard.append("receipt"))

    def obey(_number: str, text: str, _now: object) -> str:
        heard.append(text)
        return ""

    monkeypatch.setattr("allhands.channels.actions.inbound_sms.obey", obey)
    words = RECEIPT.decode()
    strange = a_receipt("m0")
    strange.short_message = "no words of a receipt"
    with smsc(speak=lambda n: [a_reply(words), strange] if n == 1 else []) as centre:
        by_smpp(centre.port)
        send_all(client.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBER)])
    assert heard == [words]
    assert centre.answered.count(0x80000005) == 2


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


_EAST, _WEST = (46.9, -97.2), (46.4, -103.2)  # Fargo's clock and, beyond the Missouri, Denver's


@pytest.mark.parametrize(
    ("central", "leaves"),
    [
        ("2026-11-23T20:59", "2026-11-23T20:59"),  # 19:59 in the west: evening in both
        ("2026-11-23T21:00", "2026-11-24T09:00"),  # 8:00 would wake the west at 7:00
        ("2026-11-24T08:10", "2026-11-24T09:00"),  # day in the east, still night in the west
        ("2026-11-24T09:00", "2026-11-24T09:00"),
    ],
)
@pytest.mark.parametrize("ring", [(_EAST, _WEST, (46.9, -103.2), _EAST), (_WEST, (46.9, -103.2), _EAST, _WEST)])
def test_it_is_night_while_it_is_night_in_one_time_zone_of_the_area(
    ring: tuple[tuple[float, float], ...], central: str, leaves: str
) -> None:
    zone = ZoneInfo("America/Chicago")
    now, wanted = (datetime.fromisoformat(one).replace(tzinfo=zone) for one in (central, leaves))
    area = replace(a_message().area, polygons=(ring,))
    assert quiet.first_moment(a_message(event=EventCode.MEP, area=area), now.astimezone(UTC)) == wanted


def test_a_circle_reaches_into_the_next_time_zone() -> None:
    area = replace(a_message().area, polygons=(), circles=(Circle(centre=(46.8, -100.8), radius_km=120),))
    now = datetime(2026, 11, 24, 8, 10, tzinfo=ZoneInfo("America/Chicago"))
    assert quiet.first_moment(a_message(event=EventCode.MEP, area=area), now) == now.replace(hour=9, minute=0)


@pytest.mark.parametrize(
    "text",
    [
        "STOP",
        "stop.",
        " Stop all ",
        "¡ALTO!",
        "Parar",
        "opt-out",
        "baja",
        "BASTA",
        "Please STOP texting me",
        "stop stop STOP",
        "I want to opt out",
        "Alto por favor",
        "quiero cancelar las alertas",
        "END ALL MESSAGES",
    ],
)
def test_stop_is_understood_in_both_languages(text: str) -> None:
    found = keywords.keyword_of(text)
    assert found is not None
    assert found[0] is Keyword.STOP


@pytest.mark.parametrize(
    "text",
    ["Stop sign on Main St", "she got off at the bus stop", "please", "all", "help me", "texts", "el fin del camino"],
)
def test_what_somebody_saw_is_no_stop(text: str) -> None:
    assert keywords.keyword_of(text) is None

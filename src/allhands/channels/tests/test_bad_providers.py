"""Providers that take a message and never answer, answer twice, or tell the same thing twice."""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiosmpplib.state import SmppCommandStatus as Status

from allhands.alerts.contracts import Subscriber
from allhands.channels import api, lines, models
from allhands.channels.actions import receipts
from allhands.channels.actions.receipts import Receipt
from allhands.channels.contracts import SendingState, Way
from allhands.channels.copies import Told, accepted
from allhands.channels.outgoing_http import open_http
from allhands.channels.push import client as push
from allhands.channels.sms import client as sms
from allhands.channels.sms.configuration import SmppSettings, find_sms_settings
from allhands.channels.sms.pdu import Delivered
from allhands.channels.tests.browsers import Browser
from allhands.channels.tests.messages import SENT, a_message
from allhands.channels.tests.peers import Request, Response, smsc, web_peer
from allhands.channels.tests.sending import a_copy, frozen_for, send_all
from allhands.channels.webhooks import client as webhooks
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

NUMBERS = [f"+170155501{number:02}" for number in range(12)]


@pytest.fixture
def silence(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Kept until the test is over; we wait a fifth of a second for an answer, not half a minute."""
    for module in ("outgoing_http", "sms.smpp", "ipaws.client"):
        monkeypatch.setattr(f"allhands.channels.{module}._ANSWER_SECONDS", 0.2)
    over = threading.Event()
    yield over
    over.set()


@pytest.fixture
def by_http(settings: Any) -> Callable[[str], None]:
    def use(url: str) -> None:
        settings.ALLHANDS_WEBHOOK_PRIVATE = True
        settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_URL = "json", f"{url}/messages"
        settings.ALLHANDS_SMS_ACCOUNT, settings.ALLHANDS_SMS_TOKEN = "AC1", "token"
        settings.ALLHANDS_SMS_FROM = "+17015550199"

    return use


@pytest.fixture
def by_smpp(settings: Any) -> Callable[[int], None]:
    def use(port: int) -> None:
        settings.ALLHANDS_SMS_PROVIDER, settings.ALLHANDS_SMS_FROM = "smpp", "55555"
        settings.ALLHANDS_SMPP_HOST, settings.ALLHANDS_SMPP_PORT = "127.0.0.1", port
        settings.ALLHANDS_SMPP_SYSTEM_ID, settings.ALLHANDS_SMPP_PASSWORD = "allhands", "secret"
        settings.ALLHANDS_SMPP_RATE = 10_000

    return use


def uncertain(told: Told) -> bool:
    return told.state is SendingState.UNCERTAIN and not told.is_gone


def test_text_provider_that_takes_and_never_answers_leaves_it_uncertain(
    by_http: Callable[[str], None], silence: threading.Event
) -> None:
    def never(_request: Request) -> Response:
        silence.wait(60)
        return Response(None)

    with web_peer(never) as peer:
        by_http(peer.url)
        told = send_all(sms.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(n, NUMBERS[n]) for n in range(2)])
        silence.set()
    assert [uncertain(one) for one in told] == [True, True]
    assert len(peer.requests) == 2, "asked once for each, never again"


def test_webhook_that_takes_and_never_answers_leaves_it_uncertain(
    by_http: Callable[[str], None], silence: threading.Event
) -> None:
    def never(_request: Request) -> Response:
        silence.wait(60)
        return Response(None)

    with web_peer(never) as peer:
        by_http(peer.url)
        [told] = send_all(webhooks.open_sender, frozen_for(a_message(), Way.WEBHOOKS), [a_copy(1, f"{peer.url}/hook")])
        silence.set()
    assert uncertain(told)
    assert len(peer.requests) == 1


def test_message_centre_that_takes_and_never_answers_leaves_it_uncertain(
    by_smpp: Callable[[int], None], silence: threading.Event
) -> None:
    def never(_number: int) -> Status | None:
        silence.wait(60)
        return None

    with smsc(never) as centre:
        by_smpp(centre.port)
        told = send_all(sms.open_sender, frozen_for(a_message(), Way.SMS), [a_copy(1, NUMBERS[1])])
        silence.set()
    assert [uncertain(one) for one in told] == [True]


def test_answer_given_twice_is_never_taken_for_somebody_elses(by_http: Callable[[str], None]) -> None:
    """An answer too many on a line that stays open would be the next person's."""

    def twice(request: Request) -> Response:
        number = request.body.partition(b'"+')[2].partition(b'"')[0].decode()
        return Response(202, f'{{"id": "for-{number}"}}'.encode(), times=2)

    with web_peer(twice) as peer:
        by_http(peer.url)
        frozen = frozen_for(a_message(), Way.SMS)
        told = send_all(sms.open_sender, frozen, [a_copy(n, number) for n, number in enumerate(NUMBERS)])
    assert len(peer.requests) == len(NUMBERS), "no text goes twice"
    for number, one in zip(NUMBERS, told, strict=True):
        is_own = (one.state, one.provider_id) == (SendingState.ACCEPTED, f"for-{number.lstrip('+')}")
        assert is_own or (one.state, one.code) == (SendingState.UNCONFIRMED, "answer-of-another"), number


def test_a_no_given_twice_ends_nobody_else(by_http: Callable[[str], None]) -> None:
    def first_refused(request: Request) -> Response:
        if NUMBERS[0].encode() in request.body:
            return Response(400, b'{"code": 21610, "message": "unsubscribed"}', times=2)
        return Response(202, b'{"id": "SM' + request.body.partition(b'"+')[2][:11] + b'"}')

    with web_peer(first_refused) as peer:
        by_http(peer.url)
        frozen = frozen_for(a_message(), Way.SMS)
        told = send_all(sms.open_sender, frozen, [a_copy(n, number) for n, number in enumerate(NUMBERS)])
    assert [one.is_gone for one in told] == [True] + [False] * (len(NUMBERS) - 1)
    assert {one.state for one in told[1:]} == {SendingState.ACCEPTED}


MANY = 60


def third_is_gone(request: Request) -> Response:
    """Every third address no longer exists, and is told so twice."""
    if is_gone(int(request.path.rpartition("/")[2])):
        return Response(410, times=2)
    return Response(201, headers={"location": f"/messages{request.path}"})


def is_gone(number: int) -> bool:
    return number % 3 == 0


def test_a_webhooks_no_given_twice_ends_nobody_else(by_http: Callable[[str], None]) -> None:
    with web_peer(third_is_gone) as peer:
        by_http(peer.url)
        copies = [a_copy(n, f"{peer.url}/hook/{n}") for n in range(MANY)]
        told = send_all(webhooks.open_sender, frozen_for(a_message(), Way.WEBHOOKS), copies)
    assert len(peer.requests) == MANY, "nobody is called twice"
    assert [one.is_gone for one in told] == [is_gone(n) for n in range(MANY)]
    assert {one.state for one in told if not one.is_gone} == {SendingState.ACCEPTED}


@pytest.mark.usefixtures("push_key")
def test_a_browsers_no_given_twice_ends_nobody_else() -> None:
    with web_peer(third_is_gone) as peer:
        copies = [a_copy(n, Browser(f"{peer.url}/push/{n}").subscription) for n in range(MANY)]
        told = send_all(push.open_sender, frozen_for(a_message(), Way.PUSH), copies)
    assert len(peer.requests) == MANY
    assert [one.is_gone for one in told] == [is_gone(n) for n in range(MANY)]
    assert {one.state for one in told if not one.is_gone} == {SendingState.ACCEPTED}


@pytest.mark.usefixtures("push_key")
def test_a_browsers_yes_given_twice_is_never_taken_for_anothers() -> None:
    def twice(request: Request) -> Response:
        return Response(201, headers={"location": f"/messages{request.path}"}, times=2)

    with web_peer(twice) as peer:
        paths = [f"/push/{n}" for n in range(24)]
        copies = [a_copy(n, Browser(f"{peer.url}{path}").subscription) for n, path in enumerate(paths)]
        told = send_all(push.open_sender, frozen_for(a_message(), Way.PUSH), copies)
    for path, one in zip(paths, told, strict=True):
        own = hashlib.sha256(f"/messages{path}".encode()).hexdigest()
        is_own = (one.state, one.provider_id) == (SendingState.ACCEPTED, own)
        assert is_own or (one.state, one.code) == (SendingState.UNCONFIRMED, "answer-of-another"), path


def test_message_centre_that_answers_twice_is_heard_once(by_smpp: Callable[[int], None]) -> None:
    with smsc(times=2) as centre:
        by_smpp(centre.port)
        frozen = frozen_for(a_message(), Way.SMS)
        told = send_all(sms.open_sender, frozen, [a_copy(n, NUMBERS[n]) for n in range(4)])
    assert [one.state for one in told] == [SendingState.ACCEPTED] * 4
    assert len({one.provider_id for one in told}) == 4
    assert len({raw[12:] for raw in centre.raw}) == len(centre.raw), "no part goes twice"


@pytest.mark.django_db
def test_receipt_told_twice_counts_once_and_a_later_no_does_not_undo_it() -> None:
    person = Subscriber(key="s1", address=NUMBERS[1], language="en", stop_url="https://a.example/u")
    api.broadcast(a_message(), [Way.SMS], {Way.SMS: [person]}, SENT)
    with acting_as(SYSTEM):
        models.Sending.objects.update(state=SendingState.ACCEPTED.value, provider_id="SM9", accepted_at=SENT)
    arrived = Receipt(way=Way.SMS, provider_id="SM9", status="delivered", state=SendingState.DELIVERED, code="")
    failed = Receipt(way=Way.SMS, provider_id="SM9", status="failed", state=SendingState.FAILED, code="30003")
    later = SENT + timedelta(minutes=1)
    assert [receipts.record_receipt(one, later) for one in (arrived, arrived, failed)] == [True, False, True]
    with acting_as(SYSTEM):
        copy = models.Sending.objects.get()
        steps = list(models.SendingStatus.objects.filter(sending=copy).values_list("state", flat=True))
    assert (copy.state, copy.final_at) == ("DELIVERED", later)
    assert steps.count("DELIVERED") == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kept", "receipt_id", "state"),
    [
        ("1f", "0000000031", "DELIVERED"),
        ("31", "0000000031", "DELIVERED"),
        ("31", "0000000049", "ACCEPTED"),
    ],
    ids=["in hex, before the upgrade", "in decimal", "another's decimal, which is no hex of this one"],
)
def test_receipt_finds_its_text_in_the_form_it_was_kept(
    kept: str, receipt_id: str, state: str, settings: Any, by_smpp: Callable[[int], None]
) -> None:
    by_smpp(1)
    settings.ALLHANDS_SMPP_IDS = "hex-to-decimal"
    person = Subscriber(key="s1", address=NUMBERS[1], language="en", stop_url="https://a.example/u")
    api.broadcast(a_message(), [Way.SMS], {Way.SMS: [person]}, SENT)
    with acting_as(SYSTEM):
        models.Sending.objects.update(state=SendingState.ACCEPTED.value, provider_id=kept, accepted_at=SENT)
    given = find_sms_settings()
    assert isinstance(given, SmppSettings)
    sms.Ear(given)(Delivered(source="1", text="", is_receipt=True, receipt_id=receipt_id, state="DELIVRD"))
    with acting_as(SYSTEM):
        assert models.Sending.objects.get().state == state


def test_lines_that_cannot_be_opened_lose_no_answer_and_hold_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = itertools.count()

    def some(error: Exception) -> httpx.Client:
        if next(opened) < 8:
            return open_http()
        raise error

    copies = [a_copy(n, NUMBERS[0]) for n in range(30)]
    monkeypatch.setattr(lines, "open_http", lambda: some(OSError(24, "Too many open files")))
    with lines.open_lines() as many:
        told = [one.code for _, one in many.send_all(copies, lambda _line, _copy: accepted("taken"))]
    assert sorted(told) == ["line-not-opened"] * 22 + ["taken"] * 8
    opened = itertools.count()
    monkeypatch.setattr(lines, "open_http", lambda: some(RuntimeError("never seen before")))
    with pytest.raises(RuntimeError), lines.open_lines() as many:
        list(many.send_all(copies, lambda _line, _copy: accepted("taken")))

"""Webhooks and web push: signed, guarded, understood; read by verifiers and decrypted by a browser's key."""

from __future__ import annotations

import base64
import json
import socket
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from py_vapid import Vapid02
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from allhands.channels.contracts import SendingState, Way
from allhands.channels.outgoing_http import AddressRefused, Door, check_url
from allhands.channels.push import client as push
from allhands.channels.tests.browsers import Browser
from allhands.channels.tests.messages import a_message
from allhands.channels.tests.peers import Response, web_peer
from allhands.channels.tests.sending import a_copy, frozen_for, send_all
from allhands.channels.webhooks import client as webhooks


@pytest.mark.usefixtures("private_allowed")
def test_webhook_verifies_with_the_standards_own_library_and_keeps_its_id() -> None:
    with web_peer(lambda _r: Response(204)) as peer:
        frozen = frozen_for(a_message(), Way.WEBHOOKS)
        for _ in range(2):
            [told] = send_all(webhooks.open_sender, frozen, [a_copy(1, f"{peer.url}/hook")])
    assert told.state is SendingState.ACCEPTED
    first, second = peer.requests
    body = Webhook(webhooks.secret_of("s1")).verify(first.body, first.headers)
    assert body["type"] == "alert.issued"
    assert b"Maya" not in first.body, "no child's data: a taking back must remove it all"
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    with pytest.raises(WebhookVerificationError):
        Webhook(webhooks.secret_of("s1")).verify(first.body + b" ", first.headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(webhooks.secret_of("s2")).verify(first.body, first.headers)


@pytest.mark.usefixtures("private_allowed")
@pytest.mark.parametrize(
    ("response", "state", "gone"),
    [
        (Response(200), SendingState.ACCEPTED, False),
        (Response(302, headers={"location": "http://169.254.169.254/"}), SendingState.FAILED, False),
        (Response(410), SendingState.FAILED, True),
        (Response(500), SendingState.WAITING, False),
        (Response(429, headers={"retry-after": "90"}), SendingState.WAITING, False),
        (Response(418), SendingState.FAILED, False),
        (Response(None), SendingState.UNCERTAIN, False),
    ],
)
def test_webhook_answers(response: Response, state: SendingState, gone: bool) -> None:
    with web_peer(lambda _r: response) as peer:
        [told] = send_all(webhooks.open_sender, frozen_for(a_message(), Way.WEBHOOKS), [a_copy(1, f"{peer.url}/hook")])
    assert (told.state, told.is_gone) == (state, gone)
    assert len(peer.requests) == 1, "a redirect is never followed"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://127.0.0.1/x", "address-private"),
        ("https://[::1]/x", "address-private"),
        ("https://[::ffff:10.0.0.1]/x", "address-private"),
        ("https://[::127.0.0.1]/x", "address-private"),
        ("https://[fec0::1]/x", "address-private"),
        ("https://[64:ff9b::7f00:1]/x", "address-private"),
        ("https://[2002:7f00:1::]/x", "address-private"),
        ("https://169.254.169.254/latest", "address-private"),
        ("https://10.1.2.3/x", "address-private"),
        ("https://100.64.0.1/x", "address-private"),
        ("https://0.0.0.0/x", "address-private"),
        ("https://224.0.0.1/x", "address-private"),
        ("https://2130706433/x", "address-private"),
        ("http://192.0.2.1/x", "address-not-https"),
        ("ftp://example.org/x", "address-form"),
        ("https://user@example.org/x", "address-form"),
        ("https:///x", "address-form"),
        ("https://@8.8.8.8/x", "address-form"),
        ("https://:@8.8.8.8/x", "address-form"),
        ("https://8.8.8.8\\@127.0.0.1/x", "address-form"),
        ("https://8.8.8.8:99999/x", "address-form"),
        ("https://8.8.8.8:0/x", "address-form"),
        ("https://8.8.8.8:abc/x", "address-form"),
        ("https://[::1", "address-form"),
        ("https://8.8.8.8\x00.example/x", "address-form"),
        ("https://8.8.8.8/\x7f", "address-form"),
        ("https://8.8.8.8/a b", "address-form"),
        ("https://bücher.example/x", "address-form"),
        ("https://①②⑦.0.0.1/x", "address-form"),
        ("https://127.1/x", "address-private"),
        ("https://0177.0.0.1/x", "address-private"),
        ("https://0x7f000001/x", "address-private"),
        ("https://0/x", "address-private"),
        ("https://localhost/x", "address-private"),
        ("https://[2001:0:7f00:1::]/x", "address-private"),
        ("https://[fe80::1%eth0]/x", "address-private"),
        ("https://[fd00:ec2::254]/x", "address-private"),
        ("https://no-such-host.invalid/x", "address-unknown"),
    ],
)
def test_door_is_shut_for_private_addresses(url: str, code: str) -> None:
    with pytest.raises(AddressRefused) as refusal:
        check_url(url, Door())
    assert refusal.value.code == code


def test_one_private_address_among_public_ones_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(0, 0, 0, "", ("8.8.8.8", 443)), (0, 0, 0, "", ("10.0.0.1", 443))]
    monkeypatch.setattr("allhands.channels.outgoing_http.socket.getaddrinfo", lambda *_a, **_k: found)
    with pytest.raises(AddressRefused):
        check_url("https://rebinding.example/x", Door())


def test_a_name_that_changes_between_looking_and_calling_leads_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def answer(host: str | bytes, port: int, *_a: object, **_k: object) -> list[tuple[int, int, int, str, object]]:
        asked.append(host.decode() if isinstance(host, bytes) else host)
        address = "192.88.99.1" if len(asked) == 1 else "127.0.0.1"  # public and nobody's: never called, see below
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    called: list[object] = []

    def call(address: object, *_a: object, **_k: object) -> socket.socket:
        called.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr("allhands.channels.outgoing_http.socket.getaddrinfo", answer)
    monkeypatch.setattr("socket.create_connection", call)
    [told] = send_all(
        webhooks.open_sender, frozen_for(a_message(), Way.WEBHOOKS), [a_copy(1, "https://twice.example/x")]
    )
    assert told.state is SendingState.WAITING
    assert called == [("192.88.99.1", 443)]


@pytest.mark.usefixtures("private_allowed", "push_key")
@pytest.mark.parametrize("spoil", [":99999/1", ":x/1", "/\x7f", "\x00/1"])
def test_an_address_that_no_client_takes_holds_up_nobody_else(spoil: str) -> None:
    with web_peer(lambda _r: Response(201)) as peer:
        host = peer.url.rpartition(":")[0]
        spoilt = Browser(f"{peer.url}{spoil}" if spoil.startswith("/") else f"{host}{spoil}").subscription
        copies = [
            a_copy(1, Browser(f"{peer.url}/1").subscription),
            a_copy(2, spoilt),
            a_copy(3, Browser(f"{peer.url}/3").subscription),
        ]
        told = send_all(push.open_sender, frozen_for(a_message(), Way.PUSH), copies)
    assert [one.state for one in told] == [SendingState.ACCEPTED, SendingState.FAILED, SendingState.ACCEPTED]


def test_push_is_decrypted_by_the_browser_and_signed_by_us(push_key: str) -> None:
    with web_peer(lambda _r: Response(201)) as peer:
        browser = Browser(f"{peer.url}/push/1")
        [told] = send_all(push.open_sender, frozen_for(a_message(), Way.PUSH), [a_copy(1, browser.subscription)])
    assert told.state is SendingState.ACCEPTED
    [request] = peer.requests
    shown = browser.decrypt(request.body)
    assert "Prairie County" in shown["title"]
    assert "Maya" not in json.dumps(shown), "no name on a lock screen"
    assert int(request.headers["ttl"]) > 0
    assert len(request.headers["topic"]) == 32
    assert Vapid02.verify(request.headers["authorization"])
    claims = request.headers["authorization"].split("t=")[1].split(".")[1]
    assert json.loads(base64.urlsafe_b64decode(claims + "=="))["aud"] == f"http://{urlsplit(peer.url).netloc}"
    assert push.public_key(push_key) in request.headers["authorization"]
    assert push.check() == ""


@pytest.mark.parametrize(
    ("subscription", "code"),
    [
        (lambda url: Browser("https://evil.example/1").subscription, "address-not-allowed"),
        (lambda url: "{}", "subscription-form"),
        (lambda url: "[1]", "subscription-form"),
        (lambda url: json.dumps({"endpoint": url, "keys": {"p256dh": "x", "auth": "y"}}), "subscription-form"),
        (lambda url: Browser(url).subscription, "http-410"),
    ],
)
@pytest.mark.usefixtures("push_key")
def test_push_that_cannot_go_is_told(subscription: Callable[[str], str], code: str) -> None:
    with web_peer(lambda _r: Response(410)) as peer:
        copy = a_copy(1, subscription(f"{peer.url}/push/1"))
        [told] = send_all(push.open_sender, frozen_for(a_message(), Way.PUSH), [copy])
    assert (told.state, told.code) == (SendingState.FAILED, code)

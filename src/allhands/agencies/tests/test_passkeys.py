"""Passkeys and codes as an attacker would send them: a key in software that may lie about all that a real one says."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData
from pytest_django import Settings

from allhands.agencies import actions
from allhands.agencies.commands import HelpSignIn
from allhands.agencies.models import Account
from allhands.agencies.tests.conftest import EMAIL, PASSWORD
from allhands.kernel.actors import Actor
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast, account_of

pytestmark = pytest.mark.django_db
Flag = AuthenticatorData.FLAG
HERE = "https://testserver"


@dataclass(frozen=True, kw_only=True)
class Key:
    """A passkey in software.

    Args:
        origin: what its browser says the page was.
        rp_id: for whom it answers.
        is_verified: whether it asked for a finger or a PIN.
    """

    owner: Account
    secret: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(16))
    origin: str = HERE
    rp_id: str = "testserver"
    is_verified: bool = True

    def enrol(self, count: int = 0) -> Authenticator:
        """As it is kept after it was added."""
        cose = ES256.from_cryptography_key(self.secret.public_key())  # type: ignore[no-untyped-call]  # fido2's own
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, cose)
        data = AuthenticatorData.create(_hash(b"testserver"), Flag.UP | Flag.UV | Flag.AT, count, credential)
        client_data = CollectedClientData.create(type="webauthn.create", challenge=b"c", origin=HERE)
        told = {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(client_data),
                "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
            },
            "clientExtensionResults": {"credProps": {"rk": True}},
        }
        return Authenticator.objects.create(
            user=self.owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Desk", "credential": told}
        )

    def answer(self, challenge: str, count: int) -> dict[str, Any]:
        flags = Flag.UP | Flag.UV if self.is_verified else Flag.UP
        data = AuthenticatorData.create(_hash(self.rp_id.encode()), flags, count)
        client_data = CollectedClientData(
            json.dumps({"type": "webauthn.get", "challenge": challenge, "origin": self.origin}).encode()
        )
        signature = self.secret.sign(data + client_data.hash, ec.ECDSA(hashes.SHA256()))
        return {
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(client_data),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(str(self.owner.pk).encode()),
            },
            "clientExtensionResults": {},
        }


def _hash(value: bytes) -> bytes:
    digest = hashes.Hash(hashes.SHA256())
    digest.update(value)
    return digest.finalize()


@pytest.fixture
def key(wren: Actor, settings: Settings) -> Key:
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
    key = Key(owner=account_of(wren))
    key.enrol()
    return key


def challenge(client: Client) -> str:
    told = client.get("/sign-in/passkey", headers={"X-Requested-With": "XMLHttpRequest"}).json()
    return str(told["request_options"]["publicKey"]["challenge"])


def comes_in(client: Client, answer: object) -> bool:
    sent = client.post("/sign-in/passkey", {"credential": json.dumps(answer)})
    assert sent.status_code == 302
    return "_auth_user_id" in client.session


def test_a_passkey_signs_in(key: Key) -> None:
    client = Client()
    assert comes_in(client, key.answer(challenge(client), 1))


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "https://testserver.evil.example"},
        {"origin": "http://testserver"},
        {"rp_id": "evil.example"},
        {"is_verified": False},
        {"secret": ec.generate_private_key(ec.SECP256R1())},
        {"id": b"another key's id"},
    ],
    ids=["origin", "origin that ends otherwise", "no TLS", "for another place", "no finger", "another key", "unknown"],
)
def test_a_passkey_that_is_not_quite_right_lets_nobody_in(key: Key, changed: dict[str, Any]) -> None:
    client = Client()
    assert not comes_in(client, replace(key, **changed).answer(challenge(client), 1))


def test_an_answer_counts_once_and_for_the_browser_that_asked(key: Key) -> None:
    client, other = Client(), Client()
    answer = key.answer(challenge(client), 1)
    challenge(other)
    assert not comes_in(other, answer)
    assert not comes_in(Client(), answer)
    assert comes_in(client, answer)
    client.post("/sign-out")
    assert not comes_in(client, answer)


def test_a_passkey_of_somebody_else_does_not_open_my_account(key: Key, cast: Cast) -> None:
    client = Client()
    assert not comes_in(client, replace(key, owner=account_of(cast.administrator)).answer(challenge(client), 1))


def test_a_copied_passkey_is_refused_and_told_to_the_journal(key: Key) -> None:
    first, copy = Client(), Client()
    assert comes_in(first, key.answer(challenge(first), 7))
    for count in (7, 3, 0):
        assert not comes_in(copy, key.answer(challenge(copy), count)), count
    assert Journal.objects.filter(event=Event.SIGN_IN_FAILED, subject_id=key.owner.pk).count() == 3
    assert comes_in(copy, key.answer(challenge(copy), 8))


def test_a_passkey_that_does_not_count_comes_in_again(key: Key) -> None:
    for _ in range(2):
        client = Client()
        assert comes_in(client, key.answer(challenge(client), 0))


def test_the_copy_is_refused_as_a_second_step_too(key: Key) -> None:
    first = Client()
    assert comes_in(first, key.answer(challenge(first), 7))
    client = Client()
    client.post("/sign-in", {"login": EMAIL, "password": PASSWORD})
    page = client.get("/sign-in/code")
    told = page.context["js_data"]["request_options"]["publicKey"]["challenge"]
    client.post("/sign-in/code", {"credential": json.dumps(key.answer(told, 7))})
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "told",
    [None, [], "", 5, {}, {"id": 1}, {"response": None}, {"response": []}, {"rawId": "AA", "response": {}}]
    + [
        {"id": "AA", "rawId": "AA", "type": "public-key", "response": {"userHandle": handle}} for handle in (1, "é", "")
    ],
    ids=lambda told: json.dumps(told)[:60],
)
def test_what_is_no_passkey_is_no_fault(key: Key, told: object) -> None:
    client = Client()
    challenge(client)
    assert not comes_in(client, told)


@pytest.mark.parametrize("part", ["clientDataJSON", "authenticatorData", "signature", "userHandle"])
@pytest.mark.parametrize("value", [None, 1, "", "é", "AA", [], {}], ids=repr)
def test_an_answer_with_a_part_spoilt_is_no_fault(key: Key, part: str, value: object) -> None:
    client = Client()
    answer = key.answer(challenge(client), 1)
    answer["response"][part] = value
    assert not comes_in(client, answer)


def test_a_code_counts_once_for_as_long_as_it_holds(
    wren: Actor, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(now=timezone.now())
    monkeypatch.setattr("allhands.platform.counts.store.timezone", SimpleNamespace(now=lambda: clock.now))
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.time", SimpleNamespace(time=lambda: clock.now.timestamp()))
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(account_of(wren), secret)
    ahead = totp.format_hotp_value(totp.hotp_value(secret, list(totp.yield_hotp_counters_from_time())[-1]))

    def lets_in(code: str) -> bool:
        browser = Client()
        browser.post("/sign-in", {"login": EMAIL, "password": PASSWORD})
        browser.post("/sign-in/code", {"code": code})
        return "_auth_user_id" in browser.session

    assert lets_in(ahead)
    clock.now += timedelta(seconds=31)
    assert totp.validate_totp_code(secret, ahead), "it still holds"
    assert not lets_in(ahead)
    assert not lets_in(f"{ahead[:3]} {ahead[3:]}")


def test_whoever_has_the_password_holds_up_codes_and_never_the_person(key: Key, cast: Cast, wren: Actor) -> None:
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(key.owner, secret)
    thief = Client(REMOTE_ADDR="192.0.2.66")
    thief.post("/sign-in", {"login": EMAIL, "password": PASSWORD})
    for _ in range(6):
        thief.post("/sign-in/code", {"code": "000000"})
    good = totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time())))
    client = Client()
    client.post("/sign-in", {"login": EMAIL, "password": PASSWORD})
    assert "Too many failed" in client.post("/sign-in/code", {"code": good}).content.decode(), "codes wait, for all"
    assert "_auth_user_id" not in client.session
    with_passkey = Client()
    assert comes_in(with_passkey, key.answer(challenge(with_passkey), 1))
    raw = actions.help_sign_in(cast.administrator, HelpSignIn(member_id=wren.member_id), timezone.now()).raw
    client, new = Client(), "four other quiet words"
    client.post(f"/sign-in/let-in/{raw}", {"password": new})
    client.post("/sign-in", {"login": EMAIL, "password": new})
    assert "_auth_user_id" in client.session
    thief.post("/sign-in/code", {"code": good})
    assert "_auth_user_id" not in thief.session, "what was begun with the old password is over"

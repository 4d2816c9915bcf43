"""What an OpenID provider says is believed only if it signed it, for us, for this very sign-in, and for now.

Between our clients and the real provider of the tests stands somebody who may give out another ID token.
"""

from __future__ import annotations

import base64
import hmac
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.utils import timezone
from oidc_provider_mock import run_server_in_thread
from werkzeug.test import run_wsgi_app
from werkzeug.wrappers import Response

from allhands.agencies.models import Account, Member
from allhands.platform.testing.cast import Cast

# The provider's own library warns of its own changes to come.
pytestmark = [pytest.mark.filterwarnings("ignore::DeprecationWarning"), pytest.mark.django_db]

Claims = dict[str, Any]
Forge = Callable[[Claims], "str | None"]
KEY, OTHER_KEY = (rsa.generate_private_key(65_537, 2048) for _ in range(2))
RUTH = {"email": "ruth@prairie.example", "email_verified": True, "name": "Ruth", "groups": ["cps"], "amr": ["mfa"]}
HOUR = 3600


class Between:
    """Stands before the provider: its pages pass, its ID token is made anew when `forge` says how."""

    def __init__(self, provider: Any) -> None:
        self.provider = provider
        self.forge: Forge | None = None
        self.given: list[str] = []

    def __call__(self, environ: Any, start: Any) -> Any:
        body, status, headers = run_wsgi_app(self.provider, environ)
        answer = Response(body, status, headers)
        if environ["PATH_INFO"] == "/jwks" and self.forge is not None:
            ours = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key())) | {"kid": "ours", "use": "sig"}
            answer = _as_json({"keys": [*json.loads(answer.data)["keys"], ours]})
        if environ["PATH_INFO"] == "/oauth2/token":
            answer = _as_json(self._forge(json.loads(answer.data)))
        return answer(environ, start)

    def _forge(self, told: Claims) -> Claims:
        token = told["id_token"]
        if self.forge is not None:
            token = self.forge(jwt.decode(token, options={"verify_signature": False}))
        self.given.append(token)
        return told | {"id_token": token} if token is not None else {k: v for k, v in told.items() if k != "id_token"}


def _as_json(value: object) -> Response:
    return Response(json.dumps(value), content_type="application/json")


@pytest.fixture
def between(settings: Any, cast: Cast) -> Iterator[Between]:
    with run_server_in_thread() as server:
        server.app = found = Between(server.app)
        issuer = f"http://localhost:{server.server_port}"
        app = {"provider_id": "organisation", "name": "x", "client_id": "c", "secret": "s" * 32}
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [{**app, "settings": {"server_url": issuer}}]}
        }
        settings.ALLHANDS_OIDC_ISSUER = issuer
        settings.ALLHANDS_OIDC_DOMAINS = ["prairie.example"]
        settings.ALLHANDS_OIDC_ROLES = f"cps={cast.caseworker.agency_id}:DISPATCHER"
        httpx.put(f"{issuer}/users/ruth", json=RUTH).raise_for_status()
        yield found


def come_in(client: Client, also: str = "") -> Any:
    """To the provider and back; what the provider's address adds to ours."""
    away = client.get("/sign-in/with/organisation").headers["Location"]
    back = httpx.post(away, data={"sub": "ruth"}).headers["Location"]
    return client.get(back.replace("http://testserver", "") + also)


def signed(key: Any = KEY, kid: str | None = "ours", algorithm: str = "RS256", **changed: Any) -> Forge:
    """The provider's claims, some of them changed (None: left out), signed."""

    def forge(claims: Claims) -> str:
        told = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid} if kid else {})

    return forge


def moved(**seconds: int) -> Forge:
    """The provider's claims with some of its times moved."""
    return lambda claims: signed(**{name: claims["iat"] + by for name, by in seconds.items()})(claims)


def by_hand(alg: str, secret: bytes) -> Forge:
    """A token under a secret that anybody may know, in a form that a careful library would not write."""

    def part(value: bytes) -> bytes:
        return base64.urlsafe_b64encode(value).rstrip(b"=")

    def forge(claims: Claims) -> str:
        signed_part = part(json.dumps({"alg": alg, "kid": "ours"}).encode()) + b"." + part(json.dumps(claims).encode())
        mark = hmac.digest(secret, signed_part, "sha256") if alg == "HS256" else b""
        return (signed_part + b"." + part(mark)).decode()

    return forge


PUBLIC = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
FORGED: dict[str, Forge] = {
    "no nonce": signed(nonce=None),
    "another nonce": signed(nonce="guessed"),
    "empty nonce": signed(nonce=""),
    "nonce of another kind": signed(nonce=["guessed"]),
    "no ID token": lambda _: None,
    "no token at all": lambda _: "not.a.token",
    "words": lambda _: "token",
    "unsigned": by_hand("none", b""),
    "unsigned, in other letters": by_hand("NoNe", b""),
    "our shared secret": by_hand("HS256", b"s" * 32),
    "its public key as a secret": by_hand("HS256", PUBLIC),
    "another's key": signed(OTHER_KEY),
    "a key nobody knows": signed(OTHER_KEY, kid="unknown"),
    "no key named among two": signed(kid=None),
    "for another client": signed(aud="another"),
    "for nobody": signed(aud=None),
    "for us and another, nobody named": signed(aud=["c", "another"]),
    "for us, asked for by another": signed(aud=["c", "another"], azp="another"),
    "of another provider": signed(iss="https://elsewhere.example"),
    "of no provider": signed(iss=None),
    "of another person than its page": signed(sub="elsie"),
    "of nobody": signed(sub=None),
    "over": moved(iat=-2 * HOUR, exp=-HOUR),
    "without an end": signed(exp=None),
    "made tomorrow": moved(iat=HOUR, exp=2 * HOUR),
    "not yet": moved(nbf=HOUR),
}


@pytest.mark.parametrize("how", FORGED)
def test_an_id_token_that_does_not_hold_lets_nobody_in(between: Between, how: str) -> None:
    between.forge = FORGED[how]
    client = Client()
    answer = come_in(client)
    assert answer.status_code == 403
    assert "did not let you through" in answer.text
    assert "_auth_user_id" not in client.session
    assert not Account.objects.filter(email=RUTH["email"]).exists()


@pytest.mark.parametrize(
    "forge",
    [None, signed(), moved(iat=30), moved(nbf=30), signed(aud=["c"]), signed(aud=["c", "another"], azp="c")],
    ids=["its own", "signed anew", "clock ahead", "a little early", "list of one", "two, we named"],
)
def test_one_that_holds_does(between: Between, forge: Forge | None) -> None:
    between.forge = forge
    assert come_in(client := Client()).headers["Location"] == "/"
    assert "_auth_user_id" in client.session


def test_each_sign_in_has_a_nonce_of_its_own_and_an_old_token_opens_no_other(between: Between) -> None:
    asked = [parse_qs(urlsplit(Client().get("/sign-in/with/organisation").headers["Location"]).query) for _ in "ab"]
    assert asked[0]["nonce"] != asked[1]["nonce"]
    assert min(len(each["nonce"][0]) for each in asked) >= 32
    come_in(Client())
    between.forge = lambda _: between.given[0]
    assert come_in(client := Client()).status_code == 403
    assert "_auth_user_id" not in client.session


def test_another_provider_cannot_answer_for_this_one(between: Between) -> None:
    assert come_in(Client(), "&iss=https%3A%2F%2Felsewhere.example").status_code == 403


def test_a_link_decides_nothing_of_what_is_asked(between: Between) -> None:
    ours = urlencode({"nonce": "mine", "client_id": "theirs", "redirect_uri": "https://evil.example"})
    link = {"process": "connect", "scope": "all", "auth_params": ours}
    away = Client().get("/sign-in/with/organisation", link).headers["Location"]
    asked = parse_qs(urlsplit(away).query)
    assert asked["client_id"] == ["c"]
    assert asked["redirect_uri"] == ["http://testserver/sign-in/with/organisation/back"]
    assert sorted(asked["scope"][0].split()) == ["email", "openid", "profile"]
    assert not re.search("mine|theirs|evil", away)


def test_a_provider_that_calls_itself_otherwise_is_another(between: Between, settings: Any) -> None:
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]
    app["openid_configuration_overrides"] = {"issuer": "https://elsewhere.example"}
    assert Client().get("/sign-in/with/organisation").status_code == 403


def test_whoever_got_the_address_of_somebody_who_left_does_not_become_them(between: Between) -> None:
    come_in(Client())
    between.forge = lambda claims: signed()(claims)
    account = Account.objects.get(email=RUTH["email"])
    SocialAccount.objects.filter(user=account).update(uid="who-left")
    answer = come_in(client := Client())
    assert answer.status_code == 403
    assert "another sign-in" in answer.text
    assert "_auth_user_id" not in client.session
    SocialAccount.objects.filter(user=account).update(extra_data={"id_token": {"iss": "https://before.example"}})
    assert come_in(Client()).status_code == 302, "the organisation moved to another provider"


def test_a_refused_sign_in_changes_no_role(between: Between) -> None:
    come_in(Client())
    other = Account.objects.create_account("elsie@prairie.example", password=None, now=timezone.now())
    SocialAccount.objects.update(user=other)
    Member.objects.all().update(ends_on=None)
    before = list(Member.objects.order_by("pk").values_list("pk", "ends_on"))
    between.forge = signed(groups=[])
    assert come_in(Client()).status_code == 403
    assert list(Member.objects.order_by("pk").values_list("pk", "ends_on")) == before


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_provider_that_is_down_is_told_kindly(between: Between, settings: Any, when: str) -> None:
    client = Client()
    away = client.get("/sign-in/with/organisation").headers["Location"]
    back = httpx.post(away, data={"sub": "ruth"}).headers["Location"]
    app = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"][0]["settings"]
    app["server_url"] = settings.ALLHANDS_OIDC_ISSUER + "/nowhere"
    answer = client.get("/sign-in/with/organisation" if when == "before" else back.replace("http://testserver", ""))
    assert (answer.status_code, "Try again" in answer.text) == (403, True)

"""Every address asks who is there, or stands on the list of those that need not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# What a stranger may open, and why.
PUBLIC = {
    "healthz": "machines",
    "readyz": "machines",
    "metrics": "machines; guards itself by address or token",
    "language": "a choice of one's own browser",
    "set_language": "a choice of one's own browser",
    "theme": "a choice of one's own browser",
    "openapi-json": "the form of the API, no data",
    "openapi-view": "the form of the API, no data",
    "journal-checkpoint": "for witnesses: sizes and hashes, no entry",
    "journal-key": "for witnesses: the public key",
    "journal-growth": "for witnesses: hashes, no entry",
    "public-alert": "what the public is asked to look for; a placeholder afterwards",
    "public-photo": "the released picture while the alert is out",
    "public-card": "the picture of a shared link while the alert is out",
    "alert-land": "outlines of counties and tribal areas, which are public",
    "near-me": "anybody may ask to be told of alerts nearby",
    "near-me-confirm": "the code that was sent to an address",
    "near-me-manage": "a link that only the subscriber has",
    "account_login": "the way in",
    "account_logout": "the way out",
    "account_inactive": "why the way in is closed",
    "account_reauthenticate": "asks for the password itself",
    "mfa_authenticate": "second step of the way in",
    "mfa_login_webauthn": "the way in with a passkey",
    "openid_connect_login": "the way in with one's organisation; 404 when none is configured",
    "openid_connect_callback": "the way back from there",
    "account_set_password": "only points to the account, which asks",
    "mfa_index": "only points to the account, which asks",
    "mfa_list_webauthn": "only points to the account, which asks",
    "api-root": "no page; the library needs the name",
    "feed-atom": "the public list of alerts",
    "feed-json": "the public list of alerts",
    "feed-cap": "the public document of an alert",
    "feed-signs": "the public list of alerts, for traffic centres",
    "feed-signs-cap": "the public document of an alert, for traffic centres",
    "sign-in-help": "who helps when the way in is closed",
    "let-in": "a one-time link from a second person",
    "join": "a one-time link of an invitation",
    "who-to-call": "whom to call: law and public numbers, nothing kept",
    "who-to-call-script": "the same on paper",
    "who-to-call-pdf": "the same on paper",
    "who-to-call-worker": "keeps the public page for hours without signal",
    "who_to_call": "the same for other sites; rate limited, nothing kept",
    "who-can-act": "which place: names of counties and nations",
    "who-can-act-worker": "keeps the public cards for hours without signal",
    "who-can-act-card": "who may act at a place: law and public numbers",
    "objection-ask": "the person named, without an account; the answer is the same whether or not there is a record",
    "objection-status": "the person named, with the code shown once",
    "demo": "the demo world only; 404 elsewhere",
    "demo-enter": "the demo world only; 404 elsewhere",
    "demo-reset": "the demo world only; 404 elsewhere",
    "law": "public: whose law was read",
    "law-pack": "public: what was read of one law",
    "law-conflicts": "public: where laws disagree",
    "law-conflict": "public: one such case",
    "gallery": "the demo world only; 404 elsewhere",
    "gallery-component": "the demo world only; 404 elsewhere",
}
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")
_SAMPLES = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}
_REFUSED = (401, 403)


def walk(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and path of every address, with a sample for each parameter."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, route)
        else:
            path = _PARAMETER.sub(lambda found: _SAMPLES.get(found["kind"] or "", "sample"), route)
            yield pattern.name or route, f"/{path}"


@cache
def addresses() -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(walk(get_resolver().url_patterns)))


def is_turned_away(client: Client, path: str) -> bool:
    """Whether a stranger is sent to sign in or refused, however they knock."""
    responses = [client.get(path), client.post(path, data=b"{}", content_type="application/json")]
    knocks = [response for response in responses if response.status_code != 405]
    return bool(knocks) and all(
        response.status_code in _REFUSED or response.headers.get("Location", "").startswith("/sign-in")
        for response in knocks
    )


@pytest.mark.django_db
def test_strangers_are_turned_away_everywhere_else(client: Client) -> None:
    opened = [f"{name} {path}" for name, path in addresses() if name not in PUBLIC and not is_turned_away(client, path)]
    assert not opened, "a stranger gets in, or is told something:\n" + "\n".join(opened)


@pytest.mark.django_db
def test_list_of_public_addresses_has_no_dead_names() -> None:
    assert set(PUBLIC) <= {name for name, _path in addresses()}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, why in PUBLIC.items() if why.startswith("the demo world")])
def test_demo_doors_are_absent_in_the_live_world(client: Client, name: str) -> None:
    paths = [path for each, path in addresses() if each == name]
    answers = {client.get(path).status_code for path in paths} | {client.post(path).status_code for path in paths}
    assert answers <= {404, 405}

"""Keys open what they are good for; every other key is told the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from allhands.exchange.tests.program import Program, maya, software_of
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import HIRED_AT, Cast, account_of, make_key

pytestmark = pytest.mark.django_db
NOTHING = "0" * 16
# Each call, the scope it needs, and something to send.
CALLS: dict[str, tuple[str, str, Any]] = {
    "report": ("reports:write", "reports", {}),
    "state": ("reports:write", f"episodes/{NOTHING}/statements", {"statements": [{"fact": "child.age_years"}]}),
    "read": ("episodes:read", f"episodes/{NOTHING}", None),
    "duties": ("episodes:read", f"episodes/{NOTHING}/duties", None),
    "prove": ("duties:prove", f"duties/{NOTHING}/evidence", {"kind": "officer", "value": "Sgt. Cole"}),
    "document": ("duties:prove", f"duties/{NOTHING}/document", {}),
}


def ask(program: Program, call: str) -> int:
    _scope, path, body = CALLS[call]
    return (program.get(path) if body is None else program.post(path, body)).status


@pytest.mark.parametrize("call", CALLS)
def test_call_needs_its_scope(cast: Cast, call: str) -> None:
    scope = CALLS[call][0]
    others = sorted({"reports:write", "episodes:read", "duties:prove"} - {scope})
    assert ask(software_of(cast.caseworker, scope), call) in {404, 422}  # past the door, and then nothing is there
    told = software_of(cast.caseworker, *others)
    assert ask(told, call) == 403


def test_every_call_stands_in_the_table(cast: Cast) -> None:
    form = Client().get("/api/v1/openapi.json").json()
    told = [said["x-needs"] for methods in form["paths"].values() for said in methods.values()]
    needs = [scope for scope in told if scope != "no key"]  # what anybody may ask stands in the table of addresses
    assert sorted(filter(None, needs)) == sorted(scope for scope, _path, _body in CALLS.values())


@pytest.mark.parametrize("kind", ["none", "forged", "cut", "expired", "revoked", "not yet bearer", "empty"])
def test_bad_key_is_told_nothing_more(cast: Cast, kind: str) -> None:
    agency = cast.caseworker.agency_id
    good, now = make_key(agency), datetime.now(UTC)
    keys = {
        "none": "",
        "forged": "allhands_" + good.split("_", 1)[1][::-1],
        "cut": good[:-1],
        "expired": make_key(agency, expires_at=now - timedelta(seconds=1)),
        "revoked": make_key(agency, revoked_at=HIRED_AT + timedelta(days=1)),
        "empty": " ",
    }
    assert Program(good).report().status == 201
    headers = {"Authorization": f"Basic {good}"} if kind == "not yet bearer" else {}
    headers = headers or ({"Authorization": f"Bearer {keys[kind]}"} if keys[kind] else {})
    response = Client().post("/api/v1/reports", maya(), "application/json", headers=headers)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    told = {"status": 401, "code": "key", "findings": [], "incident": ""}
    assert response.json() == {"error": {**told, "message": "Send a good key: Authorization: Bearer <key>."}}


def test_refused_key_is_journalled_without_it(cast: Cast) -> None:
    Program("allhands_x_secret").report()
    kept = Journal.objects.get(event=Event.ACCESS_DENIED.value)
    assert kept.details == {"code": "token", "path": "api/v1/reports", "stranger": True}


def test_session_of_a_person_is_no_key(cast: Cast) -> None:
    client = Client()
    client.force_login(account_of(cast.caseworker))
    assert client.post("/api/v1/reports", maya(), "application/json").status_code == 401


def test_key_acts_for_its_agency_even_in_a_browser_of_another(cast: Cast) -> None:
    reported = software_of(cast.caseworker).report().body
    program = software_of(cast.outsider)
    program.client.force_login(account_of(cast.caseworker))
    assert program.get(f"episodes/{reported['episode_id']}").status == 404


@pytest.mark.parametrize("path", ["nothing", "reports", f"episodes/{NOTHING}/evidence"])
def test_unknown_address_and_method_have_the_same_form(cast: Cast, path: str) -> None:
    told = software_of(cast.caseworker).get(path)
    assert told.status in {404, 405}
    assert told.error["message"]

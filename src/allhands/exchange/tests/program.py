"""An agency's own software, as tests play it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from allhands.kernel.actors import Actor
from allhands.platform.testing.cast import COUNTY, STATE, make_key

HERE = {"state": STATE, "county_fips": COUNTY}


def an_hour_ago() -> str:
    return (datetime.now(UTC) - timedelta(hours=1)).isoformat()


def maya(**changes: Any) -> dict[str, Any]:
    """A report of Maya, who does not exist."""
    facts = {
        "child.given_name": "Maya",
        "child.age_years": 14,
        "child.in_foster_care": True,
        "child.whereabouts_known": False,
        "place.last_seen": HERE,
        "place.custody": HERE,
        "place.placement": HERE,
        "time.last_seen_at": an_hour_ago(),
    }
    return {"call_name": "Maya", "facts": facts, "reporter": {"name": "Ms Olsen", "relation": "carer"}, **changes}


@dataclass
class Answer:
    """An answer as the program reads it: always JSON, never our fault."""

    status: int
    body: Any
    headers: Any

    @property
    def error(self) -> dict[str, Any]:
        told: dict[str, Any] = self.body["error"]
        assert set(told) == {"status", "code", "message", "findings", "incident"}
        assert told["status"] == self.status
        return told

    @property
    def fields(self) -> dict[str, str]:
        """Code of each finding by its field."""
        return {one["field"]: one["code"] for one in self.error["findings"]}


class Program:
    """Calls the API with one key. Never signed in, never a browser."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.client = Client(raise_request_exception=False)

    def get(self, path: str) -> Answer:
        return self._read(self.client.get(f"/api/v1/{path}", headers=self._headers()))

    def post(self, path: str, body: Any = None, *, raw: bytes | None = None, idempotency: str = "") -> Answer:
        """Send JSON; `raw` sends these bytes instead."""
        data = json.dumps(body).encode() if raw is None else raw
        headers = self._headers() | ({"Idempotency-Key": idempotency} if idempotency else {})
        return self._read(self.client.post(f"/api/v1/{path}", data, "application/json", headers=headers))

    def report(self, body: dict[str, Any] | None = None, *, idempotency: str = "key-1") -> Answer:
        return self.post("reports", body or maya(), idempotency=idempotency)

    def upload(self, path: str, fields: dict[str, Any]) -> Answer:
        return self._read(self.client.post(f"/api/v1/{path}", fields, headers=self._headers()))

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"} if self.key else {}

    @staticmethod
    def _read(response: Any) -> Answer:
        assert isinstance(response, HttpResponse)
        assert response.headers["Content-Type"].startswith("application/json"), response.content[:200]
        return Answer(status=response.status_code, body=json.loads(response.content), headers=response.headers)


def software_of(actor: Actor, *scopes: str) -> Program:
    """The software of this person's agency."""
    return Program(make_key(actor.agency_id, *scopes))

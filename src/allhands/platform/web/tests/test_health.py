"""Machines ask whether we live, whether we can work, and how much."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import api as vault
from allhands.platform.vault.keys import key_for_writing
from allhands.platform.web import health

pytestmark = pytest.mark.django_db


def beat(age: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval)", [age])


def test_alive_needs_no_database(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").json() == {"status": "alive"}


def test_ready_with_a_worker_at_work(client: Client) -> None:
    beat("5 seconds")
    response = client.get("/readyz")
    assert (response.status_code, response.json()) == (200, {"status": "ready", "problems": []})


def test_not_ready_without_a_worker(client: Client) -> None:
    beat("2 minutes")
    response = client.get("/readyz")
    assert (response.status_code, response.json()["problems"]) == (503, ["worker"])


def test_not_ready_without_its_tables(client: Client) -> None:
    beat("5 seconds")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'audit'")
    assert client.get("/readyz").json()["problems"] == ["migrations"]


def test_not_ready_without_the_key_that_closed_the_records(client: Client, settings: Settings) -> None:
    beat("5 seconds")
    closing = settings.ALLHANDS_VAULT_KEY
    with acting_as(SYSTEM):
        key_for_writing("record", timezone.now())
    assert client.get("/readyz").status_code == 200
    settings.ALLHANDS_VAULT_KEY = vault.new_key_text()
    assert client.get("/readyz").json()["problems"] == ["vault-key"]
    settings.ALLHANDS_VAULT_OLD_KEYS = [closing]
    assert client.get("/readyz").status_code == 200


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict, "HOST", "/nowhere")
    connection.close()
    assert health.list_problems() == ["database"]


def test_metrics_count_by_route(client: Client) -> None:
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    assert 'allhands_requests_total{method="GET",route="healthz",status="200"}' in text
    assert 'allhands_jobs{state="todo"} 0.0' in text


def test_metrics_are_not_for_strangers(client: Client) -> None:
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.7"}).status_code == 404


def test_metrics_token_opens(client: Client, settings: Any) -> None:
    settings.ALLHANDS_METRICS_TOKEN = "s3cret"
    assert client.get("/metrics").status_code == 404
    opened = client.get("/metrics", headers={"Authorization": "Bearer s3cret"}, REMOTE_ADDR="203.0.113.7")
    assert opened.status_code == 200

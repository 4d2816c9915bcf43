"""A key calls so many times a minute and no more; whoever sends wrong ones makes no good one wait."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from allhands.exchange.tests.program import Program, software_of
from allhands.platform.audit.models import Journal
from allhands.platform.counts.models import Count
from allhands.platform.testing.cast import Cast, account_of, make_key

pytestmark = pytest.mark.django_db
NOTHING = f"episodes/{'0' * 16}"
MOST = 3
WRONG_KEYS = 60  # as docs/reference/api.md says


@pytest.fixture(autouse=True)
def three_a_minute(settings: Settings) -> None:
    settings.ALLHANDS_API_CALLS_A_MINUTE = MOST


def statuses(program: Program, times: int) -> list[int]:
    return [program.get(NOTHING).status for _ in range(times)]


def knock(key: str, address: str = "203.0.113.5", path: str = f"/api/v1/{NOTHING}") -> Any:
    return Client(REMOTE_ADDR=address).get(path, headers={"Authorization": f"Bearer {key}"} if key else {})


def test_a_call_too_many_waits_and_is_told_how_long(cast: Cast) -> None:
    software = software_of(cast.caseworker)
    assert statuses(software, MOST) == [404] * MOST
    told = software.get(NOTHING)
    assert (told.status, told.error["code"]) == (429, "too-often")
    assert 1 <= int(told.headers["Retry-After"]) <= 60
    assert told.headers["Retry-After"] in told.error["message"]


def test_a_minute_later_it_begins_anew(cast: Cast) -> None:
    software = software_of(cast.caseworker)
    assert statuses(software, MOST + 1)[-1] == 429
    Count.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert statuses(software, MOST + 1) == [404] * MOST + [429]


def test_each_key_is_counted_by_itself(cast: Cast) -> None:
    assert statuses(software_of(cast.caseworker), MOST + 1)[-1] == 429
    assert statuses(software_of(cast.caseworker), 1) == [404]
    assert statuses(software_of(cast.outsider), 1) == [404]


def test_calls_of_people_over_scim_count_for_the_same_key(cast: Cast) -> None:
    key = make_key(cast.caseworker.agency_id, "people:end", "episodes:read")
    assert [knock(key, path="/scim/v2/Users").status_code for _ in range(2)] == [200, 200]
    assert knock(key).status_code == 404
    told = knock(key, path="/scim/v2/Users")
    assert (told.status_code, told.json()["status"]) == (429, "429")
    assert told.headers["Content-Type"] == "application/scim+json"
    assert int(told.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("key", ["allhands_x_guessed", ""], ids=["wrong key", "no key"])
def test_a_guesser_waits_fills_no_journal_and_holds_nobody_up(cast: Cast, key: str) -> None:
    good = make_key(cast.caseworker.agency_id, "episodes:read")
    assert {knock(key).status_code for _ in range(WRONG_KEYS)} == {401}
    written = Journal.objects.count()
    assert knock(key).status_code == 429
    assert Journal.objects.count() == written, "a call that is not looked at is not written down"
    assert knock(good).status_code == 404, "a good key from the same address is let through"
    assert knock(key, address="203.0.113.6").status_code == 401, "another address has its own count"


def test_a_key_that_ended_counts_as_a_wrong_one(cast: Cast) -> None:
    ended = make_key(cast.caseworker.agency_id, expires_at=timezone.now() - timedelta(seconds=1))
    assert {knock(ended).status_code for _ in range(MOST + 1)} == {401}


@pytest.mark.parametrize("path", ["/api/v1/who-to-call", "/api/v1/openapi.json", "/api/v1/docs"])
def test_what_needs_no_key_counts_none(cast: Cast, path: str) -> None:
    assert [knock("allhands_x_guessed", path=path).status_code for _ in range(MOST + 1)] == [200] * (MOST + 1)
    assert not Count.objects.exists()


def test_zero_counts_nothing(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_API_CALLS_A_MINUTE = 0
    assert statuses(software_of(cast.caseworker), MOST + 1) == [404] * (MOST + 1)


def test_the_page_of_keys_and_the_docs_say_how_often(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_REQUIRE_MFA = False
    client = Client()
    client.force_login(account_of(cast.administrator))
    assert f"Each key may call {MOST} times a minute." in client.get("/agency").content.decode()
    assert f"A key may call {MOST} times a minute." in client.get("/api/v1/docs").content.decode()

"""Two processes share one count, and the table tells nobody whose it is."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import chain
from typing import Any, TypeVar

import psycopg
import pytest
from allauth.core import ratelimit
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone

from allhands.platform.counts.models import Count
from allhands.platform.counts.store import forget_over, tally
from allhands.platform.testing.dump import everything, tables_with

pytestmark = pytest.mark.django_db(transaction=True)
T = TypeVar("T")
ADDRESS = "203.0.113.77"


def elsewhere(work: Callable[[], object]) -> object:
    """Done by somebody with a database connection of their own, as another process would."""
    answers: list[object] = []

    def run() -> None:
        answers.append(work())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return answers[0]


def request() -> HttpRequest:
    return RequestFactory().post("/about-me", REMOTE_ADDR=ADDRESS)


def tries() -> bool:
    """Whether one more wish may be sent from the address: ten in ten minutes."""
    return bool(ratelimit.consume(request(), action="correction"))


def four_at_once(work: Callable[[], T]) -> list[T]:
    """What came of it on four connections that begin together."""
    start = threading.Barrier(4)

    def run() -> T:
        start.wait()
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        return [one.result() for one in [hands.submit(run) for _ in range(4)]]


def test_two_connections_share_one_count() -> None:
    assert all(tries() for _ in range(6))
    assert all(elsewhere(tries) for _ in range(4))
    assert not tries()
    assert not elsewhere(tries)


def test_of_many_at_once_exactly_as_many_pass_as_may() -> None:
    passed = four_at_once(lambda: [tries() for _ in range(4)])
    assert sum(chain.from_iterable(passed)) == 10


def test_no_address_is_written_down(superuser: psycopg.Connection[Any]) -> None:
    assert tries()
    assert Count.objects.exists()
    assert not tables_with([ADDRESS], {"platform_counts_count": everything(superuser)["platform_counts_count"]})
    persistence = superuser.execute("SELECT relpersistence FROM pg_class WHERE relname = 'platform_counts_count'")
    assert persistence.fetchone() == ("u",), "nothing of it is in the write-ahead log"


def test_it_is_a_cache_like_any_other() -> None:
    assert cache.get("a", "nothing") == "nothing"
    assert cache.add("a", [1.5, 2])
    assert not cache.add("a", [3])
    assert elsewhere(lambda: cache.get("a")) == [1.5, 2]
    cache.set("a", True, timeout=None)
    assert cache.get("a") is True
    assert cache.delete("a")
    assert not cache.delete("a")


def test_what_is_over_counts_as_nothing_and_is_forgotten() -> None:
    cache.set("a", 1, timeout=60)
    cache.set("b", 2, timeout=60)
    Count.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert cache.get("a") is None
    assert cache.add("a", 3), "the place is free again"
    assert forget_over(timezone.now()) == 1
    assert list(Count.objects.values_list("value", flat=True)) == [3]


def test_of_many_counted_at_once_none_is_lost() -> None:
    seen = four_at_once(lambda: [tally("key 1", seconds=60).times for _ in range(25)])
    assert sorted(chain.from_iterable(seen)) == list(range(1, 101))


def test_a_tally_ends_when_its_first_said_and_then_begins_anew() -> None:
    first = tally("key 1", seconds=60)
    ends = Count.objects.get().until
    assert (first.times, first.seconds_left) == (1, 60)
    assert tally("key 1", seconds=60).times == 2
    assert Count.objects.get().until == ends, "more calls make nobody wait longer"
    Count.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert tally("key 1", seconds=60).times == 1

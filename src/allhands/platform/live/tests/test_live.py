"""Open pages hear what changed for their agency, and nothing else."""

from __future__ import annotations

import asyncio
import http.client
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId, MemberId
from allhands.platform.live import hub
from allhands.platform.live.api import EVERYTHING, publish
from allhands.platform.testing.cast import Cast, account_of

OpenFeed = Callable[..., http.client.HTTPResponse]


@pytest.fixture
def open_feed(live_node: str) -> Iterator[OpenFeed]:
    """Opens the feed as a signed-in browser gets it, and waits until it listens."""
    host = urlsplit(live_node)
    connections: list[http.client.HTTPConnection] = []

    def open_one(actor: Actor, **headers: str) -> http.client.HTTPResponse:
        client = Client()
        client.force_login(account_of(actor))
        session = client.session
        session["hat"] = actor.member_id
        session.save()
        connections.append(http.client.HTTPConnection(host.hostname or "", host.port, timeout=120))
        cookie = f"{settings.SESSION_COOKIE_NAME}={session.session_key}"
        connections[-1].request("GET", "/live", headers={"Cookie": cookie, **headers})
        response = connections[-1].getresponse()
        assert response.readline() == b"id: here\n"
        return response

    yield open_one
    for connection in connections:
        connection.close()


def next_topic(response: http.client.HTTPResponse) -> str:
    while True:
        line = response.readline().decode()
        assert line, "the feed ended"
        if line.startswith("data: "):
            return line.removeprefix("data: ").strip()


@pytest.mark.slow
def test_topic_reaches_the_agency_it_concerns_and_no_other(open_feed: OpenFeed, cast: Cast) -> None:
    ours, theirs = open_feed(cast.caseworker), open_feed(cast.outsider)
    assert (ours.headers["Content-Type"], ours.headers["Cache-Control"]) == ("text/event-stream", "no-store")
    publish("board", [cast.caseworker.agency_id])
    publish("duties", [cast.outsider.agency_id])
    assert next_topic(ours) == "board"
    assert next_topic(theirs) == "duties"


@pytest.mark.slow
def test_nothing_is_said_of_what_was_rolled_back(open_feed: OpenFeed, cast: Cast) -> None:
    feed = open_feed(cast.caseworker)
    with transaction.atomic():
        publish("board", [cast.caseworker.agency_id])
        transaction.set_rollback(True)
    publish("duties", [cast.caseworker.agency_id])
    assert next_topic(feed) == "duties"


def test_stranger_hears_nothing(client: Client, db: None) -> None:
    assert client.get("/live").status_code == 401


@pytest.mark.django_db
@pytest.mark.parametrize("topic", ["", "Maya Prairie", "board\n\ndata: x", "x" * 65])
def test_topics_are_codes(topic: str) -> None:
    with pytest.raises(ValueError, match="short code"):
        publish(topic, [AgencyId("a1")])


@pytest.mark.django_db
def test_many_agencies_fit(django_assert_num_queries: object) -> None:
    publish("board", [AgencyId(f"{number:016d}") for number in range(1_000)])


def test_slow_reader_gets_one_word_for_all_it_missed() -> None:
    async def fall_behind() -> list[str]:
        feed = hub.Feed(member_id=MemberId("m"), agency_id=AgencyId("a"))
        for number in range(51):
            feed.tell(f"topic{number}")
        return [feed.topics.get_nowait() for _ in range(feed.topics.qsize())]

    assert asyncio.run(fall_behind()) == [EVERYTHING]


def test_one_person_may_not_open_feeds_without_end() -> None:
    async def open_many() -> list[bool]:
        house = hub.Hub("host=/nowhere")
        feeds = [house.join(MemberId("m"), AgencyId("a")) for _ in range(hub.FEEDS_PER_MEMBER + 1)]
        other = house.join(MemberId("n"), AgencyId("a"))
        for feed in [*feeds, other]:
            if feed is not None:
                house.leave(feed)
        return [feed is not None for feed in [*feeds[-2:], other]]

    assert asyncio.run(open_many()) == [True, False, True]


@pytest.mark.slow
def test_page_that_comes_back_is_told_to_look_again(open_feed: OpenFeed, cast: Cast) -> None:
    feed = open_feed(cast.caseworker, **{"Last-Event-ID": "here"})
    assert next_topic(feed) == EVERYTHING


@pytest.mark.slow
def test_lost_connection_is_made_again(open_feed: OpenFeed, cast: Cast, superuser: psycopg.Connection[Any]) -> None:
    feed = open_feed(cast.caseworker)
    listening = "query LIKE 'LISTEN%' AND datname = current_database()"
    superuser.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {listening}")
    assert next_topic(feed) == EVERYTHING
    publish("board", [cast.caseworker.agency_id])
    assert next_topic(feed) == "board"

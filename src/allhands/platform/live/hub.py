"""One listening connection a process, and everyone who has a page open."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import psycopg

from allhands.kernel.ids import AgencyId, MemberId
from allhands.platform.live.api import CHANNEL, EVERYTHING
from allhands.platform.logs import get_logger
from allhands.platform.web.metrics import LIVE_CLIENTS

log = get_logger(__name__)

# A person may have several pages open; a hundred come from a script gone wild.
FEEDS_PER_MEMBER = 12
FEEDS_PER_PROCESS = 2_000
_WAITING_TOPICS = 50
_RECONNECT_SECONDS = 2.0


@dataclass(eq=False)
class Feed:
    """One open page."""

    member_id: MemberId
    agency_id: AgencyId
    topics: asyncio.Queue[str] = field(default_factory=lambda: asyncio.Queue(_WAITING_TOPICS))

    def tell(self, topic: str) -> None:
        """Queue a topic. A reader too slow for its queue gets one word for all it missed."""
        if self.topics.full():
            while not self.topics.empty():
                self.topics.get_nowait()
            topic = EVERYTHING
        self.topics.put_nowait(topic)


class Hub:
    """Passes what PostgreSQL notifies on to the feeds of the agencies it concerns. Lives in one event loop."""

    def __init__(self, conninfo: str) -> None:
        self._conninfo = conninfo
        self._feeds: set[Feed] = set()
        self._listener: asyncio.Task[None] | None = None
        self._was_lost = False
        self.is_listening = asyncio.Event()

    def join(self, member_id: MemberId, agency_id: AgencyId) -> Feed | None:
        """A new feed, or None when this person or this process has too many."""
        open_feeds = Counter(feed.member_id for feed in self._feeds)
        if len(self._feeds) >= FEEDS_PER_PROCESS or open_feeds[member_id] >= FEEDS_PER_MEMBER:
            return None
        feed = Feed(member_id=member_id, agency_id=agency_id)
        self._feeds.add(feed)
        LIVE_CLIENTS.set(len(self._feeds))
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen(), name="live listener")
        return feed

    def leave(self, feed: Feed) -> None:
        """The page was closed. The last to leave ends the listening."""
        self._feeds.discard(feed)
        LIVE_CLIENTS.set(len(self._feeds))
        if not self._feeds and self._listener is not None:
            self._listener.cancel()
            self._listener = None
            self._was_lost = False
            self.is_listening.clear()

    async def _listen(self) -> None:
        while True:
            try:
                async for topic, agencies in self._notices():
                    for feed in self._feeds:
                        if feed.agency_id in agencies:
                            feed.tell(topic)
            except psycopg.OperationalError as error:
                log.warning("live.connection_lost", exc_info=error)
            self.is_listening.clear()
            self._was_lost = True
            await asyncio.sleep(_RECONNECT_SECONDS)

    async def _notices(self) -> AsyncIterator[tuple[str, frozenset[str]]]:
        async with await psycopg.AsyncConnection.connect(self._conninfo, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            if self._was_lost:
                for feed in self._feeds:  # whatever was said while nobody listened
                    feed.tell(EVERYTHING)
            self.is_listening.set()
            async for notice in connection.notifies():
                message = json.loads(notice.payload)
                yield message["topic"], frozenset(message["agencies"])


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def get_hub(conninfo: str) -> Hub:
    """The hub of this event loop. A web process has one loop."""
    loop = asyncio.get_running_loop()
    for closed in [each for each in _hubs if each.is_closed()]:
        del _hubs[closed]
    return _hubs.setdefault(loop, Hub(conninfo))

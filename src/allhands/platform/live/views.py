"""The live feed: names of what changed, never data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed, StreamingHttpResponse

from allhands.platform.database.connecting import app_address
from allhands.platform.live.api import EVERYTHING
from allhands.platform.live.hub import Feed, Hub, get_hub
from allhands.platform.web.asking import get_actor

# Under the 60 seconds after which proxies give up and pages call themselves "not live".
BEAT_SECONDS = 15.0
# Then the browser comes back by itself, and is asked again who it is.
LIFE_SECONDS = 600.0
_COME_BACK_MS = 3_000


async def live(request: HttpRequest) -> HttpResponseBase:
    """A stream of topics for the agency that acts; 401 for a stranger, 503 when too many pages are open."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    actor = get_actor(request)
    if actor is None:
        return HttpResponse(status=401)
    hub = get_hub(app_address().conninfo())
    feed = hub.join(actor.member_id, actor.agency_id)
    if feed is None:
        return HttpResponse(status=503, headers={"Retry-After": "60"})
    # Whoever asked who acts used a database connection; a stream may not sit on it for ten minutes.
    await sync_to_async(connections.close_all)()
    response = StreamingHttpResponse(_stream(hub, feed), content_type="text/event-stream")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    if "Last-Event-ID" in request.headers:  # this page was cut off for a while and may have missed something
        feed.tell(EVERYTHING)
    return response


async def _stream(hub: Hub, feed: Feed) -> AsyncIterator[bytes]:
    end = asyncio.get_running_loop().time() + LIFE_SECONDS
    try:
        with suppress(TimeoutError):
            await asyncio.wait_for(hub.is_listening.wait(), BEAT_SECONDS)
        yield f"id: here\nretry: {_COME_BACK_MS}\n\n".encode()
        while asyncio.get_running_loop().time() < end:
            try:
                topic = await asyncio.wait_for(feed.topics.get(), BEAT_SECONDS)
            except TimeoutError:
                yield b"event: ping\ndata: beat\n\n"
            else:
                yield f"data: {topic}\n\n".encode()
    finally:
        hub.leave(feed)

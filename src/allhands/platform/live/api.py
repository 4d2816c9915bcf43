"""Tells open pages that something they show has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from django.db import connection

CHANNEL = "allhands_live"
EVERYTHING = "*"  # the topic that concerns every region: sent when notices may have been missed
_TOPIC = re.compile(r"[a-z][a-z0-9:.\-]{0,63}")
# A notification holds fewer than 8,000 bytes (PostgreSQL manual, NOTIFY); an id takes 19 of them with its quotes.
_AGENCIES_AT_ONCE = 300


def publish(topic: str, agency_ids: Iterable[str]) -> None:
    """Say, when the current transaction commits, that a topic changed for these agencies. No data goes along.

    Args:
        topic: lower case, such as `board` or `episode:4k2m9x`.
    """
    if not _TOPIC.fullmatch(topic):
        raise ValueError("a topic is a short code in lower case, such as board or episode:4k2m9x")
    agencies = sorted(set(agency_ids))
    with connection.cursor() as cursor:
        for start in range(0, len(agencies), _AGENCIES_AT_ONCE):
            message = json.dumps({"topic": topic, "agencies": agencies[start : start + _AGENCIES_AT_ONCE]})
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, message])

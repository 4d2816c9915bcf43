"""Reads the public list back for our own identifier: the only independent proof that IPAWS let an alert out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import httpx

from allhands.channels.ipaws.configuration import IpawsSettings
from allhands.channels.outgoing_http import open_http
from allhands.wire.cap import CapError, decode_feed

# Alerts stay half an hour; asking more often than every two minutes is not welcome (dossier interfaces 1.6).
LOOK_BACK = timedelta(minutes=30)
_LARGEST = 10_000_000


def released(given: IpawsSettings, now: datetime) -> frozenset[str] | None:
    """Identifiers in the public list; None when it could not be read."""
    since = (now - LOOK_BACK).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    url = f"{given.feed_url.rstrip('/')}/recent/{since}"
    try:
        with open_http() as client, client.stream("GET", url) as response:
            if response.status_code != 200:
                return None
            data = b""
            for chunk in response.iter_bytes():
                data += chunk
                if len(data) > _LARGEST:
                    return None
        feed = decode_feed(data)
    except (httpx.TransportError, CapError):
        return None
    alerts = [entry.decoded.alert for entry in feed.entries if entry.decoded is not None]
    return frozenset(alert.identifier for alert in alerts if alert is not None)

"""Which alerts the public lists show, and how: rows come in, a feed goes out. Pure."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from allhands.wire import feeds

# When nothing is listed: lists need some time to carry; this one never changes.
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """The newest transmission of one alert.

    Args:
        entries: language to the frozen entry; empty for traffic centres, whose documents say all.
        document: CAP.
    """

    alert_id: str
    is_over: bool
    first_at: datetime
    changed_at: datetime
    entries: dict[str, bytes]
    document: bytes


def changed_at(listed: Sequence[Listed]) -> datetime:
    """When the list last changed."""
    return max((one.changed_at for one in listed), default=_BEGINNING)


def feed_of(listed: Sequence[Listed], origin: str, path: str, language: str, *, document: str) -> feeds.Feed:
    """The list in one language; an alert that was not written in it stands in English.

    Args:
        document: path of the CAP document, with `{alert}`.
    """
    host = urlsplit(origin).hostname or "localhost"
    return feeds.Feed(
        id=f"tag:{host},2026:alerts{document.partition('/{')[0].replace('/', ':')}",
        title="Alertas de menores desaparecidos" if language == "es" else "Missing child alerts",
        updated_at=changed_at(listed),
        author="Allhands",
        feed_url=origin + path,
        home_url=origin,
        language="es-US" if language == "es" else "en-US",
        entries=tuple(_entry(one, origin, host, language, document) for one in listed),
    )


def _entry(one: Listed, origin: str, host: str, language: str, document: str) -> feeds.Entry:
    said = json.loads(one.entries.get(language) or one.entries["en"])
    link = feeds.Link(url=origin + document.format(alert=one.alert_id), media_type="application/cap+xml")
    return feeds.Entry(
        id=f"tag:{host},2026:alert:{one.alert_id}",
        title=said["title"],
        updated_at=one.changed_at,
        published_at=one.first_at,
        url=said["url"],
        text=said["text"],
        language="es-US" if language == "es" and "es" in one.entries else "en-US",
        links=(link,),
    )

"""Writes copies and what became of them, many at a time: a hundred thousand subscribers are one alert."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice

from django.db import connection

from allhands.alerts.contracts import Subscriber
from allhands.channels import models
from allhands.channels.contracts import SendingState, Way
from allhands.channels.rooms import Recipient

# Rows of one statement. More saves nothing; the memory of one statement grows with it.
_CHUNK = 5000
SUBSCRIBERS = "subscribers"
MADE = "made"

_Row = tuple[str, str, str, str, str, str, bool]

_INSERT = """
INSERT INTO channels_sending (broadcast_id, "group", label, recipient_key, address, language, stop_url, state,
    claimed_at, changed_at, next_at, attempts, provider_id, code, words, submitted_at, accepted_at, final_at, seen_at)
SELECT %(broadcast)s, r.grp, r.label, r.key, r.address, r.language, r.stop_url, %(state)s, NULL, %(now)s,
    CASE WHEN r.by_person OR %(state)s <> 'WAITING' THEN NULL ELSE %(first_at)s::timestamptz END,
    0, '', %(code)s, '', %(done)s, %(done)s, NULL, NULL
FROM unnest(%(grp)s::text[], %(label)s::text[], %(key)s::text[], %(address)s::text[], %(language)s::text[],
            %(stop_url)s::text[], %(by_person)s::boolean[])
     AS r(grp, label, key, address, language, stop_url, by_person)
ON CONFLICT (broadcast_id, recipient_key) DO NOTHING
"""
_COLUMNS = ("grp", "label", "key", "address", "language", "stop_url", "by_person")


def write_subscribers(
    broadcast: models.Broadcast,
    subscribers: Iterable[Subscriber],
    state: SendingState,
    now: datetime,
    first_at: datetime,
) -> int:
    """How many copies were queued, to leave at `first_at`; a key that stands twice gets one."""
    rows = ((SUBSCRIBERS, "", one.key, one.address, one.language, one.stop_url, False) for one in subscribers)
    return _write(broadcast, rows, state, now, first_at)


def write_recipients(
    broadcast: models.Broadcast, recipients: Iterable[Recipient], state: SendingState, now: datetime
) -> int:
    """How many copies were queued for those the way knows itself."""
    rows = ((one.group, one.label, one.key, one.address, "en", "", one.by_person) for one in recipients)
    return _write(broadcast, rows, state, now)


def write_made(broadcast: models.Broadcast, way: Way, now: datetime) -> int:
    """The one copy of what lies ready for whoever comes: accepted as soon as this commits."""
    row: _Row = (MADE, "", way.value.lower(), "", "en", "", False)
    return _write(broadcast, [row], SendingState.ACCEPTED, now)


def _write(
    broadcast: models.Broadcast,
    rows: Iterable[_Row],
    state: SendingState,
    now: datetime,
    first_at: datetime | None = None,
) -> int:
    count = 0
    with connection.cursor() as cursor:
        for chunk in _chunks(rows):
            columns = dict(zip(_COLUMNS, (list(column) for column in zip(*chunk, strict=True)), strict=True))
            facts = {
                "broadcast": broadcast.id,
                "state": state.value,
                "now": now,
                "first_at": first_at or now,
                "code": "" if state is SendingState.WAITING else state.value.lower().replace("_", "-"),
                "done": now if state is SendingState.ACCEPTED else None,
            }
            cursor.execute(_INSERT, {**facts, **columns})
            count += cursor.rowcount
    return count


def _chunks(rows: Iterable[_Row]) -> Iterator[Sequence[_Row]]:
    source = iter(rows)
    while chunk := list(islice(source, _CHUNK)):
        yield chunk

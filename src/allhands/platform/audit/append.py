"""Adds links to their chains, inside the transaction of what they tell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from allhands.kernel.actors import Actor
from allhands.platform.audit.chain import GENESIS, Detail, Link
from allhands.platform.audit.events import Event

NODE_CHAIN = "node"
_ROWS = json.JSONEncoder(ensure_ascii=False)
_PARTS = ("before_hash", "before_seq", "after_seq")
_COLUMNS = tuple(name for name in Link.__slots__ if name not in {"seq", "prev_hash"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an entry tells. An empty `episode_id` is the chain of what belongs to no episode."""

    episode_id: str
    subject_id: str
    details: Mapping[str, Detail]


def append(actor: Actor, now: datetime, event: Event, told: Iterable[Told]) -> None:
    """One more link for each, with one question to the database, which locks the heads, hashes and stores.

    Must be called in a transaction.
    """
    assert connection.in_atomic_block, "the journal entry belongs to the transaction of what it tells"
    links = [_row(actor, now, event, one) for one in told]
    if links:
        with connection.cursor() as cursor:
            cursor.execute("SELECT audit_append(%s::jsonb)", [_ROWS.encode(links)])


def _row(actor: Actor, now: datetime, event: Event, told: Told) -> dict[str, object]:
    """The row without its number and hashes, and the three parts of the hashed document that stand around them."""
    link = Link(
        chain=told.episode_id or NODE_CHAIN,
        seq=0,
        at=now,
        event=event.value,
        actor_kind=actor.kind.value,
        actor_member=actor.member_id,
        actor_agency=actor.agency_id,
        episode_id=told.episode_id,
        subject_id=told.subject_id,
        details=told.details,
        prev_hash=GENESIS,
    )
    row = {name: getattr(link, name) for name in _COLUMNS}
    known = {"details": dict(told.details), "at": now.isoformat()}
    return {**row, **known, **dict(zip(_PARTS, link.text_around_place(), strict=True))}

"""Adds a link to its chain, inside the transaction of what it tells."""

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

# Makes the head when it is missing and locks it either way: whoever appends to the same chain waits here.
_LOCK_HEAD = """
INSERT INTO audit_chainhead AS head (chain, seq, hash) VALUES (%s, 0, %s)
ON CONFLICT (chain) DO UPDATE SET seq = head.seq RETURNING seq, hash
"""
_APPEND = """
WITH moved AS (UPDATE audit_chainhead SET seq = %(seq)s, hash = %(hash)s WHERE chain = %(chain)s)
INSERT INTO audit_journal (chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id, subject_id,
                           details, prev_hash, hash)
VALUES (%(chain)s, %(seq)s, %(at)s, %(event)s, %(actor_kind)s, %(actor_member)s, %(actor_agency)s, %(episode_id)s,
        %(subject_id)s, %(details)s::jsonb, %(prev_hash)s, %(hash)s)
"""
# The same for many chains at once; the heads in order, so that two who lock several never wait for each other.
_LOCK_HEADS = """
INSERT INTO audit_chainhead AS head (chain, seq, hash)
SELECT chain, 0, %s FROM unnest(%s::text[]) AS chain ORDER BY chain
ON CONFLICT (chain) DO UPDATE SET seq = head.seq RETURNING chain, seq, hash
"""
_APPEND_ALL = """
WITH links AS (SELECT * FROM jsonb_populate_recordset(NULL::audit_journal, %s::jsonb)),
     moved AS (UPDATE audit_chainhead head SET seq = links.seq, hash = links.hash
               FROM links WHERE head.chain = links.chain)
INSERT INTO audit_journal (chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id, subject_id,
                           details, prev_hash, hash)
SELECT chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id, subject_id, details, prev_hash, hash
FROM links
"""


def append(
    actor: Actor, now: datetime, event: Event, *, episode_id: str, subject_id: str, details: Mapping[str, Detail]
) -> None:
    """One more link. Must be called in a transaction."""
    assert connection.in_atomic_block, "the journal entry belongs to the transaction of what it tells"
    chain = episode_id or NODE_CHAIN
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_HEAD, [chain, GENESIS])
        seq, prev_hash = cursor.fetchone()
        told = Told(episode_id=episode_id, subject_id=subject_id, details=details)
        cursor.execute(_APPEND, _row(_link(actor, now, event, told, seq, bytes(prev_hash))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one of many entries tells of its episode."""

    episode_id: str
    subject_id: str
    details: Mapping[str, Detail]


def append_all(actor: Actor, now: datetime, event: Event, told: Iterable[Told]) -> None:
    """One more link in the chain of each of these episodes, with two questions to the database.

    Must be called in a transaction, and with each episode once.
    """
    assert connection.in_atomic_block, "the journal entries belong to the transaction of what they tell"
    by_chain = {one.episode_id: one for one in told}
    if not by_chain:
        return
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_HEADS, [GENESIS, list(by_chain)])
        links = [
            _link(actor, now, event, by_chain[chain], seq, bytes(prev_hash))
            for chain, seq, prev_hash in cursor.fetchall()
        ]
        cursor.execute(_APPEND_ALL, [json.dumps([_json_row(link) for link in links])])


def _link(actor: Actor, now: datetime, event: Event, told: Told, seq: int, prev_hash: bytes) -> Link:
    return Link(
        chain=told.episode_id or NODE_CHAIN,
        seq=seq + 1,
        at=now,
        event=event.value,
        actor_kind=actor.kind.value,
        actor_member=actor.member_id,
        actor_agency=actor.agency_id,
        episode_id=told.episode_id,
        subject_id=told.subject_id,
        details=told.details,
        prev_hash=prev_hash,
    )


def _json_row(link: Link) -> dict[str, object]:
    """The row as JSON can say it; bytes as PostgreSQL reads them."""
    row = {name: getattr(link, name) for name in Link.__slots__}
    hashes = {"prev_hash": rf"\x{link.prev_hash.hex()}", "hash": rf"\x{link.digest().hex()}"}
    return {**row, "details": dict(link.details), "at": link.at.isoformat(), **hashes}


def _row(link: Link) -> dict[str, str | int | bytes | datetime]:
    row = {name: getattr(link, name) for name in Link.__slots__}
    return {**row, "details": json.dumps(dict(link.details)), "hash": link.digest()}

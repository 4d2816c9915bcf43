"""Adds a link to its chain, inside the transaction of what it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
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


def append(
    actor: Actor, now: datetime, event: Event, *, episode_id: str, subject_id: str, details: Mapping[str, Detail]
) -> None:
    """One more link. Must be called in a transaction."""
    assert connection.in_atomic_block, "the journal entry belongs to the transaction of what it tells"
    chain = episode_id or NODE_CHAIN
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_HEAD, [chain, GENESIS])
        seq, prev_hash = cursor.fetchone()
        link = Link(
            chain=chain,
            seq=seq + 1,
            at=now,
            event=event.value,
            actor_kind=actor.kind.value,
            actor_member=actor.member_id,
            actor_agency=actor.agency_id,
            episode_id=episode_id,
            subject_id=subject_id,
            details=details,
            prev_hash=bytes(prev_hash),
        )
        cursor.execute(_APPEND, _row(link))


def _row(link: Link) -> dict[str, str | int | bytes | datetime]:
    row = {name: getattr(link, name) for name in Link.__slots__}
    return {**row, "details": json.dumps(dict(link.details)), "hash": link.digest()}

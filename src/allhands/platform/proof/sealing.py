"""Takes new journal entries into the tree and signs how far it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction

from allhands.platform.proof import reading
from allhands.platform.proof.checkpoint import Checkpoint, sign
from allhands.platform.proof.models import SignedCheckpoint
from allhands.platform.proof.tiles import Place, Tiles
from allhands.platform.proof.tree import leaf_hash, root

_ENTRIES_AT_ONCE = 20_000
# An entry may be committed after one with a higher number. No transaction lives so long that this many pass it;
# `journal verify` looks for any that were left out, however old.
_LOOK_BACK = 1_000_000
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('allhands journal tree'))"
_NEW = """
SELECT entry.id, entry.hash FROM audit_journal entry
WHERE entry.id > (SELECT coalesce(max(entry_id), 0) - %s FROM platform_proof_leaf)
  AND NOT EXISTS (SELECT FROM platform_proof_leaf leaf WHERE leaf.entry_id = entry.id)
ORDER BY entry.id LIMIT %s
"""
_PLACE = "INSERT INTO platform_proof_leaf (position, entry_id) SELECT * FROM unnest(%s::bigint[], %s::bigint[])"
_KEEP_TILE = """
INSERT INTO platform_proof_tile (level, index, hashes) VALUES (%s, %s, %s)
ON CONFLICT (level, index) DO UPDATE SET hashes = excluded.hashes
"""


def make_checkpoint(now: datetime, *, origin: str, key: Ed25519PrivateKey) -> SignedCheckpoint | None:
    """Take in what is new and sign the root; the last checkpoint again when nothing is new; None for an empty journal.

    Args:
        origin: name of this log, under which the key signs.
    """
    while _take_in():
        pass
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ALONE)
        size = reading.tree_size()
        if size == 0:
            return None
        checkpoint = Checkpoint(origin=origin, size=size, root=root(size, Tiles(reading.read_tile)))
        kept, _is_new = SignedCheckpoint.objects.get_or_create(
            size=size, defaults={"at": now, "note": sign(checkpoint, origin, key)}
        )
        return kept


def _take_in() -> bool:
    """Give places to the next entries without one. Whether there may be more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ALONE)
        size = reading.tree_size()
        cursor.execute(_NEW, [_LOOK_BACK, _ENTRIES_AT_ONCE])
        rows = cursor.fetchall()
        if not rows:
            return False
        cursor.execute(_PLACE, [list(range(size, size + len(rows))), [entry_id for entry_id, _hash in rows]])
        tiles = Tiles(reading.read_tile)
        tiles.append(size, (leaf_hash(bytes(kept)) for _id, kept in rows))
        keep_tiles(dict(tiles.changed()))
        return len(rows) == _ENTRIES_AT_ONCE


def keep_tiles(tiles: Mapping[Place, bytes]) -> None:
    """Write tiles that are new or have grown. Must be called in a transaction."""
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP_TILE, [(level, index, hashes) for (level, index), hashes in tiles.items()])

"""Walks the tree against the journal and against every checkpoint ever signed, and says what does not fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from allhands.platform.proof.checkpoint import Checkpoint, NoteFault, Verifier, open_note
from allhands.platform.proof.models import SignedCheckpoint
from allhands.platform.proof.tree import EMPTY_ROOT, leaf_hash, node_hash

_ROWS_AT_ONCE = 5_000
_LEAVES = """
SELECT leaf.position, entry.hash FROM platform_proof_leaf leaf
LEFT JOIN audit_journal entry ON entry.id = leaf.entry_id ORDER BY leaf.position
"""
# Entries that a later entry has overtaken in the tree although their transaction is long over.
_LEFT_OUT = """
SELECT min(entry.id) FROM audit_journal entry
WHERE entry.id < (SELECT coalesce(max(entry_id), 0) - %s FROM platform_proof_leaf)
  AND NOT EXISTS (SELECT FROM platform_proof_leaf leaf WHERE leaf.entry_id = entry.id)
"""
_STILL_OPEN = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TreeBreak:
    """What does not fit.

    Args:
        position: place in the tree, or the size of the checkpoint, or the id of the entry for `left-out`.
        code: `entry-missing` (its entry is gone), `place-missing` (a place of the tree is gone), `root` (the first
            entries are not those that were signed), `signature` (a checkpoint nobody signed), `short` (a checkpoint
            signed more than there is), `left-out` (an old entry never came into the tree).
    """

    position: int
    code: str


class _Frontier:
    """The root of a growing tree, from one hash per complete subtree at its right edge."""

    def __init__(self) -> None:
        self.size = 0
        self._peaks: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        rest, found = self.size, leaf
        while rest & 1:
            found, rest = node_hash(self._peaks.pop(), found), rest >> 1
        self._peaks.append(found)
        self.size += 1

    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY_ROOT
        found = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            found = node_hash(peak, found)
        return found


def verify_tree(verifier: Verifier, remembered: Checkpoint | None = None) -> list[TreeBreak]:
    """Everything that does not fit: at most the first broken place, and each broken checkpoint.

    Args:
        remembered: a checkpoint known from elsewhere, such as the one that lies beside the key.
    """
    wanted, breaks = _read_checkpoints(verifier)
    if remembered is not None and wanted.setdefault(remembered.size, remembered.root) != remembered.root:
        breaks.append(TreeBreak(position=remembered.size, code="root"))
    frontier = _Frontier()
    for position, kept in _leaves():
        if position != frontier.size:
            breaks.append(TreeBreak(position=frontier.size, code="place-missing"))
            return breaks
        if kept is None:
            breaks.append(TreeBreak(position=position, code="entry-missing"))
            return breaks
        frontier.add(leaf_hash(kept))
        root = wanted.pop(frontier.size, None)
        if root is not None and root != frontier.root():
            breaks.append(TreeBreak(position=frontier.size, code="root"))
    breaks.extend(TreeBreak(position=size, code="short") for size in sorted(wanted))
    return [*breaks, *_left_out()]


def _read_checkpoints(verifier: Verifier) -> tuple[dict[int, bytes], list[TreeBreak]]:
    roots: dict[int, bytes] = {}
    breaks: list[TreeBreak] = []
    for kept in SignedCheckpoint.objects.order_by("size"):
        try:
            checkpoint = open_note(kept.note, verifier)
        except NoteFault:
            breaks.append(TreeBreak(position=kept.size, code="signature"))
            continue
        roots[checkpoint.size] = checkpoint.root
    return roots, breaks


def _left_out() -> list[TreeBreak]:
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_OUT, [_STILL_OPEN])
        row = cursor.fetchone()
    return [] if row is None or row[0] is None else [TreeBreak(position=int(row[0]), code="left-out")]


def _leaves() -> Iterator[tuple[int, bytes | None]]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_LEAVES)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            for position, kept in rows:
                yield int(position), None if kept is None else bytes(kept)

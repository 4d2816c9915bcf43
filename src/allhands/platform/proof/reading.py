"""What is kept of the tree: its size, its tiles, its checkpoints."""

from __future__ import annotations

from django.db.models import Max

from allhands.platform.proof.models import Leaf, SignedCheckpoint, Tile


def tree_size() -> int:
    """How many entries have a place in the tree."""
    last = Leaf.objects.aggregate(last=Max("position"))["last"]
    return 0 if last is None else int(last) + 1


def read_tile(level: int, index: int) -> bytes:
    """The hashes of a tile, end to end; empty when there is none."""
    kept = Tile.objects.filter(level=level, index=index).values_list("hashes", flat=True).first()
    return bytes(kept) if kept is not None else b""


def last_checkpoint() -> SignedCheckpoint | None:
    """The newest checkpoint."""
    return SignedCheckpoint.objects.order_by("-size").first()


def find_checkpoint(size: int) -> SignedCheckpoint | None:
    """The checkpoint of that size."""
    return SignedCheckpoint.objects.filter(pk=size).first()


def position_of(entry_id: int) -> int | None:
    """The place of a journal entry in the tree; None while no checkpoint holds it."""
    return Leaf.objects.filter(entry_id=entry_id).values_list("position", flat=True).first()

"""The order of the entries in the tree, the tree's hashes, and the checkpoints. The guards are in the migration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from allhands.platform.proof.tiles import HASH_BYTES, WIDTH


class Leaf(models.Model):
    """Which journal entry stands at which place of the tree. Never changed, never removed."""

    position = models.BigIntegerField(primary_key=True)
    entry_id = models.BigIntegerField(unique=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(position__gte=0), name="proof_leaf_from_zero")]


class Tile(models.Model):
    """Up to 256 hashes that stand side by side; a tile only grows at its end.

    `level` counts tiles, not tree levels: a hash of tile level 1 is the root of a full tile of level 0.
    """

    level = models.SmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField(max_length=HASH_BYTES * WIDTH)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="proof_one_tile_a_place")]


class SignedCheckpoint(models.Model):
    """A checkpoint as it was signed. Never changed, never removed."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    note = models.TextField()

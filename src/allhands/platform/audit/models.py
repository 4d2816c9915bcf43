"""The journal and the head of each of its chains. Fields and constraints only; the guards are in the migration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

HASH_BYTES = 32
CHAIN_LENGTH = 64


class ChainHead(models.Model):
    """The last link of a chain. Its row is the chain's lock: appends to one chain queue here, others pass."""

    chain = models.CharField(max_length=CHAIN_LENGTH, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.BinaryField(max_length=HASH_BYTES)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(seq__gte=0), name="audit_head_seq_not_negative")]


class Journal(models.Model):
    """One thing that happened. Never changed, never removed: the database refuses."""

    chain = models.CharField(max_length=CHAIN_LENGTH)
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    event = models.IntegerField()
    actor_kind = models.CharField(max_length=8)
    actor_member = models.CharField(max_length=CHAIN_LENGTH, blank=True, default="")
    actor_agency = models.CharField(max_length=CHAIN_LENGTH, blank=True, default="")
    episode_id = models.CharField(max_length=CHAIN_LENGTH, blank=True, default="")
    subject_id = models.CharField(max_length=CHAIN_LENGTH, blank=True, default="")
    details = models.JSONField()
    prev_hash = models.BinaryField(max_length=HASH_BYTES)
    hash = models.BinaryField(max_length=HASH_BYTES)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_entry_a_link"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="audit_seq_from_one"),
        ]
        indexes = [
            models.Index(fields=["subject_id", "at"], name="audit_journ_subject_idx"),
            models.Index(fields=["event", "at"], name="audit_journ_event_idx"),
        ]

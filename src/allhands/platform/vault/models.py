"""The data keys, wrapped. Fields and constraints only; the guards are in the migration."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class DataKey(models.Model):
    """The key of one record. Destroyed once, it stays destroyed; the row remains to say so, and by whose order."""

    record_id = models.CharField(max_length=64, primary_key=True)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    order_ref = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True, order_ref="") | Q(destroyed_at__isnull=False, wrapped=b""),
                name="vault_destroyed_means_gone",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | Q(wrapped=b""), name="vault_sealed_means_out_of_reach"
            ),
        ]


class SealedKey(models.Model):
    """The wrapped key of a sealed record, out of reach: only the platform itself sees the row, nobody else."""

    record_id = models.CharField(max_length=64, primary_key=True)
    wrapped = models.BinaryField()
    wrapped_by = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    order_ref = models.CharField(max_length=200)

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
    destroyed_at = models.DateTimeField(null=True)
    order_ref = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(destroyed_at__isnull=True, order_ref="") | Q(destroyed_at__isnull=False, wrapped=b""),
                name="vault_destroyed_means_gone",
            )
        ]

"""The counts. Unlogged: after a crash everybody starts anew, and nothing of it is in the write-ahead log."""

from __future__ import annotations

from django.db import models

DIGEST_LENGTH = 64


class Count(models.Model):
    """What is counted under a key, until when. The key is a digest: no address of anybody is written down."""

    key = models.CharField(max_length=DIGEST_LENGTH, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="count_by_end")]

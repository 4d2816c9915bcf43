"""Why jobs failed: kinds of error only, for the operator's page."""

from __future__ import annotations

from django.db import models


class JobFailure(models.Model):
    """The last failure of one job."""

    job_id = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=128)

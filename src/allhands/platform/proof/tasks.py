"""Signs how far the journal reaches, by the clock."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.platform.jobs import api as jobs
from allhands.platform.proof import api


@jobs.periodic("*/10 * * * *", queue="clocks")
def sign_checkpoint(at: datetime) -> None:
    """Every ten minutes: what was written until now can no longer be changed unseen."""
    api.make_checkpoint(max(at, timezone.now()))

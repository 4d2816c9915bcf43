"""Forgets counts whose time is over."""

from __future__ import annotations

from datetime import datetime

from allhands.platform.counts import store
from allhands.platform.jobs import api as jobs


@jobs.periodic("*/10 * * * *")
def forget_counts(at: datetime) -> None:
    """Every ten minutes: what is over is nobody's to look up."""
    store.forget_over(at)

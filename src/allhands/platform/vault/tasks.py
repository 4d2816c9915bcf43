"""Keeps the list of shut records beside the key up to date, by the clock."""

from __future__ import annotations

from datetime import datetime

from allhands.platform.jobs import api as jobs
from allhands.platform.vault import shut_list


@jobs.periodic("*/10 * * * *", queue="clocks")
def remember_shut_records(_at: datetime) -> None:
    """Every ten minutes: what another machine sealed or destroyed is remembered here too."""
    shut_list.remember()

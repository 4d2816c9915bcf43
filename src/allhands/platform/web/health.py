"""Whether this process lives, and whether it can do its work."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError
from django.utils import timezone

from allhands.platform.jobs import api as jobs
from allhands.platform.serving import migrations, warming
from allhands.platform.vault import api as vault

_WORKER_SILENCE = timedelta(seconds=60)


def list_problems() -> list[str]:
    """Codes of what is missing: `database`, `migrations`, `vault-key`, `worker`, `warming`. Empty when ready."""
    try:
        if migrations.list_waiting():
            return ["migrations"]
        if vault.list_missing():
            return ["vault-key"]  # records would be closed with one key and looked for with another
        beat = jobs.last_heartbeat()
    except DatabaseError:
        return ["database"]
    is_silent = beat is None or timezone.now() - beat > _WORKER_SILENCE
    if is_silent:
        return ["worker"]
    return [] if warming.is_done() else ["warming"]

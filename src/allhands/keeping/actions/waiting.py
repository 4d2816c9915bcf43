"""Who decides about a record, and who holds it, wait for each other."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

_ALONE = "SELECT pg_advisory_xact_lock(hashtextextended('allhands keeping ' || %s, 0))"


def alone_with(episode_ids: Iterable[str]) -> None:
    """Until the transaction ends nobody else sets a hold on these records, or carries a step out.

    Not the row of the record: whoever takes part may hold it, and of a sealed record nobody sees it. Look only after
    this, so that what somebody else did meanwhile is seen.
    """
    with connection.cursor() as cursor:
        for episode_id in sorted(set(episode_ids)):
            cursor.execute(_ALONE, [episode_id])

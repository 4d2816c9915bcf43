"""Jobs of the law book: ids only, safe to run twice."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from allhands.lawbook.actions import effect
from allhands.platform.jobs import api as jobs


@jobs.task(queue="law")
def work_out_preview(*, preview_id: str) -> None:
    """What a draft would change in every open episode."""
    effect.work_out_preview(preview_id, timezone.now())


@jobs.task(queue="law")
def take_effect(*, release_id: str) -> None:
    """Look at every open episode again by a release that has taken effect."""
    effect.take_effect(release_id, timezone.now())


@jobs.periodic("* * * * *", queue="law")
def look_for_new_law(at: datetime) -> None:
    """Each minute: releases whose instant has come."""
    for release_id in effect.list_due(max(at, timezone.now())):
        effect.take_effect(release_id, timezone.now())

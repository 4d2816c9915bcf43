"""Responses that no count may hold."""

from __future__ import annotations

from allhands.access import api as access
from allhands.episodes import models
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as


def not_counted() -> frozenset[EpisodeId]:
    """Responses of the whole installation whose child's nation stopped counting, whoever asks."""
    nations = access.nations_not_counted()
    if not nations:
        return frozenset()
    with acting_as(SYSTEM):
        rows = models.Episode.objects.filter(child__tribes__nation__in=nations).distinct()
        return frozenset(EpisodeId(one) for one in rows.values_list("pk", flat=True))

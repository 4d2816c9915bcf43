"""Empty what the door keeps in words about a record that was expunged. Who learned what, and when, stays."""

from __future__ import annotations

from datetime import datetime

from allhands.access import models
from allhands.kernel.ids import EpisodeId
from allhands.platform.vault import api as vault


def forget(episode_id: EpisodeId, now: datetime, order_ref: str) -> None:
    """The platform must be acting. What the person named wrote goes with the record."""
    for objection_id in models.Objection.objects.filter(episode_id=episode_id).values_list("pk", flat=True):
        vault.destroy(objection_id, now, order_ref)
    models.Objection.objects.filter(episode_id=episode_id).update(name="", born_on=None, first_why="", second_why="")
    models.Mark.objects.filter(episode_id=episode_id).update(reason="")
    models.Glass.objects.filter(episode_id=episode_id).update(reason=vault.GONE, review="")
    models.Consent.objects.filter(episode_id=episode_id).update(
        giver="", giver_relation="", to_label="", words="", witness="", authority="", stopped_by="", stopped_why=""
    )
    models.Ask.objects.filter(episode_id=episode_id).update(why="", answer="")

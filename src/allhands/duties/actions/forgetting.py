"""Empty the open words of a record that was expunged. What the law asked, and when it was proved, stays."""

from __future__ import annotations

from allhands.duties import models
from allhands.duties.contracts import DutyState
from allhands.kernel.ids import EpisodeId
from allhands.platform.vault import api as vault


def forget(episode_id: EpisodeId) -> None:
    """The platform must be acting, and the record's key be destroyed."""
    duties = models.Duty.objects.filter(episode_id=episode_id)
    duties.exclude(reason="").filter(state=DutyState.WAIVED.value).update(reason=vault.GONE)
    duties.exclude(state=DutyState.WAIVED.value).update(reason="")
    models.Evidence.objects.filter(duty__episode_id=episode_id).update(value="", taken_by="")
    models.Document.objects.filter(episode_id=episode_id, annex__isnull=False).update(annex=None)
    models.TierLowering.objects.filter(episode_id=episode_id).update(reason="")

"""Empty what was asked, written and published about a record that was expunged. When, by whom, how far: that stays."""

from __future__ import annotations

from allhands.alerts import models
from allhands.alerts.contracts import TransmissionId
from allhands.kernel.ids import EpisodeId
from allhands.platform.vault import api as vault


def forget(episode_id: EpisodeId) -> tuple[TransmissionId, ...]:
    """The transmissions whose words went; the channels hold their files.

    The platform must be acting, and the record's key be destroyed.
    """
    requests = models.AlertRequest.objects.filter(episode_id=episode_id)
    requests.exclude(reason="").update(child="", needs=[], words="", reason=vault.GONE)
    requests.filter(reason="").update(child="", needs=[], words="")
    alerts = models.Alert.objects.filter(episode_id=episode_id)
    alerts.update(draft={}, note="")
    models.AlertReview.objects.filter(alert__in=alerts).update(words="")
    models.TakeDown.objects.filter(alert__in=alerts).update(words="")
    sent = models.Transmission.objects.filter(episode_id=episode_id)
    sent.update(content=b"")
    return tuple(TransmissionId(one) for one in sent.values_list("pk", flat=True))

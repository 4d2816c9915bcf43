"""Which agency owes what an alert leaves to be done."""

from __future__ import annotations

from allhands.alerts import models
from allhands.alerts.contracts import AlertView, MessageKind
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as


def owing_agency(view: AlertView) -> AgencyId | None:
    """Who sent what is out; who asked where the sender takes no part in the child's response. None: no response.

    The copies on doors and screens bear the name of whoever sent the newest version, and who has them knows where they
    hang. Taking an alert back, as any authority of the land may in a hurry, hands out nothing and makes nobody owe.
    """
    with acting_as(SYSTEM):
        episode = episodes.find_episode(view.episode_id)
        if episode is None:
            return None
        told = models.Transmission.objects.filter(alert_id=view.alert_id).exclude(kind=MessageKind.CANCEL.value)
        sender = told.order_by("-number").values_list("approved_agency", flat=True)[0]
    able = [AgencyId(sender), view.request.asked_agency_id]
    return next((one for one in able if one in episode.party_agency_ids), episode.owner_agency_id)

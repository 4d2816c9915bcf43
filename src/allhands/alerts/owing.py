"""Which agency owes what an alert leaves to be done."""

from __future__ import annotations

from allhands.alerts import models
from allhands.alerts.contracts import AlertView
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as


def owing_agency(view: AlertView) -> AgencyId | None:
    """Who sent it; who asked where the sender takes no part in the child's response. None: there is no response."""
    with acting_as(SYSTEM):
        episode = episodes.find_episode(view.episode_id)
        if episode is None:
            return None
        sent = models.Transmission.objects.only("approved_agency").get(pk=view.transmission_id)
    able = [AgencyId(sent.approved_agency), view.request.asked_agency_id]
    return next((one for one in able if one in episode.party_agency_ids), episode.owner_agency_id)

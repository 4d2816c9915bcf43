"""Time alone changes what the law says: a night passes, a birthday comes. Look again without a new fact."""

from __future__ import annotations

from datetime import datetime

from allhands.duties import queries
from allhands.duties.actions.assess import reassess
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


def refresh_all(now: datetime) -> int:
    """How many open episodes were assessed anew because time may have changed the answer. No other is looked at.

    Each assessment says until when it holds; one made after that instant is stored even if it says the same, as the
    proof that somebody looked.
    """
    with acting_as(SYSTEM):
        open_ids = [one.episode_id for one in episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED])]
        turned = queries.list_turned(open_ids, now)
    for episode_id in turned:
        with acting_as(SYSTEM):
            reassess(SYSTEM, episode_id, now)
    return len(turned)

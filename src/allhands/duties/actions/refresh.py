"""Time alone changes what the law says: a night passes, a birthday comes. Look again without a new fact."""

from __future__ import annotations

from datetime import datetime

from allhands import law
from allhands.duties import judging, queries
from allhands.duties.actions.assess import reassess
from allhands.duties.routing import is_for_the_ledger
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, Json
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as


def refresh_all(now: datetime) -> int:
    """How many open episodes were assessed anew because time changed the answer. The others are left untouched."""
    with acting_as(SYSTEM):
        open_ids = [one.episode_id for one in episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED])]
    return sum(refresh(episode_id, now) for episode_id in open_ids)


def refresh(episode_id: EpisodeId, now: datetime) -> bool:
    """Whether the answer changed since the stored assessment; then a new one is stored and the ledger follows."""
    with acting_as(SYSTEM):
        stored = queries.find_assessment(episode_id)
        if stored is None:
            return False
        fresh = judging.assess_statements(episodes.statements_of(episode_id), as_of=now)
        changed = _gist(fresh) != _gist(judging.assess_raw(_as_stored(stored)))
        if changed:
            reassess(SYSTEM, episode_id, now)
    return changed


def _as_stored(stored: queries.AssessmentView) -> dict[str, Json]:
    return {"as_of": stored.as_of.isoformat(), "statements": list(stored.statements)}


def _gist(assessment: law.Assessment) -> tuple[object, ...]:
    """What people and clocks see of an assessment."""
    duties = [
        (duty.rule_id, duty.applies, duty.clock_starts_at, duty.due_at, duty.governs)
        for duty in assessment.duties
        if is_for_the_ledger(duty)
    ]
    return (
        assessment.tier.level,
        tuple(why.rule_id for why in assessment.tier.reasons),
        tuple(sorted(duties, key=str)),
    )

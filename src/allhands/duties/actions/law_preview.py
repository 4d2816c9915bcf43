"""What packs that are not in force yet would change in open episodes. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from allhands import law
from allhands.duties import judging, queries
from allhands.duties.actions.law_between import amends, difference, may_differ, speaking_for
from allhands.duties.actions.law_moves import Asked, Held, as_asked, as_held, ledgers_of, moves_between, of_ledger
from allhands.duties.contracts import LawMove
from allhands.episodes.contracts import Json
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.platform import packs
from allhands.platform.database.acting import acting_as


def moves_under(
    library: law.Library, episode_ids: Sequence[EpisodeId], now: datetime
) -> dict[EpisodeId, tuple[LawMove, ...]]:
    """What these packs would change in each episode, against the packs in force. Nothing is written.

    Episodes in which nothing would change are left out.
    """
    found = {}
    with acting_as(SYSTEM):
        in_force = packs.library()
        touched = _touched_by_draft(in_force, library, episode_ids, now)
        stored, ledgers = queries.find_assessments(touched), ledgers_of(touched)
    for episode_id, between in touched.items():
        held = _of(between, ledgers.get(episode_id, {}))
        asked, was = (_asked(stored[episode_id], between, now, one) for one in (library, in_force))
        if not any(moves_between(as_held(held), asked, held)):
            continue  # the ledger says the same already; time alone would not be the law's doing either
        moves = tuple(moves_between(as_asked(was), asked, held))
        if moves:
            found[episode_id] = moves
    return found


def _touched_by_draft(
    in_force: law.Library, draft: law.Library, episode_ids: Sequence[EpisodeId], now: datetime
) -> dict[EpisodeId, law.Difference | None]:
    """The episodes that may be judged otherwise, each with what lies between; None where it is to be judged whole."""
    before, after = (speaking_for(episode_ids, now, one) for one in (in_force, draft))
    between = difference(in_force, draft)
    return {
        one: amends(before[one], after[one], between)
        for one in episode_ids
        if may_differ(before[one], after[one], between)
    }


def _of(between: law.Difference | None, held: Held) -> Held:
    """Of a ledger, what may be asked otherwise."""
    return held if between is None else {rule: duty for rule, duty in held.items() if rule in between.duties}


def _asked(
    stored: queries.AssessmentView, between: law.Difference | None, now: datetime, library: law.Library
) -> Asked:
    if between is not None:
        return of_ledger(judging.amend(stored, between.duties, library).duties)
    raw: dict[str, Json] = {"as_of": now.isoformat(), "statements": list(stored.statements)}
    return of_ledger(judging.assess_raw(raw, library=library).duties)

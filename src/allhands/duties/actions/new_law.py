"""Another law took effect: the ledgers of open episodes are carried over to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from allhands import law
from allhands.duties import judging, models, queries, routing
from allhands.duties.actions.assess import REFRESHED, assessment_row, reassess, said_by_law
from allhands.duties.actions.law_between import amends, difference_from, may_differ, speaking_for
from allhands.duties.actions.law_moves import Asked, as_held, ledgers_of, moves_between, of_ledger, only_rewrites
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.law.collecting import uncollected
from allhands.platform import packs
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.database.inserting import insert_all, update_all
from allhands.platform.vault import api as vault

_AT_ONCE = 25  # episodes held in one transaction: a person who reports meanwhile waits a second, not ten


def list_open_ids() -> tuple[EpisodeId, ...]:
    """Every episode whose ledger still follows the law, the longest open first."""
    with acting_as(SYSTEM):
        return tuple(one.episode_id for one in episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED]))


def follow_law(episode_ids: Sequence[EpisodeId], now: datetime) -> int:
    """Judge these open episodes by the packs in force; how many of them another law had judged in another way.

    An episode is left untouched when its packs are the same, or when no rule that speaks for it, nor any rule that one
    rests on, reads otherwise: so doing it twice does nothing the second time. Where nothing but duties read otherwise,
    those alone are judged, as of the instant of the last assessment; what time has changed since is `refresh`'s.
    """
    changed = _touched(episode_ids, now)
    amended: dict[_Move, list[EpisodeId]] = {}
    for episode_id, move in changed.items():
        amended.setdefault(move, []).append(episode_id)
    for move, ids in amended.items():
        for start in range(0, len(ids), _AT_ONCE):
            with uncollected():
                _follow(ids[start : start + _AT_ONCE], move, now)
    return len(changed)


@dataclass(frozen=True, slots=True)
class _Move:
    """From which packs an episode moves to those in force.

    Args:
        between: None where each is to be judged whole.
    """

    judged_by: frozenset[packs.PackHash]
    between: law.Difference | None


def _touched(episode_ids: Sequence[EpisodeId], now: datetime) -> dict[EpisodeId, _Move]:
    """The episodes that may be judged otherwise than by their newest assessment, each with its move."""
    found: dict[EpisodeId, _Move] = {}
    with acting_as(SYSTEM):
        library, before = packs.library(), queries.list_pack_hashes(episode_ids)
        after = speaking_for(episode_ids, now, library)
        for one in episode_ids:
            if one in before and before[one] != after[one]:
                between = difference_from(before[one], library)
                if between is None or may_differ(before[one], after[one], between):
                    known = amends(before[one], after[one], between) if between is not None else None
                    found[one] = _Move(before[one], known)
    return found


def _follow(episode_ids: Sequence[EpisodeId], move: _Move, now: datetime) -> None:
    """Judge these anew, in one transaction in which nobody adds to what was said about them.

    Where open duties only get another time or other words, they are written together. Where a duty appears, ends or
    asks another agency, parties and packets follow too, one episode after the other.
    """
    kept: list[models.Assessment] = []
    rewritten: list[models.Duty] = []
    routes = routing.Routes()
    with acting_as(SYSTEM), vault.at_hand(episode_ids):
        episodes.hold(episode_ids)
        judge = _amending(episode_ids, move, now) if move.between is not None else _whole(episode_ids, now)
        ledgers = ledgers_of(episode_ids, move.between.duties if move.between is not None else None, locked=True)
        for episode_id in episode_ids:
            row, asked = judge(episode_id)
            held = ledgers.get(episode_id, {})
            moves = tuple(moves_between(as_held(held), asked, held))
            if row is None or not all(
                only_rewrites(one, held.get(one.rule_id), asked.get(one.rule_id)) for one in moves
            ):
                reassess(SYSTEM, episode_id, now, routes=routes)
            else:
                kept.append(row)
                rewritten += [_rewrite(held[one.rule_id], asked[one.rule_id]) for one in moves]
        update_all(rewritten, REFRESHED)
        _keep(kept, now)


_Judge = Callable[[EpisodeId], tuple[models.Assessment | None, Asked]]
"""The new assessment, not stored, and what it asks; None where only judging the episode whole will do."""


def _whole(episode_ids: Sequence[EpisodeId], now: datetime) -> _Judge:
    statements = episodes.statements_of_all(episode_ids)

    def judge(episode_id: EpisodeId) -> tuple[models.Assessment, Asked]:
        lines = statements.get(episode_id, ())
        fresh = judging.assess_statements(lines, as_of=now)
        return assessment_row(episode_id, lines, fresh, now), of_ledger(fresh.duties)

    return judge


def _amending(episode_ids: Sequence[EpisodeId], move: _Move, now: datetime) -> _Judge:
    stored, library = queries.find_assessments(episode_ids), packs.library()

    def judge(episode_id: EpisodeId) -> tuple[models.Assessment | None, Asked]:
        before = stored[episode_id]
        if move.between is None or frozenset(before.packs) != move.judged_by:
            return None, {}  # somebody stated a fact meanwhile
        amended = judging.amend(before, move.between.duties, library)
        return _amended_row(episode_id, before, amended, now), of_ledger(amended.duties)

    return judge


def _amended_row(
    episode_id: EpisodeId, before: queries.AssessmentView, amended: law.Amendment, now: datetime
) -> models.Assessment:
    result = amended.to_json()
    return models.Assessment(
        episode_id=episode_id,
        as_of=before.as_of,
        made_at=now,
        packs=result["packs"],
        facts=before.statements,
        result={**result, "amends": before.assessment_id},
        tier=before.tier,
        tier_reasons=before.tier_reasons,
        holds_until=amended.holds_until,
    )


def _rewrite(held: models.Duty, asked: law.DutyResult) -> models.Duty:
    for name, value in said_by_law(asked).items():
        setattr(held, name, value)
    return held


def _keep(rows: Sequence[models.Assessment], now: datetime) -> None:
    insert_all(rows)
    audit.record_all(SYSTEM, now, audit.Event.ASSESSED, map(_told, rows))


def _told(row: models.Assessment) -> audit.Told:
    details: dict[str, audit.Detail] = {"opened": 0, "superseded": 0, "tier": row.tier}
    return audit.Told(episode_id=str(row.episode_id), subject_id=str(row.pk), details=details)

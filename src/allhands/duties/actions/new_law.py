"""Another law: what it would change in open episodes, and carrying the ledger over to it when it takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from allhands import law
from allhands.duties import judging, models, queries, routing
from allhands.duties.actions.assess import assessment_row, reassess, said_by_law
from allhands.duties.contracts import HOUSE_PACK, DutyState, LawMove, MoveKind
from allhands.duties.routing import is_for_the_ledger
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, FactLine
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.platform import packs
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.database.inserting import insert_all
from allhands.platform.vault import api as vault

_Asked = Mapping[str, law.DutyResult]
_Held = Mapping[str, models.Duty]
_TIMES = ("clock_starts_at", "due_at", "due_words", "starts_fact", "applies", "governs", "covered_by")


def list_open_ids() -> tuple[EpisodeId, ...]:
    """Every episode whose ledger still follows the law, the longest open first."""
    with acting_as(SYSTEM):
        return tuple(one.episode_id for one in episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED]))


def moves_under(
    library: law.Library, episode_ids: Sequence[EpisodeId], now: datetime
) -> dict[EpisodeId, tuple[LawMove, ...]]:
    """What these packs would change in each episode, against the packs in force. Nothing is written.

    Episodes in which nothing would change are left out.
    """
    found = {}
    with acting_as(SYSTEM):
        statements, ledgers = episodes.statements_of_all(episode_ids), _ledgers(episode_ids)
        in_force = packs.library()
    for episode_id in episode_ids:
        lines, held = statements.get(episode_id, ()), ledgers.get(episode_id, {})
        asked = _asked(lines, now, library)
        if not any(_moves(_as_held(held), asked, held)):
            continue  # the ledger says the same already; time alone would not be the law's doing either
        moves = tuple(_moves(_as_asked(_asked(lines, now, in_force)), asked, held))
        if moves:
            found[episode_id] = moves
    return found


def follow_law(episode_ids: Sequence[EpisodeId], now: datetime) -> int:
    """Judge these open episodes by the packs in force; how many were judged by other packs before.

    An episode whose packs are the same is left untouched, so that doing it twice does nothing the second time. Where
    the ledger stays the same only the new assessment is kept.
    """
    with acting_as(SYSTEM):
        statements, before = episodes.statements_of_all(episode_ids), queries.list_pack_hashes(episode_ids)
        library = packs.library()
        given = {
            one: judging.read(statements.get(one, ()), as_of=now, library=library)
            for one in episode_ids
            if one in before
        }
        changed = [one for one, facts in given.items() if judging.speaking(facts, library) != before[one]]
        ledgers, tiers = _ledgers(changed), queries.list_tiers(changed)
    kept: list[models.Assessment] = []
    routes = routing.Routes()
    for episode_id in changed:
        lines, held = statements.get(episode_id, ()), ledgers.get(episode_id, {})
        fresh = judging.judge(given[episode_id], library)
        asked = {duty.rule_id: duty for duty in fresh.duties if is_for_the_ledger(duty)}
        same_tier = [why["rule"] for why in tiers[episode_id].reasons] == [why.rule_id for why in fresh.tier.reasons]
        if same_tier and not any(_moves(_as_held(held), asked, held)):
            kept.append(assessment_row(episode_id, lines, fresh, now))
        else:
            reassess(SYSTEM, episode_id, now, routes=routes)
    _keep(kept, now)
    return len(changed)


def _keep(rows: Sequence[models.Assessment], now: datetime) -> None:
    with acting_as(SYSTEM), vault.at_hand(row.episode_id for row in rows):
        insert_all(rows)
        for row in rows:
            details: dict[str, audit.Detail] = {"opened": 0, "superseded": 0, "tier": row.tier}
            with audit.audited(SYSTEM, now, audit.Event.ASSESSED, episode_id=row.episode_id, details=details) as entry:
                entry.subject_id = str(row.pk)


def _ledgers(episode_ids: Iterable[EpisodeId]) -> dict[EpisodeId, dict[str, models.Duty]]:
    found: dict[EpisodeId, dict[str, models.Duty]] = {}
    for row in models.Duty.objects.exclude(pack_id=HOUSE_PACK).filter(episode_id__in=list(episode_ids)):
        found.setdefault(EpisodeId(row.episode_id), {})[row.rule_id] = row
    return found


def _asked(lines: Iterable[FactLine], now: datetime, library: law.Library) -> _Asked:
    assessment = judging.assess_statements(lines, as_of=now, library=library)
    return {duty.rule_id: duty for duty in assessment.duties if is_for_the_ledger(duty)}


def _as_asked(asked: _Asked) -> dict[str, Mapping[str, object]]:
    return {rule_id: said_by_law(duty) for rule_id, duty in asked.items()}


def _as_held(held: _Held) -> dict[str, Mapping[str, object]]:
    """What the ledger asks now, field by field."""
    return {rule_id: vars(duty) for rule_id, duty in held.items() if duty.state == DutyState.OPEN.value}


def _moves(before: Mapping[str, Mapping[str, object]], after: _Asked, held: _Held) -> Iterator[LawMove]:
    """What lies between what was asked and what is asked; a duty that is proved or waived moves no more."""
    for rule_id in sorted(before.keys() | after.keys()):
        state = held[rule_id].state if rule_id in held else DutyState.OPEN.value
        if state not in (DutyState.OPEN.value, DutyState.SUPERSEDED.value):
            continue
        was = before.get(rule_id)
        asked = said_by_law(after[rule_id]) if rule_id in after else None
        kind = _kind(was, asked)
        if kind is not None:
            yield _move(rule_id, kind, was, asked)


def _kind(was: Mapping[str, object] | None, asked: Mapping[str, object] | None) -> MoveKind | None:
    if was is None or asked is None:
        return MoveKind.APPEARS if was is None else MoveKind.ENDS
    different = {name for name, value in asked.items() if was[name] != value}
    if not different:
        return None
    return MoveKind.MOVES if different & set(_TIMES) else MoveKind.REWORDS


def _move(
    rule_id: str, kind: MoveKind, was: Mapping[str, object] | None, asked: Mapping[str, object] | None
) -> LawMove:
    title = (asked or was or {})["title"]
    before, after = (side["due_at"] if side is not None else None for side in (was, asked))
    assert isinstance(title, dict)
    return LawMove(
        rule_id=rule_id,
        title=title,
        kind=kind,
        before=before if isinstance(before, datetime) else None,
        after=after if isinstance(after, datetime) else None,
    )

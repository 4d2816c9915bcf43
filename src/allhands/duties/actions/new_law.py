"""Another law: what it would change in open episodes, and carrying the ledger over to it when it takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import chain

from django.db.models import QuerySet

from allhands import law
from allhands.duties import judging, models, queries, routing
from allhands.duties.actions.assess import REFRESHED, assessment_row, reassess, said_by_law
from allhands.duties.contracts import HOUSE_PACK, DutyState, LawMove, MoveKind
from allhands.duties.routing import is_for_the_ledger
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, FactLine
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import EpisodeId
from allhands.law.collecting import uncollected
from allhands.platform import packs
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.database.inserting import insert_all, update_all
from allhands.platform.vault import api as vault

_Asked = Mapping[str, law.DutyResult]
_Held = Mapping[str, models.Duty]
_REWRITES = (MoveKind.MOVES, MoveKind.REWORDS)
_WORDS = ("title", "plain", "starts_when", "due_words", "evidence_kinds", "source")
_AT_ONCE = 25  # episodes held in one transaction: a person who reports meanwhile waits a second, not ten
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
        in_force = packs.library()
        touched = _touched_by_draft(in_force, library, episode_ids, now)
        statements, ledgers = episodes.statements_of_all(touched), _ledgers(touched)
    for episode_id in touched:
        lines, held = statements.get(episode_id, ()), ledgers.get(episode_id, {})
        asked = _asked(lines, now, library)
        if not any(_moves(_as_held(held), asked, held)):
            continue  # the ledger says the same already; time alone would not be the law's doing either
        moves = tuple(_moves(_as_asked(_asked(lines, now, in_force)), asked, held))
        if moves:
            found[episode_id] = moves
    return found


def _touched_by_draft(
    in_force: law.Library, draft: law.Library, episode_ids: Sequence[EpisodeId], now: datetime
) -> list[EpisodeId]:
    before, after = (_speaking(episode_ids, now, one) for one in (in_force, draft))
    between = _difference(in_force, draft)
    return [one for one in episode_ids if _may_differ(before[one], after[one], between)]


def follow_law(episode_ids: Sequence[EpisodeId], now: datetime) -> int:
    """Judge these open episodes by the packs in force; how many of them another law had judged in another way.

    An episode is left untouched when its packs are the same, or when no rule that speaks for it, nor any rule that one
    rests on, reads otherwise: so doing it twice does nothing the second time.
    """
    changed = _touched(episode_ids, now)
    ids = list(changed)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        with uncollected():
            _follow(some, _rules_of([changed[one] for one in some]), now)
    return len(changed)


def _touched(episode_ids: Sequence[EpisodeId], now: datetime) -> dict[EpisodeId, law.Difference | None]:
    """The episodes that may be judged otherwise than by their newest assessment, each with what lies between."""
    found: dict[EpisodeId, law.Difference | None] = {}
    with acting_as(SYSTEM):
        library, before = packs.library(), queries.list_pack_hashes(episode_ids)
        after = _speaking(episode_ids, now, library)
        for one in episode_ids:
            if one in before and before[one] != after[one]:
                between = _difference_from(before[one], library)
                if between is None or _may_differ(before[one], after[one], between):
                    found[one] = between
    return found


def _speaking(
    episode_ids: Sequence[EpisodeId], now: datetime, library: law.Library
) -> dict[EpisodeId, frozenset[packs.PackHash]]:
    lines = episodes.list_statements(episode_ids, facts=law.SPEAKING_FACTS)
    return {one: judging.speaking(lines.get(one, ()), as_of=now, library=library) for one in episode_ids}


_difference = lru_cache(maxsize=8)(law.difference)


@lru_cache(maxsize=64)
def _difference_from(judged_by: frozenset[packs.PackHash], library: law.Library) -> law.Difference | None:
    """None when the packs of then are nowhere to be had any more."""
    earlier = packs.library_of(judged_by)
    known = {(pack.id, pack.sha256) for pack in earlier.packs}
    return _difference(earlier, library) if known.issuperset(judged_by) else None


def _may_differ(spoke: frozenset[packs.PackHash], speaking: frozenset[packs.PackHash], between: law.Difference) -> bool:
    """Whether an episode may be judged otherwise, given the packs that spoke for it and those that speak."""
    names = {pack for pack, _hash in speaking}
    return names != {pack for pack, _hash in spoke} or between.touches(names)


def _rules_of(differences: Iterable[law.Difference | None]) -> frozenset[str] | None:
    """The rules that read otherwise; None where it may be any."""
    rules: set[str] = set()
    for one in differences:
        if one is None or one.is_total:
            return None
        rules |= one.rules
    return frozenset(rules)


def _follow(episode_ids: Sequence[EpisodeId], rules: frozenset[str] | None, now: datetime) -> None:
    """Judge these anew, in one transaction in which nobody adds to what was said about them.

    Where open duties only get another time or other words, they are written together. Where a duty appears, ends or
    asks another agency, parties and packets follow too, one episode after the other.
    """
    kept: list[models.Assessment] = []
    rewritten: list[models.Duty] = []
    routes = routing.Routes()
    with acting_as(SYSTEM), vault.at_hand(episode_ids):
        episodes.hold(episode_ids)
        statements, ledgers = episodes.statements_of_all(episode_ids), _locked_ledgers(episode_ids, rules)
        for episode_id in episode_ids:
            lines, held = statements.get(episode_id, ()), ledgers.get(episode_id, {})
            fresh = judging.assess_statements(lines, as_of=now)
            asked = {duty.rule_id: duty for duty in fresh.duties if is_for_the_ledger(duty)}
            moves = tuple(_moves(_as_held(held), asked, held))
            if all(_only_rewrites(move, held.get(move.rule_id), asked.get(move.rule_id)) for move in moves):
                kept.append(assessment_row(episode_id, lines, fresh, now))
                rewritten += [_rewrite(held[move.rule_id], asked[move.rule_id]) for move in moves]
            else:
                reassess(SYSTEM, episode_id, now, routes=routes)
        update_all(rewritten, REFRESHED)
        _keep(kept, now)


_ASKED_OF = ("actor_code", "recipient_code", "action", "applies")


def _only_rewrites(move: LawMove, held: models.Duty | None, asked: law.DutyResult | None) -> bool:
    """Whether the same agency goes on owing the same to the same, so that nobody is to be told."""
    if held is None or asked is None or held.state != DutyState.OPEN.value or move.kind not in _REWRITES:
        return False
    said = said_by_law(asked)
    return all(vars(held)[name] == said[name] for name in _ASKED_OF)


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


def _ledgers(episode_ids: Iterable[EpisodeId]) -> dict[EpisodeId, dict[str, models.Duty]]:
    return _by_rule(_by_law(episode_ids))


def _by_law(episode_ids: Iterable[EpisodeId]) -> QuerySet[models.Duty]:
    return models.Duty.objects.exclude(pack_id=HOUSE_PACK).filter(episode_id__in=list(episode_ids))


def _locked_ledgers(
    episode_ids: Iterable[EpisodeId], rules: frozenset[str] | None
) -> dict[EpisodeId, dict[str, models.Duty]]:
    """The ledgers, which nobody else changes until the transaction ends.

    Args:
        rules: those that may read otherwise; the words of the others are not read. None: all may.
    """
    rows = _by_law(episode_ids).order_by("pk").select_for_update()
    if rules is None:
        return _by_rule(rows)
    return _by_rule(chain(rows.filter(rule_id__in=rules), rows.exclude(rule_id__in=rules).defer(*_WORDS)))


def _by_rule(rows: Iterable[models.Duty]) -> dict[EpisodeId, dict[str, models.Duty]]:
    found: dict[EpisodeId, dict[str, models.Duty]] = {}
    for row in rows:
        found.setdefault(EpisodeId(row.episode_id), {})[row.rule_id] = row
    return found


def _asked(lines: Iterable[FactLine], now: datetime, library: law.Library) -> _Asked:
    assessment = judging.assess_statements(lines, as_of=now, library=library)
    return {duty.rule_id: duty for duty in assessment.duties if is_for_the_ledger(duty)}


def _as_asked(asked: _Asked) -> dict[str, Mapping[str, object]]:
    return {rule_id: said_by_law(duty) for rule_id, duty in asked.items()}


def _as_held(held: _Held) -> dict[str, Mapping[str, object]]:
    """What the ledger asks now, field by field, as far as it was read."""
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
    different = {name for name, value in asked.items() if name in was and was[name] != value}
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

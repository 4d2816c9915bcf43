"""What another law moves on a ledger, duty by duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime

from allhands import law
from allhands.duties import models
from allhands.duties.actions.assess import said_by_law
from allhands.duties.contracts import HOUSE_PACK, DutyState, LawMove, MoveKind
from allhands.duties.routing import is_for_the_ledger
from allhands.kernel.ids import EpisodeId

Asked = Mapping[str, law.DutyResult]
"""What the law asks now, by rule."""
Held = Mapping[str, models.Duty]
"""What the ledger holds, by rule."""
_REWRITES = (MoveKind.MOVES, MoveKind.REWORDS)
_TIMES = ("clock_starts_at", "due_at", "due_words", "starts_fact", "applies", "governs", "covered_by")
_ASKED_OF = ("actor_code", "recipient_code", "action", "applies")


def only_rewrites(move: LawMove, held: models.Duty | None, asked: law.DutyResult | None) -> bool:
    """Whether the same agency goes on owing the same to the same, so that nobody is to be told."""
    if held is None or asked is None or held.state != DutyState.OPEN.value or move.kind not in _REWRITES:
        return False
    said = said_by_law(asked)
    return all(vars(held)[name] == said[name] for name in _ASKED_OF)


def ledgers_of(
    episode_ids: Iterable[EpisodeId], rules: AbstractSet[str] | None = None, *, locked: bool = False
) -> dict[EpisodeId, dict[str, models.Duty]]:
    """What law asks on the ledgers of these episodes.

    Args:
        rules: the duties to be read; None: all.
        locked: nobody else changes them until the transaction ends.
    """
    rows = models.Duty.objects.exclude(pack_id=HOUSE_PACK).filter(episode_id__in=list(episode_ids))
    if rules is not None:
        rows = rows.filter(rule_id__in=rules)
    found: dict[EpisodeId, dict[str, models.Duty]] = {}
    for row in rows.order_by("pk").select_for_update() if locked else rows:
        found.setdefault(EpisodeId(row.episode_id), {})[row.rule_id] = row
    return found


def of_ledger(duties: Iterable[law.DutyResult]) -> Asked:
    return {duty.rule_id: duty for duty in duties if is_for_the_ledger(duty)}


def as_asked(asked: Asked) -> dict[str, Mapping[str, object]]:
    return {rule_id: said_by_law(duty) for rule_id, duty in asked.items()}


def as_held(held: Held) -> dict[str, Mapping[str, object]]:
    """What the ledger asks now, field by field, as far as it was read."""
    return {rule_id: vars(duty) for rule_id, duty in held.items() if duty.state == DutyState.OPEN.value}


def moves_between(before: Mapping[str, Mapping[str, object]], after: Asked, held: Held) -> Iterator[LawMove]:
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

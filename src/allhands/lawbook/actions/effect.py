"""What a new law does to open episodes: worked out beforehand for a draft, carried out when a release takes effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import datetime

from django.db.models import F

from allhands.access import api as access
from allhands.duties import api as duties
from allhands.duties.contracts import LawMove, MoveKind
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.law import PackError
from allhands.lawbook import checking, models, overlay, queries
from allhands.lawbook.contracts import PreviewView, RuleCount
from allhands.platform import packs
from allhands.platform.audit.api import Event, audited
from allhands.platform.database.acting import acting_as

AT_ONCE = 100  # episodes read with one query; their statements and ledgers are a few megabytes
Progress = Callable[[int, int], None]
"""Told how many episodes were looked at, and how many of them were judged by other packs before."""


def ask_preview(actor: Actor, draft_id: str, now: datetime) -> PreviewView:
    """Note that somebody wants to know what the draft would change; a job works it out.

    Raises:
        Denied: access.draft-law, law-draft.
    """
    access.check_draft_law(actor)
    draft = queries.get_draft(draft_id)
    with audited(actor, now, Event.LAW_PREVIEWED, subject_id=draft.id, details={"revision": draft.revision}):
        row = models.Preview.objects.create(
            draft_id=draft.id, revision=draft.revision, asked_by=actor.label, asked_at=now
        )
    return queries.preview_view(row)


def work_out_preview(preview_id: str, now: datetime) -> None:
    """Judge every open episode by the packs in force and by the draft. Safe to run twice."""
    with acting_as(SYSTEM):
        row = models.Preview.objects.select_related("draft").get(pk=preview_id)
        texts = queries.texts_of(row.draft_id)
        models.PreviewRow.objects.filter(preview=row).delete()
        if row.done_at is not None:
            return
        try:
            library = packs.library_at(checking.candidate_folder(row.draft.pack_id, texts))
        except PackError as error:
            _finish(row, now, fault=error.findings[0].code)
            return
    every, left_out, counts = duties.list_open_ids(), episodes.not_counted(), dict[str, RuleCount]()
    ids = [one for one in every if one not in left_out]
    row.left_out = len(every) - len(ids)
    for chunk in _chunks(ids):
        moves = duties.moves_under(library, chunk, now)
        with acting_as(SYSTEM):
            models.PreviewRow.objects.bulk_create(
                models.PreviewRow(preview=row, episode_id=one, moves=[_as_json(move) for move in found])
                for one, found in moves.items()
            )
            _count(counts, moves)
            row.total, row.looked, row.affected = len(ids), row.looked + len(chunk), row.affected + len(moves)
            row.rules = [asdict(counts[rule]) for rule in sorted(counts)]
            row.save(update_fields=["total", "looked", "affected", "left_out", "rules"])
    with acting_as(SYSTEM):
        _finish(row, now)


def _finish(row: models.Preview, now: datetime, *, fault: str = "") -> None:
    row.done_at, row.fault = now, fault
    row.save(update_fields=["done_at", "fault"])


def _as_json(move: LawMove) -> dict[str, object]:
    return {
        "rule_id": move.rule_id,
        "title": dict(move.title),
        "kind": move.kind.value,
        "before": move.before.isoformat() if move.before else None,
        "after": move.after.isoformat() if move.after else None,
    }


def _count(counts: dict[str, RuleCount], moves: Mapping[EpisodeId, tuple[LawMove, ...]]) -> None:
    for found in moves.values():
        for move in found:
            known = counts.get(move.rule_id) or RuleCount(
                rule_id=move.rule_id, title=dict(move.title), appears=0, moves=0, rewords=0, ends=0
            )
            counts[move.rule_id] = RuleCount(
                rule_id=known.rule_id,
                title=known.title,
                appears=known.appears + (move.kind is MoveKind.APPEARS),
                moves=known.moves + (move.kind is MoveKind.MOVES),
                rewords=known.rewords + (move.kind is MoveKind.REWORDS),
                ends=known.ends + (move.kind is MoveKind.ENDS),
            )


def list_due(now: datetime) -> tuple[str, ...]:
    """Releases that have taken effect and whose episodes nobody has begun to look at, the earliest first."""
    with acting_as(SYSTEM):
        rows = models.Release.objects.filter(takes_effect_at__lte=now, effect__isnull=True)
        return tuple(rows.order_by("takes_effect_at").values_list("pk", flat=True))


def take_effect(release_id: str, now: datetime) -> None:
    """Look at every open episode again by the packs in force. Safe to run twice, and after a crash in the middle."""
    with acting_as(SYSTEM):
        row, _made = models.Effect.objects.get_or_create(release_id=release_id, defaults={"started_at": now})
        if row.done_at is not None:
            return
        models.Effect.objects.filter(pk=row.pk).update(looked=0, changed=0)
    overlay.forget()

    def note(looked: int, changed: int) -> None:
        with acting_as(SYSTEM):
            models.Effect.objects.filter(pk=row.pk).update(looked=F("looked") + looked, changed=F("changed") + changed)

    ids = duties.list_open_ids()
    with acting_as(SYSTEM):
        models.Effect.objects.filter(pk=row.pk).update(total=len(ids))
    reassess(ids, now, note)
    with audited(SYSTEM, now, Event.LAW_TOOK_EFFECT, subject_id=release_id, details={"episodes": len(ids)}):
        models.Effect.objects.filter(pk=row.pk).update(done_at=now)


def reassess(ids: Sequence[EpisodeId], now: datetime, progress: Progress) -> int:
    """Judge these open episodes by the packs in force; how many were judged by others before."""
    total = 0
    for chunk in _chunks(ids):
        changed = duties.follow_law(chunk, now)
        total += changed
        progress(len(chunk), changed)
    return total


def reassess_in(pool: ProcessPoolExecutor, ids: Sequence[EpisodeId], now: datetime, progress: Progress) -> int:
    """The same, shared out among the processes of a pool."""
    total = 0
    chunks = list(_chunks(ids))
    for chunk, changed in zip(chunks, pool.map(duties.follow_law, chunks, [now] * len(chunks)), strict=True):
        total += changed
        progress(len(chunk), changed)
    return total


def _chunks(ids: Sequence[EpisodeId]) -> Iterator[Sequence[EpisodeId]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))

"""Reading the ledger. Row security below decides which rows exist for the actor."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import cast

from django.db.models import BooleanField, ExpressionWrapper, Prefetch, Q, QuerySet

from allhands.access.contracts import InformationClass
from allhands.duties import models
from allhands.duties.contracts import (
    Applies,
    DocumentView,
    DutyState,
    DutyView,
    EvidenceView,
    LadderStep,
    NoticeView,
    Rung,
    Sent,
    TierView,
)
from allhands.episodes.contracts import EpisodeState, Json
from allhands.kernel.ids import AgencyId, DutyId, EpisodeId, NoticeId


def list_duties(episode_ids: Iterable[str]) -> dict[EpisodeId, tuple[DutyView, ...]]:
    """The whole ledger of each episode: governing and unproved first, by deadline; started before not started."""
    rows = _duties().filter(episode_id__in=list(episode_ids))
    found: dict[EpisodeId, list[DutyView]] = {}
    for row in sorted(rows, key=ledger_order):
        found.setdefault(EpisodeId(row.episode_id), []).append(duty_view(row))
    return {episode_id: tuple(views) for episode_id, views in found.items()}


def list_owed(agency_id: str) -> tuple[DutyView, ...]:
    """What the agency owes and has not proved, the earliest deadline first, over every episode that is not closed."""
    rows = _owed(_duties(), agency_id)
    return tuple(duty_view(row) for row in sorted(rows, key=ledger_order))


def count_asked(agency_id: str) -> int:
    """How many running clocks of the agency have no proof; what has no time limit is not counted."""
    running = _owed(models.Duty.objects.all(), agency_id).filter(governs=True, clock_starts_at__isnull=False)
    return running.filter(due_at__isnull=False).count()


def _owed(rows: QuerySet[models.Duty], agency_id: str) -> QuerySet[models.Duty]:
    return rows.filter(agency_id=agency_id, state=DutyState.OPEN.value, applies=Applies.TRUE.value).exclude(
        episode__state=EpisodeState.CLOSED.value
    )


def find_duty(duty_id: str) -> DutyView | None:
    row = _duties().filter(pk=duty_id).first()
    return duty_view(row) if row else None


def list_ladder(duty_id: str) -> tuple[LadderStep, ...]:
    """Who was told of the clock, in order."""
    rows = models.LadderStep.objects.filter(duty_id=duty_id).select_related("member").order_by("at", "pk")
    return tuple(
        LadderStep(
            rung=Rung(row.rung),
            at=row.at,
            told=row.told,
            role=row.role,
            agency_id=AgencyId(row.member.agency_id) if row.member else None,
        )
        for row in rows
    )


def find_document(evidence_id: str) -> DocumentView | None:
    """The file beside a proof."""
    row = models.Evidence.objects.select_related("document").filter(pk=evidence_id, document__isnull=False).first()
    if row is None or row.document is None or row.document.content is None:
        return None
    return DocumentView(
        episode_id=EpisodeId(row.document.episode_id),
        agency_id=AgencyId(row.agency_id) if row.agency_id else None,
        sensitivity=cast("InformationClass", models.Document.CLASSES["content"]),
        media_type=row.document.media_type,
        content=bytes(row.document.content),
    )


def list_notices(episode_id: str) -> tuple[NoticeView, ...]:
    """Packets frozen for an episode, newest first."""
    rows = models.Notice.objects.filter(episode_id=episode_id).defer("content").order_by("-made_at", "kind", "pk")
    return tuple(notice_view(row) for row in rows)


def find_notice(notice_id: str) -> NoticeView | None:
    row = models.Notice.objects.filter(pk=notice_id).defer("content").first()
    return notice_view(row) if row else None


def notice_content(notice_id: str) -> bytes | None:
    """The frozen JSON of a packet."""
    row = models.Notice.objects.filter(pk=notice_id).only("content").first()
    return bytes(row.content) if row else None


def list_tiers(episode_ids: Iterable[str]) -> dict[EpisodeId, TierView]:
    """How fast to act, by the newest assessment of each episode."""
    ids = list(episode_ids)
    lowered = {row.episode_id: row for row in models.TierLowering.objects.filter(episode_id__in=ids).order_by("pk")}
    return {
        EpisodeId(row.episode_id): _tier(row, lowered.get(row.episode_id))
        for row in _latest(ids).only("episode_id", "tier", "tier_reasons")
    }


def _tier(row: models.Assessment, lowering: models.TierLowering | None) -> TierView:
    """The tier of the law, unless somebody lowered it and every reason of today was known to that person."""
    rules = frozenset(str(why.get("rule", "")) for why in row.tier_reasons)
    reasons = tuple(row.tier_reasons)
    if lowering is None or lowering.level <= row.tier or not rules <= set(lowering.rules):
        return TierView(level=row.tier, reasons=reasons, rules=rules)
    return TierView(level=lowering.level, reasons=reasons, rules=rules, lowered_by=f"{lowering.by}: {lowering.reason}")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentView:
    """A stored assessment, from which what it said can be worked out again.

    Args:
        packs: id and SHA-256 of each pack it was made by.
        tier_reasons: each with its rule and its words.
    """

    assessment_id: int
    as_of: datetime
    made_at: datetime
    statements: Sequence[Json]
    packs: tuple[tuple[str, str], ...]
    tier: str
    tier_reasons: Sequence[Mapping[str, str]]


def find_assessment(episode_id: str) -> AssessmentView | None:
    return find_assessments([episode_id]).get(EpisodeId(episode_id))


def find_assessments(episode_ids: Iterable[str]) -> dict[EpisodeId, AssessmentView]:
    """The newest assessment of each."""
    return {EpisodeId(row.episode_id): _assessment(row) for row in _latest(episode_ids).defer("result")}


def _assessment(row: models.Assessment) -> AssessmentView:
    return AssessmentView(
        assessment_id=row.id,
        as_of=row.as_of,
        made_at=row.made_at,
        statements=row.facts,
        packs=pack_hashes(row.packs),
        tier=row.tier,
        tier_reasons=row.tier_reasons,
    )


def pack_hashes(stored: Iterable[Mapping[str, str]]) -> tuple[tuple[str, str], ...]:
    """Id and SHA-256 of each pack of a stored assessment."""
    return tuple((pack["id"], pack["sha256"]) for pack in stored)


def list_pack_hashes(episode_ids: Iterable[str]) -> dict[EpisodeId, frozenset[tuple[str, str]]]:
    """The packs of the newest assessment of each episode."""
    rows = _latest(list(episode_ids)).values_list("episode_id", "packs")
    return {EpisodeId(episode_id): frozenset(pack_hashes(packs)) for episode_id, packs in rows}


def list_turned(episode_ids: Iterable[str], now: datetime) -> tuple[EpisodeId, ...]:
    """Those of them whose newest assessment holds no longer, for time alone may have changed it."""
    rows = _latest(episode_ids).filter(holds_until__lt=now)
    return tuple(EpisodeId(one) for one in rows.order_by("holds_until", "pk").values_list("episode_id", flat=True))


def ledger_order(row: models.Duty) -> tuple[bool, bool, bool, float, str, str]:
    """Open before settled, certain before possible, started before waiting, early before late."""
    due = row.due_at.timestamp() if row.due_at else float("inf")
    settled, possible = row.state != DutyState.OPEN.value, row.applies != Applies.TRUE.value
    return (settled, possible, not row.governs, due, row.rule_id, row.id)


def duty_view(row: models.Duty) -> DutyView:
    return DutyView(
        duty_id=DutyId(row.id),
        episode_id=EpisodeId(row.episode_id),
        rule_id=row.rule_id,
        pack_id=row.pack_id,
        title=row.title,
        plain=row.plain,
        actor_code=row.actor_code,
        recipient_code=row.recipient_code,
        action=row.action,
        agency_id=AgencyId(row.agency_id) if row.agency_id else None,
        applies=Applies(row.applies),
        state=DutyState(row.state),
        starts_fact=row.starts_fact,
        starts_when=row.starts_when,
        due_words=row.due_words,
        clock_starts_at=row.clock_starts_at,
        due_at=row.due_at,
        period_ends_at=row.period_ends_at,
        governs=row.governs,
        covered_by=row.covered_by,
        policy=row.policy,
        evidence_kinds=tuple(row.evidence_kinds),
        source=tuple(row.source),
        confidence=row.confidence,
        rung=Rung(row.rung),
        sent=Sent(row.sent),
        sent_at=row.sent_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        reason=row.reason,
        evidence=tuple(_evidence(proof) for proof in sorted(row.evidence.all(), key=attrgetter("recorded_at", "pk"))),
    )


def notice_view(row: models.Notice) -> NoticeView:
    return NoticeView(
        notice_id=NoticeId(row.id),
        episode_id=EpisodeId(row.episode_id),
        kind=row.kind,
        recipient_code=row.recipient_code,
        recipient_agency_id=AgencyId(row.recipient_agency_id) if row.recipient_agency_id else None,
        made_at=row.made_at,
        digest=row.digest,
        issued_at=row.issued_at,
        nobody=row.recipient_agency_id is None,
    )


def _evidence(row: models.Evidence) -> EvidenceView:
    return EvidenceView(
        evidence_id=row.id,
        kind=row.kind,
        value=row.value,
        taken_by=row.taken_by,
        happened_at=row.happened_at,
        recorded_by=row.recorded_by,
        recorded_at=row.recorded_at,
        has_document=row.document is not None and not _is_annexed(row.document),
        is_under_nation_key=row.document is not None and _is_annexed(row.document),
        is_scanned=row.document.scanned if row.document else False,
        agency_id=AgencyId(row.agency_id) if row.agency_id else None,
    )


def _is_annexed(document: models.Document) -> bool:
    """Asked of the database where many are read: a box is as long as its paper."""
    known: bool | None = document.__dict__.get("is_annexed")
    return document.annex is not None if known is None else known


def _duties() -> QuerySet[models.Duty]:
    documents = models.Document.objects.only("scanned").annotate(
        is_annexed=ExpressionWrapper(Q(annex__isnull=False), output_field=BooleanField())
    )
    return models.Duty.objects.prefetch_related("evidence", Prefetch("evidence__document", documents))


def _latest(episode_ids: Iterable[str]) -> QuerySet[models.Assessment]:
    newest = models.Assessment.objects.filter(episode_id__in=list(episode_ids)).order_by("episode_id", "-pk")
    return models.Assessment.objects.filter(pk__in=newest.distinct("episode_id").values("pk"))

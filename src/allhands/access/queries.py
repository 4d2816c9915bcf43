"""Reading what the door keeps. Row security below decides which rows exist for the actor."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from allhands.access import models
from allhands.access.contracts import (
    ConsentKind,
    ConsentState,
    DisclosureDoor,
    GlassState,
    IdentityCheck,
    LeaseState,
    MarkKind,
    ObjectionKind,
    ObjectionState,
    Purpose,
)
from allhands.kernel.ids import AgencyId

LONGEST_LIST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureView:
    """One row of the ledger, as it is kept; newer rows have higher numbers."""

    number: int
    episode_id: str
    at: datetime
    door: DisclosureDoor
    to_agency: AgencyId | None
    to_label: str
    purpose: Purpose
    facts: tuple[str, ...]
    classes: tuple[str, ...]
    policies: tuple[str, ...]
    rules: tuple[str, ...]
    withheld: tuple[str, ...]
    emergency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaseView:
    lease_id: str
    refers_to: str
    from_agency: AgencyId
    to_agency: AgencyId
    made_at: datetime
    until: datetime
    state: LeaseState
    recalled_at: datetime | None
    told: int
    confirmed_at: datetime | None
    confirmed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskView:
    ask_id: str
    fact_id: str
    from_agency: AgencyId
    by: str
    holder: AgencyId
    why: str
    asked_at: datetime
    answer: str
    answered_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkView:
    """A law or a nation's word that a fact carries, and whose mark it is."""

    mark_id: str
    kind: MarkKind
    agency: AgencyId


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentView:
    """A card, as its page shows it."""

    consent_id: str
    episode_id: str
    kind: ConsentKind
    giver: str
    giver_relation: str
    facts: tuple[str, ...]
    to_label: str
    purpose: Purpose
    explained_by: str
    by_agency: AgencyId
    language: str
    words: str
    how: str
    witness: str
    authority: str
    state: ConsentState
    made_at: datetime
    starts_at: datetime
    ends_at: datetime
    answered_at: datetime | None
    stopped_at: datetime | None
    stopped_by: str
    copies: int = 0
    copies_back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassView:
    glass_id: str
    member_id: str
    second_id: str
    by: str
    agency: AgencyId
    reason: str
    asked_at: datetime
    closes_at: datetime
    state: GlassState
    second_by: str
    reviewed_by: str
    was_right: bool | None
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionView:
    objection_id: str
    kind: ObjectionKind
    name: str
    born_on: date | None
    words: str
    reach: str
    agency: AgencyId
    episode_id: str | None
    received_at: datetime
    due_at: datetime
    state: ObjectionState
    identity: IdentityCheck | None
    first_by: str
    first_yes: bool | None
    first_why: str
    second_by: str
    second_yes: bool | None
    second_why: str


def disclosures(
    episode_id: str | None,
    *,
    to: str = "",
    emergency: bool = False,
    before: int | None = None,
    limit: int | None = LONGEST_LIST,
) -> tuple[DisclosureView, ...]:
    """The ledger, newest first; of one episode, or of all that the actor's agency takes part in.

    Args:
        to: part of the name of whoever learned it.
        emergency: only what was opened in an emergency.
        before: only rows older than the one of this number.
        limit: None for all of them: a nation takes its members' log along whole.
    """
    rows = models.Disclosure.objects.order_by("-id")
    rows = rows.filter(episode_id=episode_id) if episode_id else rows
    rows = rows.filter(Q(to_label__icontains=to) | Q(to_agency__name__icontains=to)) if to else rows
    rows = rows.filter(emergency=True) if emergency else rows
    rows = rows.filter(pk__lt=before) if before is not None else rows
    return tuple(
        DisclosureView(
            number=row.pk,
            episode_id=row.episode_id,
            at=row.at,
            door=DisclosureDoor(row.door),
            to_agency=AgencyId(row.to_agency_id) if row.to_agency_id else None,
            to_label=row.to_label,
            purpose=Purpose(row.purpose),
            facts=tuple(row.facts),
            classes=tuple(row.classes),
            policies=tuple(row.policies),
            rules=tuple(row.rules),
            withheld=tuple(row.withheld),
            emergency=row.emergency,
        )
        for row in rows[:limit]
    )


def child_names(episode_ids: Collection[str]) -> dict[str, str]:
    """What each child is called, by episode."""
    rows = models.Disclosure.objects.filter(episode_id__in=episode_ids).annotate(name=F("episode__child__call_name"))
    return dict(rows.values_list("episode_id", "name").distinct())


def leases(episode_id: str) -> tuple[LeaseView, ...]:
    """Copies of one episode: what was called back and nobody confirmed first, then newest first."""
    rows = [
        LeaseView(
            lease_id=row.id,
            refers_to=row.refers_to,
            from_agency=AgencyId(row.from_agency_id),
            to_agency=AgencyId(row.to_agency_id),
            made_at=row.made_at,
            until=row.until,
            state=LeaseState(row.state),
            recalled_at=row.recalled_at,
            told=row.told,
            confirmed_at=row.confirmed_at,
            confirmed_by=row.confirmed_by,
        )
        for row in models.Lease.objects.filter(episode_id=episode_id).order_by("-made_at", "pk")
    ]
    return tuple(sorted(rows, key=lambda row: row.state is not LeaseState.RECALLED))


def asks(episode_id: str) -> tuple[AskView, ...]:
    """Who asked whom for a field, newest first; an agency sees its own asks and those to it."""
    return tuple(
        AskView(
            ask_id=row.id,
            fact_id=row.fact_id,
            from_agency=AgencyId(row.from_agency_id),
            by=row.by,
            holder=AgencyId(row.holder_id),
            why=row.why,
            asked_at=row.asked_at,
            answer=row.answer,
            answered_by=row.answered_by,
        )
        for row in models.Ask.objects.filter(episode_id=episode_id).order_by("-asked_at", "pk")
    )


def marks(episode_id: str, fact_id: str) -> tuple[MarkView, ...]:
    """What one fact is marked with, in the order of the laws."""
    rows = models.Mark.objects.filter(episode_id=episode_id, fact_id=fact_id, lifted_at__isnull=True)
    return tuple(
        MarkView(mark_id=row.id, kind=MarkKind(row.kind), agency=AgencyId(row.agency_id))
        for row in rows.order_by("kind", "at", "pk")
    )


def consents(episode_id: str) -> tuple[ConsentView, ...]:
    """The cards that the actor's agency wrote or that speak to it, newest first."""
    rows = models.Consent.objects.filter(episode_id=episode_id).order_by("-made_at", "pk")
    return tuple(_consent(row) for row in rows)


def find_consent(consent_id: str) -> ConsentView | None:
    """One card."""
    row = models.Consent.objects.filter(pk=consent_id).first()
    return _consent(row) if row else None


def _consent(row: models.Consent) -> ConsentView:
    copies = models.Lease.objects.filter(episode_id=row.episode_id, consents__contains=[row.id])
    states = list(copies.values_list("state", flat=True))
    return ConsentView(
        consent_id=row.id,
        episode_id=row.episode_id,
        kind=ConsentKind(row.kind),
        giver=row.giver,
        giver_relation=row.giver_relation,
        facts=tuple(row.facts),
        to_label=row.to_label,
        purpose=Purpose(row.purpose),
        explained_by=row.explained_by,
        by_agency=AgencyId(row.by_agency_id),
        language=row.language,
        words=row.words,
        how=row.how,
        witness=row.witness,
        authority=row.authority,
        state=ConsentState(row.state),
        made_at=row.made_at,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        answered_at=row.answered_at,
        stopped_at=row.stopped_at,
        stopped_by=row.stopped_by,
        copies=len(states),
        copies_back=states.count(LeaseState.CONFIRMED.value),
    )


def glasses(episode_id: str) -> tuple[GlassView, ...]:
    """Emergencies of one episode, newest first."""
    return tuple(
        GlassView(
            glass_id=row.id,
            member_id=row.member_id,
            second_id=row.second_id or "",
            by=row.by,
            agency=AgencyId(row.agency_id),
            reason=row.reason,
            asked_at=row.asked_at,
            closes_at=row.closes_at,
            state=GlassState(row.state),
            second_by=row.second_by,
            reviewed_by=row.reviewed_by,
            was_right=row.was_right,
            review=row.review,
        )
        for row in models.Glass.objects.filter(episode_id=episode_id).order_by("-asked_at", "pk")
    )


def objections() -> tuple[ObjectionView, ...]:
    """Wishes to correct that the actor's agency was asked, the one due first at the top, decided ones last."""
    rows = [_objection(row) for row in models.Objection.objects.order_by("due_at", "pk")[:LONGEST_LIST]]
    decided = {ObjectionState.GRANTED, ObjectionState.REFUSED}
    return tuple(sorted(rows, key=lambda row: row.state in decided))


def find_objection(objection_id: str) -> ObjectionView | None:
    """One wish."""
    row = models.Objection.objects.filter(pk=objection_id).first()
    return _objection(row) if row else None


def find_objection_by_code(digest: str) -> ObjectionView | None:
    """The wish of whoever has the code."""
    row = models.Objection.objects.filter(digest=digest).first()
    return _objection(row) if row else None


def _objection(row: models.Objection) -> ObjectionView:
    return ObjectionView(
        objection_id=row.id,
        kind=ObjectionKind(row.kind),
        name=row.name,
        born_on=row.born_on,
        words=row.words,
        reach=row.reach,
        agency=AgencyId(row.agency_id),
        episode_id=row.episode_id,
        received_at=row.received_at,
        due_at=row.due_at,
        state=ObjectionState(row.state),
        identity=IdentityCheck(row.identity) if row.identity else None,
        first_by=row.first_by,
        first_yes=row.first_yes,
        first_why=row.first_why,
        second_by=row.second_by,
        second_yes=row.second_yes,
        second_why=row.second_why,
    )

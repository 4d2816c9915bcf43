"""What is on record, for one reader, beside the classes: consents, marks, an open glass, the nations' word.

Read for any number of responses in a handful of queries, so that a board costs what a page costs.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from allhands.access import models, stewards
from allhands.access.contracts import (
    ORIGIN_OF_REGIME,
    AbuserCheck,
    Asking,
    ConsentKind,
    ConsentState,
    Decision,
    EpisodeAccess,
    FieldAccess,
    GlassState,
    InformationClass,
    MarkKind,
    Origin,
    Purpose,
)
from allhands.access.fields import Reader, decide_fields
from allhands.access.stewards import ConsentLine
from allhands.kernel.ids import AgencyId, EpisodeId

# Whoever may speak for a young person beside the young person.
_FOR_THE_CHILD = frozenset({ConsentKind.GUARDIAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is on record for one reader in one response."""

    consents: tuple[ConsentLine, ...] = ()
    marks: Mapping[str, frozenset[MarkKind]] = field(default_factory=dict)
    emergency: bool = False
    agreement: bool = False
    suspended: bool = False

    def covering(self, piece: Piece, purpose: Purpose) -> tuple[ConsentLine, ...]:
        """The consents that hold for this piece and this purpose.

        A victim service's own needs to be written, and from a parent only after the check that this is not whom the
        child fears (34 U.S.C. 12291(b)(2)).
        """
        origins = _origins(piece, self)
        found = [
            one
            for one in self.consents
            if piece.fact_id in one.facts and one.purpose is purpose and _is_for(one, piece, origins)
        ]
        if Origin.VAWA not in origins:
            return tuple(found)
        return tuple(one for one in found if one.is_written and (one.kind not in _FOR_THE_CHILD or one.is_clear))


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of information, as the slice that keeps it knows it.

    Args:
        fact_id: as the packs declare it.
        holder: agency that stated it; None for the platform.
        regime: code of the law the holder's records live under.
    """

    fact_id: str
    sensitivity: InformationClass
    holder: AgencyId | None = None
    regime: str = ""
    instruction: bool = False


NOTHING_ON_RECORD = Record()


def _is_for(card: ConsentLine, piece: Piece, origins: Collection[Origin]) -> bool:
    """Whether this card speaks of what this holder keeps, and not of what its writer would like to have.

    Nobody opens another's record to themselves by writing a card: the holder hears the answer and writes it, or a third
    agency does. What a law keeps with its holder, and what an agency decides "for its own record", the holder alone
    writes. A nation's steward decides over the nation's own, whoever wrote it down.
    """
    if piece.holder is None or card.by == piece.holder or card.kind is ConsentKind.STEWARD:
        return True
    return card.kind is not ConsentKind.AGENCY and not origins and not card.is_for_its_writer


def question(
    piece: Piece, record: Record, purpose: Purpose = Purpose.RESPONSE, *, commanded: bool = False
) -> tuple[FieldAccess, Asking]:
    """The question to the policies about one piece."""
    marks = record.marks.get(piece.fact_id, frozenset())
    asked = FieldAccess(
        sensitivity=piece.sensitivity,
        holder=piece.holder,
        origins=_origins(piece, record),
        tribal_only=MarkKind.TRIBAL_ONLY in marks,
        instruction=piece.instruction,
        suspended=record.suspended,
    )
    asking = Asking(
        purpose=purpose,
        consents=frozenset(one.kind for one in record.covering(piece, purpose)),
        agreement=record.agreement,
        emergency=record.emergency,
        commanded=commanded,
    )
    return asked, asking


def decide_pieces(
    reader: Reader,
    episode: EpisodeAccess,
    pieces: Sequence[Piece],
    record: Record = NOTHING_ON_RECORD,
    purpose: Purpose = Purpose.RESPONSE,
    *,
    commanded: Collection[str] = (),
) -> tuple[Decision, ...]:
    """The answer for each piece, in their order.

    Args:
        commanded: facts that a statute names as content of the report it commands.
    """
    # A page asks about hundreds of pieces of a dozen kinds: each kind is put into a question once.
    released = frozenset(fact for consent in record.consents for fact in consent.facts)
    kinds: dict[tuple[object, ...], Piece] = {}
    keys = []
    for one in pieces:
        fact = one.fact_id
        key = (
            one.sensitivity,
            one.holder,
            one.regime,
            one.instruction,
            record.marks.get(fact),
            fact if fact in released else "",
            fact in commanded,
        )
        kinds.setdefault(key, one)
        keys.append(key)
    asked = [question(one, record, purpose, commanded=one.fact_id in commanded) for one in kinds.values()]
    answers = dict(zip(kinds, decide_fields(reader, episode, asked), strict=True))
    return tuple(answers[key] for key in keys)


def records_of(
    agency_id: AgencyId, member_id: str, nations: Mapping[EpisodeId, frozenset[str]], now: datetime
) -> dict[EpisodeId, Record]:
    """What is on record for the people of an agency, and for one of them, in each response.

    Args:
        member_id: empty for a recipient or software, for whom no glass can be open.
        nations: the responses, each with slugs of the nations the child is tied to; one that stopped secondary use
            stops it for the child.
    """
    ids: list[str] = list(nations)
    stopped = suspended_nations() if any(nations.values()) else frozenset()
    consents = _consents(agency_id, ids, now)
    whose = stewards.whose_own(consents)
    marks = _marks(ids)
    open_glass = _open_glass(member_id, ids, now) if member_id else frozenset()
    return {
        one: Record(
            consents=stewards.within_nations(consents.get(one, ()), whose.get(one, {})),
            marks=marks.get(one, {}),
            emergency=one in open_glass,
            suspended=not stopped.isdisjoint(nations[one]),
        )
        for one in nations
    }


def records_for(agency_ids: Collection[AgencyId], episode_id: EpisodeId, now: datetime) -> dict[AgencyId, Record]:
    """What is on record for each of several recipients of one response; two queries for all of them.

    A packet is part of the search itself, which no nation's word on secondary use stops; so that word is not read.
    """
    marks = _marks([episode_id]).get(episode_id, {})
    found: dict[str, list[ConsentLine]] = {}
    rows = models.Consent.objects.filter(in_force(now), episode_id=episode_id, to_agency_id__in=list(agency_ids))
    for row in rows:
        found.setdefault(str(row.to_agency_id), []).append(_line(row))
    whose = stewards.whose_own({episode_id: [line for lines in found.values() for line in lines]}).get(episode_id, {})
    return {one: Record(consents=stewards.within_nations(found.get(one, ()), whose), marks=marks) for one in agency_ids}


def lost_consent_since(
    episode_id: EpisodeId, to_agency: AgencyId, facts: Collection[str], since: datetime, now: datetime
) -> bool:
    """Whether a consent that opened any of these facts to this agency was stopped or ran out after that instant."""
    stopped = Q(state=ConsentState.STOPPED.value, stopped_at__gte=since)
    ended = Q(state=ConsentState.AGREED.value, ends_at__gt=since, ends_at__lte=now)
    cards = models.Consent.objects.filter(episode_id=episode_id, to_agency_id=to_agency, facts__overlap=list(facts))
    return cards.filter(stopped | ended).exists()


def suspended_nations() -> frozenset[str]:
    """Slugs of the nations that stopped secondary use of their members' records."""
    newest = models.Stewardship.objects.order_by("nation", "-id").distinct("nation")
    return frozenset(row.nation for row in newest if row.suspended)


def _origins(piece: Piece, record: Record) -> frozenset[Origin]:
    marked = {Origin(mark.value) for mark in record.marks.get(piece.fact_id, ()) if mark is not MarkKind.TRIBAL_ONLY}
    by_regime = ORIGIN_OF_REGIME.get(piece.regime)
    return frozenset(marked | {by_regime} if by_regime else marked)


def in_force(now: datetime) -> Q:
    """Consents that hold at this instant."""
    return Q(state=ConsentState.AGREED.value, starts_at__lte=now, ends_at__gt=now)


def _consents(agency_id: str, episode_ids: list[str], now: datetime) -> dict[str, list[ConsentLine]]:
    found: dict[str, list[ConsentLine]] = {}
    for row in models.Consent.objects.filter(in_force(now), episode_id__in=episode_ids, to_agency_id=agency_id):
        found.setdefault(row.episode_id, []).append(_line(row))
    return found


def _line(row: models.Consent) -> ConsentLine:
    return ConsentLine(
        consent_id=row.id,
        kind=ConsentKind(row.kind),
        by=AgencyId(row.by_agency_id),
        is_for_its_writer=row.by_agency_id == row.to_agency_id,
        facts=frozenset(row.facts),
        purpose=Purpose(row.purpose),
        is_written=row.is_written,
        is_clear=row.abuser_check == AbuserCheck.CLEAR.value,
    )


def _marks(episode_ids: list[str]) -> dict[str, dict[str, frozenset[MarkKind]]]:
    found: dict[str, dict[str, frozenset[MarkKind]]] = {}
    rows = models.Mark.objects.filter(episode_id__in=episode_ids, lifted_at__isnull=True)
    for episode_id, fact_id, kind in rows.values_list("episode_id", "fact_id", "kind"):
        of_episode = found.setdefault(episode_id, {})
        of_episode[fact_id] = of_episode.get(fact_id, frozenset()) | {MarkKind(kind)}
    return found


def _open_glass(member_id: str, episode_ids: list[str], now: datetime) -> frozenset[str]:
    rows = models.Glass.objects.filter(
        episode_id__in=episode_ids, member_id=member_id, state=GlassState.OPEN.value, closes_at__gt=now
    )
    return frozenset(rows.values_list("episode_id", flat=True))

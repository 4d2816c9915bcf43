"""Reading episodes. Row security below decides which rows exist for the actor; the door decides which fields."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)

from allhands.access.contracts import EpisodeAccess
from allhands.episodes import models
from allhands.episodes.contracts import (
    Certainty,
    ChildView,
    DraftView,
    EpisodeState,
    EpisodeView,
    FactLine,
    Fresh,
    NameKind,
    NewName,
    News,
    NewTribe,
    OfferState,
    OfferView,
    SimilarChild,
    TimelineView,
    TribeStatus,
)
from allhands.episodes.folding import fold
from allhands.episodes.forms import in_form, many_facts
from allhands.kernel.actors import Actor
from allhands.kernel.ids import AgencyId, ChildId, EpisodeId, MemberId, StatementId
from allhands.platform.vault import api as vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Callers:
    """Whose callers somebody may be told of: of their own agency's reports, of those of others.

    Args:
        walled: agencies whose law keeps what they state with them.
    """

    agency_id: AgencyId
    own: bool
    of_others: bool
    walled: frozenset[AgencyId]


# Fewer digits of a phone number would match half the county.
FEWEST_DIGITS = 4


def access_of(episode: models.Episode) -> EpisodeAccess:
    """What the door needs to know about an episode."""
    return EpisodeAccess(
        episode_id=EpisodeId(episode.id),
        owner_agency_id=AgencyId(episode.owner_agency_id),
        party_agency_ids=frozenset(AgencyId(party.agency_id) for party in episode.parties.all()),
    )


def find_episode(episode_id: str) -> EpisodeView | None:
    """The episode, or None when it does not exist for this actor: the two are the same from outside."""
    episode = _episodes().filter(pk=episode_id).first()
    return episode_view(episode) if episode else None


def find_reported(actor: Actor, idempotency_key: str) -> EpisodeId | None:
    """The episode that the actor's agency reported under this key."""
    found = models.Report.objects.filter(agency_id=actor.agency_id, idempotency_key=idempotency_key)
    episode_id = found.values_list("episode_id", flat=True).first()
    return EpisodeId(episode_id) if episode_id else None


def list_episodes(states: Sequence[EpisodeState]) -> tuple[EpisodeView, ...]:
    """Every episode the actor's agency takes part in, in one of the states, oldest first."""
    rows = _episodes().filter(state__in=[state.value for state in states]).order_by("opened_at", "pk")
    return tuple(episode_view(row) for row in rows)


def list_statements(
    episode_ids: Iterable[str], *, facts: Sequence[str] | None = None, also_by: Iterable[str] = ()
) -> dict[EpisodeId, tuple[FactLine, ...]]:
    """The statements of each episode, oldest first; a superseded one has `current=False`.

    Args:
        facts: only these; all of them when left out.
        also_by: agencies of which every statement is wanted, whatever its fact.
    """
    ids = list(episode_ids)
    superseded = models.Statement.objects.filter(supersedes=OuterRef("pk")).values("pk")[:1]
    rows = (
        models.Statement.objects.filter(episode_id__in=ids)
        .annotate(later=Subquery(superseded))
        .order_by("recorded_at", "pk")
    )
    if facts is not None:
        rows = rows.filter(Q(fact_id__in=facts) | Q(agency_id__in=list(also_by)))
    found: dict[EpisodeId, list[FactLine]] = {}
    with vault.at_hand(ids):
        kept = list(rows)
    many = many_facts()
    for row in kept:
        row.value = in_form(row.fact_id, row.value, many)  # rows of earlier versions may hold one alone
        found.setdefault(EpisodeId(row.episode_id), []).append(_fact_line(row, current=row.later is None))
    return {episode_id: tuple(lines) for episode_id, lines in found.items()}


def _fact_line(row: models.Statement, *, current: bool) -> FactLine:
    return FactLine(
        statement_id=StatementId(row.id),
        fact_id=row.fact_id,
        value=row.value,
        informant=row.informant,
        certainty=Certainty(row.certainty),
        stated_at=row.stated_at,
        recorded_by=row.recorded_by,
        supersedes=StatementId(row.supersedes_id) if row.supersedes_id else None,
        current=current,
        agency_id=AgencyId(row.agency_id) if row.agency_id else None,
        annex=bytes(row.annex) if row.annex is not None else None,
    )


def hold(episode_ids: Iterable[str]) -> None:
    """Until the transaction ends, nobody states a fact about these episodes: whoever does holds the same row."""
    rows = models.Episode.objects.select_for_update(no_key=True).filter(pk__in=list(episode_ids)).order_by("pk")
    list(rows.values_list("pk", flat=True))


def list_timeline(episode_id: str, *, limit: int = 200) -> tuple[TimelineView, ...]:
    """What happened, newest first."""
    rows = models.TimelineItem.objects.filter(episode_id=episode_id).order_by("-at", "-pk")[:limit]
    return tuple(_timeline(row) for row in rows)


def _timeline(row: models.TimelineItem) -> TimelineView:
    return TimelineView(at=row.at, code=row.code, by=row.by, params=row.params)


def list_offers(agency_id: str) -> tuple[OfferView, ...]:
    """Hand-offs that wait for this agency's answer, the one due first at the top."""
    rows = models.Offer.objects.filter(to_agency_id=agency_id, state=OfferState.OFFERED.value)
    return tuple(offer_view(row) for row in rows.order_by("answer_due_at", "pk"))


def list_overdue_offers(now: datetime) -> tuple[OfferView, ...]:
    """Hand-offs that nobody answered in time, the oldest first."""
    rows = models.Offer.objects.filter(state=OfferState.OFFERED.value, answer_due_at__lt=now)
    return tuple(offer_view(row) for row in rows.order_by("answer_due_at", "pk"))


def find_offer(offer_id: str) -> OfferView | None:
    row = models.Offer.objects.filter(pk=offer_id).first()
    return offer_view(row) if row else None


# A proof states facts in the same instant: the proof is the news.
_after_what_it_follows_from = Case(When(code="fact.stated", then=1), default=0)

# The house's own machinery, which a person who comes back need not hear of: packets made, delivered, counted.
QUIET_CODES = ("notice.frozen", "duties.opened", "duties.superseded")
QUIET_STATES = ("WAITING", "CLAIMED", "HELD", "ACCEPTED", "SIMULATED")


def news_since_look(actor: Actor, episode_ids: Sequence[str]) -> dict[EpisodeId, News]:
    """What others did in each episode since the member last opened it; an episode without news is left out."""
    looked = models.Look.objects.filter(member_id=actor.member_id, episode=OuterRef("episode")).values("looked_at")[:1]
    rows = (
        models.TimelineItem.objects.filter(episode_id__in=list(episode_ids))
        .exclude(by=actor.label)
        .exclude(code__in=QUIET_CODES)
        .exclude(code="notice.status", params__state__in=QUIET_STATES)
        .annotate(looked_at=Subquery(looked))
        .filter(Q(looked_at__isnull=True) | Q(at__gt=F("looked_at")))
        .annotate(count=Window(Count("pk"), partition_by=F("episode_id")))
        .order_by("episode_id", "-at", _after_what_it_follows_from, "-pk")
        .distinct("episode_id")
    )
    return {EpisodeId(row.episode_id): News(newest=_timeline(row), count=row.count) for row in rows}


def mark_looked(member_id: str, episode_id: str, now: datetime) -> None:
    """Remember that the member has seen the episode as it is now."""
    models.Look.objects.update_or_create(
        episode_id=episode_id, member_id=member_id, defaults={"looked_at": now}, create_defaults={"looked_at": now}
    )


def search(typed: str, *, limit: int, callers: Callers | None = None) -> tuple[EpisodeView, ...]:
    """Episodes by the child's name in any spelling, by episode id or by a caller's phone, the likest first.

    Row security decides among which.

    Args:
        callers: of which reports the phone may be asked for; None for none.
    """
    folded, digits = fold(typed), "".join(letter for letter in typed if letter.isdecimal())
    if not folded:
        return ()
    by_id = _episodes().filter(pk="".join(typed.split()).lower())
    rows = _called_from(digits, callers) if callers and len(digits) >= FEWEST_DIGITS else _named_like(folded)
    return tuple(episode_view(row) for row in list(by_id) or rows[:limit])


def _called_from(digits: str, callers: Callers) -> QuerySet[models.Episode]:
    """To find a child by a number is to learn whose number it is: only where the reader may read it."""
    bare = Func(
        F("reporter_phone"), Value(r"\D"), Value(""), Value("g"), function="regexp_replace", output_field=CharField()
    )
    ours, walled = Q(agency_id=callers.agency_id), Q(agency_id__in=callers.walled)
    asked = Q(pk__in=()) if not callers.own else ours
    asked = asked | (~ours & ~walled) if callers.of_others else asked
    reports = models.Report.objects.filter(asked, episode=OuterRef("pk")).alias(bare=bare).filter(bare__contains=digits)
    return _episodes().filter(Exists(reports)).order_by("-opened_at", "pk")


def _named_like(folded: str) -> QuerySet[models.Episode]:
    names = models.ChildName.objects.filter(child=OuterRef("child"))
    like = names.annotate(score=TrigramWordSimilarity(folded, "search_key")).order_by("-score").values("score")[:1]
    return _episodes().alias(score=Subquery(like)).filter(score__gte=0.4).order_by("-score", "-opened_at", "pk")


def find_similar(actor: Actor, name: str, born_on: date | None) -> tuple[SimilarChild, ...]:
    """Children with an open episode anywhere who might be the same; at most five, the likeliest first.

    The function in the database looks past row security, and gives back ids and which typed things agree: no name,
    no agency, nothing that the reporter did not type, unless the reporter's own agency already takes part.
    """
    if len(fold(name)) < 2:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM episodes_find_similar(%s, %s, %s)", [fold(name), born_on, actor.agency_id])
        rows = cursor.fetchall()
    return tuple(_similar(row) for row in rows)


def _similar(row: tuple[str, str, bool, bool, bool, str]) -> SimilarChild:
    child_id, episode_id, by_name, by_birth, visible, owner = row
    matched = tuple(word for word, agrees in (("name", by_name), ("date of birth", by_birth)) if agrees)
    return SimilarChild(
        child_id=ChildId(child_id),
        episode_id=EpisodeId(episode_id) if visible else None,
        matched=matched,
        visible=visible,
        owner_agency_id=AgencyId(owner) if visible else None,
    )


def draft_view(draft: models.Draft) -> DraftView:
    return DraftView(draft_id=draft.id, answers=draft.answers, saved_at=draft.saved_at, version=draft.version)


def find_draft(actor: Actor, draft_id: str) -> DraftView | None:
    row = models.Draft.objects.filter(pk=draft_id, member_id=actor.member_id, episode__isnull=True).first()
    return draft_view(row) if row else None


def find_sent_draft(actor: Actor, draft_id: str) -> EpisodeId | None:
    """The episode that the member's draft became, or None while it is a draft, or somebody else's."""
    row = models.Draft.objects.filter(pk=draft_id, member_id=actor.member_id, episode__isnull=False).first()
    return EpisodeId(str(row.episode_id)) if row else None


def list_drafts(actor: Actor) -> tuple[DraftView, ...]:
    """What the member began and has not sent, newest first."""
    rows = models.Draft.objects.filter(member_id=actor.member_id, episode__isnull=True).order_by("-saved_at", "pk")[:20]
    return tuple(draft_view(row) for row in rows)


def offer_view(row: models.Offer) -> OfferView:
    return OfferView(
        offer_id=row.id,
        episode_id=EpisodeId(row.episode_id),
        from_agency_id=AgencyId(row.from_agency_id),
        to_agency_id=AgencyId(row.to_agency_id),
        offered_by=row.offered_by,
        offered_at=row.offered_at,
        answer_due_at=row.answer_due_at,
        reason=row.reason,
        state=OfferState(row.state),
        answered_by=row.answered_by,
        answered_at=row.answered_at,
        answer=row.answer,
    )


def fresh(row: models.Episode, child: ChildView, statements: Iterable[models.Statement]) -> Fresh:
    """What reading them back would give, of rows that were written in this transaction."""
    in_order = sorted(statements, key=lambda one: one.id)
    return Fresh(
        episode=_episode_view(row, child, [row.owner_agency_id], None),
        statements=tuple(_fact_line(one, current=True) for one in in_order),
    )


def episode_view(row: models.Episode) -> EpisodeView:
    offers = [offer for offer in row.offers.all() if offer.state == OfferState.OFFERED.value]
    parties = [party.agency_id for party in row.parties.all()]
    return _episode_view(row, child_view(row.child), parties, offer_view(offers[0]) if offers else None)


def _episode_view(
    row: models.Episode, child: ChildView, party_ids: Iterable[str], offer: OfferView | None
) -> EpisodeView:
    return EpisodeView(
        episode_id=EpisodeId(row.id),
        child=child,
        state=EpisodeState(row.state),
        owner_agency_id=AgencyId(row.owner_agency_id),
        owner_member_id=MemberId(row.owner_member_id),
        owner_since=row.owner_since,
        opened_at=row.opened_at,
        missing_since=row.missing_since,
        returned_at=row.returned_at,
        party_agency_ids=frozenset(AgencyId(one) for one in party_ids),
        offer=offer,
        closed_at=row.closed_at,
    )


def child_view(row: models.Child) -> ChildView:
    """The child with names and ties in the order in which they were told."""
    in_turn = attrgetter("pk")
    return new_child_view(row, sorted(row.names.all(), key=in_turn), sorted(row.tribes.all(), key=in_turn))


def new_child_view(
    row: models.Child, names: Iterable[models.ChildName], tribes: Iterable[models.ChildTribe]
) -> ChildView:
    """The child with the names and ties that were just written."""
    return ChildView(
        child_id=ChildId(row.id),
        call_name=row.call_name,
        names=tuple(NewName(kind=NameKind(name.kind), text=name.text) for name in names),
        tribes=tuple(NewTribe(nation=tie.nation, status=TribeStatus(tie.status)) for tie in tribes),
        born_on=row.born_on,
    )


def _episodes() -> QuerySet[models.Episode]:
    return (
        models.Episode.objects.filter(sealed_at__isnull=True)
        .select_related("child")
        .prefetch_related("parties", "offers", "child__names", "child__tribes")
    )

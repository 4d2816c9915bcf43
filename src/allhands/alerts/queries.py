"""Reads of the alerts slice. Row security below decides which rows exist for the actor."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.conf import settings
from django.db.models import Count, Exists, Manager, Max, Model, OuterRef, Q, QuerySet, Sum

from allhands.access import api as access
from allhands.access.contracts import AlertAccess, EpisodeAccess
from allhands.agencies import api as agencies
from allhands.alerts import consents, domain, freezing, losing, models, refusing
from allhands.alerts.contracts import (
    AlertId,
    AlertMessage,
    AlertState,
    AlertStatus,
    AlertView,
    AuthorityView,
    MessageKind,
    NeedLine,
    PublicAlert,
    Rank,
    Reference,
    RequestState,
    RequestView,
    ReviewView,
    TakeDownView,
    TransmissionView,
)
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, EpisodeId, MemberId
from allhands.platform.database.acting import acting_as
from allhands.platform.vault import api as vault

_Row = TypeVar("_Row", bound=Model)


def list_authorities() -> tuple[AuthorityView, ...]:
    """Every authority in force, by land."""
    rows = models.Authority.objects.filter(ended_at__isnull=True)
    return tuple(_authority(row) for row in rows.order_by("state", "county_fips", "nation", "rank", "id"))


def authorities_of(agency_ids: Collection[str]) -> tuple[AuthorityView, ...]:
    """What these agencies hold, by land."""
    return tuple(one for one in list_authorities() if one.agency_id in agency_ids)


def authorities_for(*, state: str, county_fips: str, nation: str) -> tuple[AuthorityView, ...]:
    """Who may issue for this land, in the order in which they are asked; empty when nobody has told us."""
    land = Q(nation=nation) if nation else Q(pk__in=[])
    if state:
        land |= Q(state=state, county_fips__in=["", county_fips])
    rows = models.Authority.objects.filter(land, ended_at__isnull=True)
    return domain.order_authorities((_authority(row) for row in rows), nation=nation, county_fips=county_fips)


def authority_by_sender(sender: str) -> AuthorityView:
    """The authority that has, or had, this sender."""
    return _authority(models.Authority.objects.filter(sender=sender).order_by("-added_at")[0])


def _open(rows: Manager[_Row]) -> QuerySet[_Row]:
    """Without those of records that are sealed or gone: whoever was asked sees no more than the owner."""
    return rows.exclude(Exists(vault.shut_records().filter(pk=OuterRef("episode_id"))))


def find_request(request_id: str) -> RequestView | None:
    """One line of the ledger."""
    row = _open(models.AlertRequest.objects).filter(pk=request_id).first()
    return request_view(row) if row else None


def list_requests(episode_id: str) -> tuple[RequestView, ...]:
    """What was asked for a child, newest first."""
    rows = _open(models.AlertRequest.objects).filter(episode_id=episode_id).order_by("-asked_at", "id")
    return tuple(request_view(row) for row in rows)


def list_asked_of(agency_id: str) -> tuple[RequestView, ...]:
    """What waits for this agency's answer: where it is first in line, or where the first did not answer in time."""
    rows = _asked_of(agency_id).order_by("answer_due_at", "asked_at", "pk")
    return tuple(request_view(row) for row in rows)


def _asked_of(agency_id: str) -> QuerySet[models.AlertRequest]:
    mine = Q(primary_id=agency_id) | Q(others__contains=[agency_id], escalated_at__isnull=False)
    return _open(models.AlertRequest.objects).filter(mine, state=RequestState.ASKED.value)


def find_alert(alert_id: str) -> AlertView | None:
    """One alert."""
    row = _open(models.Alert.objects).select_related("request").filter(pk=alert_id).first()
    return alert_view(row) if row else None


def find_alert_of(request_id: str) -> AlertView | None:
    """The alert that is written for a request, if somebody began."""
    row = _open(models.Alert.objects).select_related("request").filter(request_id=request_id).first()
    return alert_view(row) if row else None


def list_alerts(states: Iterable[AlertState], *, episode_id: str = "", limit: int = 200) -> tuple[AlertView, ...]:
    """Alerts the actor may see, the newest change first."""
    rows = _open(models.Alert.objects).select_related("request").filter(state__in=[one.value for one in states])
    if episode_id:
        rows = rows.filter(episode_id=episode_id)
    return tuple(alert_view(row) for row in rows.order_by("-changed_at", "pk")[:limit])


def last_ended_at(episode_id: str) -> datetime | None:
    """When the last alert about a child was over; behind the seal too, for the platform alone."""
    found: datetime | None = models.Alert.objects.filter(episode_id=episode_id).aggregate(at=Max("ended_at"))["at"]
    return found


def find_public(code: str) -> PublicAlert | None:
    """What anybody may read under this code; None when nothing ever went out under it."""
    with acting_as(SYSTEM):
        row = models.Alert.objects.filter(code=code).exclude(transmission="").first()
        if row is None:
            return None
        sent = models.Transmission.objects.get(pk=row.transmission)
        content = sent.content if row.state == AlertState.LIVE.value else None
    return PublicAlert(
        code=row.code,
        time_zone=agencies.get_agency(AgencyId(sent.approved_agency)).time_zone,
        message=freezing.thaw(bytes(content)) if content is not None else None,
        ending=row.ending,
        ended_at=row.ended_at,
    )


def access_of(request: RequestView, *, writers: frozenset[MemberId] = frozenset(), alone: bool = False) -> AlertAccess:
    """What the door needs to know about a request or its alert.

    The agencies that are asked are no parties of the child's response, so that the episode is read by the platform.
    """
    return AlertAccess(
        episode=episode_access(request.episode_id),
        authority_ids=frozenset(request.authority_ids),
        writer_ids=writers,
        is_emergency=alone,
    )


def alert_access(alert: AlertView, *, alone: bool = False) -> AlertAccess:
    """What the door needs to know about an alert."""
    return access_of(alert.request, writers=alert.writer_ids, alone=alone)


def episode_access(episode_id: str) -> EpisodeAccess:
    """Who is in the response.

    Raises:
        Denied: there is no such episode.
    """
    with acting_as(SYSTEM):
        episode = episodes.find_episode(episode_id)
    if episode is None:
        raise Denied("episode")
    return episodes.access_of(episode)


def count_waiting(actor: Actor, now: datetime) -> int:
    """How many acts are asked of this actor's agency: answers, approvals, reviews, take-downs, lost consents.

    Lost consents that stand on the agency's duty ledger are counted there. The cost does not grow with the alerts.
    """
    if not actor.agency_id:
        return 0
    held = Q(request__primary_id=actor.agency_id)
    with acting_as(actor):
        offered = Q(state=AlertState.OFFERED.value) & ~Q(writers__contains=[actor.member_id])
        unreviewed = Q(single_person=True, reviewed_at__isnull=True)
        acts: dict[str, int] = models.Alert.objects.filter(held).aggregate(
            offered=Count("pk", filter=offered), unreviewed=Count("pk", filter=unreviewed)
        )
        live = models.Alert.objects.select_related("request").filter(held, state=AlertState.LIVE.value)
        unagreed = consents.lost_of((alert_view(row) for row in live), now).keys() - losing.counted(actor.agency_id)
        standing = models.TakeDown.objects.filter(alert__request__primary_id=actor.agency_id, done_at__isnull=True)
        return _asked_of(actor.agency_id).count() + sum(acts.values()) + standing.count() + len(unagreed)


def alert_view(row: models.Alert) -> AlertView:
    """The row as others see it."""
    return AlertView(
        alert_id=AlertId(row.id),
        code=row.code,
        episode_id=EpisodeId(row.episode_id),
        request=request_view(row.request),
        state=AlertState(row.state),
        draft=row.draft,
        version=row.version,
        written_by=row.written_by,
        writer_ids=frozenset(MemberId(one) for one in row.writers),
        changed_at=row.changed_at,
        offered_at=row.offered_at,
        note=row.note,
        transmission_id=row.transmission,
        sent_at=row.sent_at,
        approved_by=row.approved_by,
        expires_at=row.expires_at,
        ended_at=row.ended_at,
        ending=row.ending,
        review_due_at=row.review_due_at,
        reviewed_at=row.reviewed_at,
    )


def request_view(row: models.AlertRequest) -> RequestView:
    """The row as others see it."""
    authority_ids = [row.primary_id, *row.others] if row.primary_id else list(row.others)
    return RequestView(
        request_id=row.id,
        episode_id=EpisodeId(row.episode_id),
        way=row.way,
        title=row.title,
        child=row.child,
        needs=tuple(NeedLine(id=one["id"], title=one["title"], verdict=one["verdict"]) for one in row.needs),
        sources=tuple(row.sources),
        land=row.land,
        asked_by=row.asked_by,
        asked_agency_id=AgencyId(row.asked_agency_id),
        asked_at=row.asked_at,
        words=row.words,
        authority_ids=tuple(AgencyId(one) for one in authority_ids),
        answer_due_at=row.answer_due_at,
        state=RequestState(row.state),
        decided_by=row.decided_by,
        decided_agency_id=AgencyId(row.decided_agency_id) if row.decided_agency_id else None,
        decided_at=row.decided_at,
        reason_codes=tuple(row.reason_codes),
        reason=row.reason,
        appeals=row.appeals_id or "",
        escalated_at=row.escalated_at,
    )


def _authority(row: models.Authority) -> AuthorityView:
    return AuthorityView(
        id=row.id,
        agency_id=AgencyId(row.agency_id),
        state=row.state,
        county_fips=row.county_fips,
        nation=row.nation,
        rank=Rank(row.rank),
        answer_minutes=row.answer_minutes,
        sender=row.sender,
        source=row.source,
    )


def list_take_downs(alert_id: str) -> tuple[TakeDownView, ...]:
    """What must come down after an alert, with its clock; not done first."""
    rows = models.TakeDown.objects.filter(alert_id=alert_id).order_by("done_at", "way")
    views = [
        TakeDownView(id=row.id, way=row.way, made_at=row.made_at, due_at=row.due_at, done_at=row.done_at,
                     done_by=row.done_by, words=row.words)
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(views, key=lambda one: one.done_at is not None))


def list_transmissions(alert_id: str) -> tuple[TransmissionView, ...]:
    """What left, newest first, without the bytes."""
    rows = models.Transmission.objects.filter(alert_id=alert_id).order_by("-number").defer("content")
    return tuple(
        TransmissionView(
            transmission_id=row.id,
            number=row.number,
            kind=MessageKind(row.kind),
            digest=row.digest,
            approved_by=row.approved_by,
            written_by=row.written_by,
            single_person=row.single_person,
            sent_at=row.sent_at,
            expires_at=row.expires_at,
            ways=tuple(row.ways),
        )
        for row in rows
    )


def find_message(transmission_id: str) -> AlertMessage | None:
    """The frozen message of a transmission."""
    row = models.Transmission.objects.filter(pk=transmission_id).only("content").first()
    return freezing.thaw(bytes(row.content)) if row else None


def find_review(alert_id: str) -> ReviewView | None:
    """What the second person said of an alert that was sent alone."""
    row = models.AlertReview.objects.filter(alert_id=alert_id).order_by("-at").first()
    return ReviewView(by=row.by, at=row.at, stands=row.stands, words=row.words) if row else None


def count_tips(alert_id: str) -> dict[str, tuple[int, int]]:
    """Tips and useful tips by how they came."""
    rows = (
        models.Tally.objects.filter(alert_id=alert_id).values("source").annotate(tips=Sum("tips"), useful=Sum("useful"))
    )
    return {row["source"]: (row["tips"], row["useful"]) for row in rows}


def count_stopped_through(transmission_ids: Iterable[str]) -> int:
    """How many subscribers stopped from a message of these transmissions."""
    with acting_as(SYSTEM):
        return models.Subscription.objects.filter(stopped_by__in=list(transmission_ids)).count()


def may_count(view: AlertView) -> bool:
    """Whether figures may be made of what came of this alert."""
    with acting_as(SYSTEM):
        found = episodes.find_episode(view.episode_id)
    return found is None or access.may_count({tie.nation for tie in found.child.tribes if tie.nation})


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAlerts:
    """A number of alerts, and how many are not in it because the child's nation stopped counting."""

    count: int
    left_out: int


def count_sent_since(since: datetime) -> CountedAlerts:
    """How many alerts went out from here since then; where people live, exercises are none."""
    left_out = episodes.not_counted()
    with acting_as(SYSTEM):
        rows = _open(models.Alert.objects).filter(sent_at__gte=since)
        if settings.ALLHANDS_WORLD == "live":
            sent = models.Transmission.objects.filter(alert_id=OuterRef("pk"), status=AlertStatus.ACTUAL.value)
            rows = rows.filter(Exists(sent))
        every, counted = rows.count(), rows.exclude(episode_id__in=left_out).count()
    return CountedAlerts(count=counted, left_out=every - counted)


def count_requests(lang: str) -> tuple[list[refusing.Counted], int]:
    """Requests and refusals of the whole installation by land and quarter; how many are left out for their nation."""
    counted: dict[tuple[str, str], list[int]] = {}
    not_ours, left_out = episodes.not_counted(), 0
    with acting_as(SYSTEM):
        rows = _open(models.AlertRequest.objects).exclude(state=RequestState.NONE.value)
        for episode, land, asked_at, state in rows.values_list("episode_id", "land", "asked_at", "state").iterator():
            if episode in not_ours:
                left_out += 1
                continue
            quarter = f"{asked_at:%Y} Q{(asked_at.month + 2) // 3}"
            cell = counted.setdefault((land.get(lang) or land.get("en", ""), quarter), [0, 0])
            cell[0] += 1
            cell[1] += state == RequestState.REFUSED.value
    cells = [
        refusing.Counted(county=county, quarter=quarter, asked=asked, refused=refused)
        for (county, quarter), (asked, refused) in counted.items()
    ]
    return cells, left_out


def count_reasons(lang: str) -> list[tuple[str, int]]:
    """How often each reason was given, the most frequent first."""
    counted: dict[str, int] = {}
    left_out = episodes.not_counted()
    with acting_as(SYSTEM):
        rows = _open(models.AlertRequest.objects).filter(state=RequestState.REFUSED.value)
        rows = rows.exclude(episode_id__in=left_out)
        for codes, needs in rows.values_list("reason_codes", "needs").iterator():
            titles = {f"{domain.NEED}{one['id']}": one["title"] for one in needs}
            for code in codes:
                words = titles.get(code) or domain.REASONS.get(code, {})
                said = words.get(lang) or words.get("en") or code
                counted[said] = counted.get(said, 0) + 1
    return sorted(counted.items(), key=lambda one: (-one[1], one[0]))


def list_references(alert_id: str) -> tuple[Reference, ...]:
    """Every earlier transmission of an alert, as a later one names it."""
    earlier = models.Transmission.objects.filter(alert_id=alert_id).order_by("number").only("content")
    messages = [freezing.thaw(bytes(one.content)) for one in earlier]
    return tuple(Reference(sender=one.sender, identifier=one.identifier, sent_at=one.sent_at) for one in messages)

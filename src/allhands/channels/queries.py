"""Reads of the channels: views without content, what waits for a person, how each channel stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet

from allhands.channels import domain, models
from allhands.channels.contracts import (
    Channel,
    ChannelCondition,
    ChannelState,
    DeliveryState,
    DeliveryView,
    NeedReason,
    NeedsPerson,
    Status,
    StatusView,
)
from allhands.channels.email.configuration import find_mail_settings, is_simulated
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, DeliveryId, EpisodeId
from allhands.platform.database.acting import acting_as

_UNSETTLED = [state.value for state in DeliveryState if state not in {
    DeliveryState.ACCEPTED, DeliveryState.SIMULATED, DeliveryState.OPENED, DeliveryState.ACKNOWLEDGED,
    DeliveryState.CANCELLED,
}]  # fmt: skip
_NOT_SENT_YET = [DeliveryState.WAITING.value, DeliveryState.HELD.value]
_LONGEST_LIST = 500


def deliveries_for(refers_to: str) -> tuple[DeliveryView, ...]:
    """How each delivery of a notice stands, oldest first, without content. The caller has checked the door."""
    with acting_as(SYSTEM):
        return tuple(view(row) for row in _with_statuses().filter(refers_to=refers_to).order_by("created_at", "id"))


def list_needing_person(now: datetime) -> tuple[NeedsPerson, ...]:
    """What no machine may decide about, longest waiting first. The caller has checked the door."""
    with acting_as(SYSTEM):
        rows = _with_statuses().filter(state__in=_UNSETTLED).order_by("changed_at", "pk")[:_LONGEST_LIST]
        return tuple(need for row in rows if (need := _need(row, now)) is not None)


def list_simulated() -> tuple[DeliveryView, ...]:
    """The outbox of e-mails that were only played, newest first. The caller has checked the door."""
    with acting_as(SYSTEM):
        rows = _with_statuses().filter(simulated=True).order_by("-created_at", "pk")[:50]
        return tuple(view(row) for row in rows)


def channel_states() -> tuple[ChannelState, ...]:
    """Each channel with its state word."""
    with acting_as(SYSTEM):
        email = _email_state()
    # The inbox is this database: whoever reads this page has just used it.
    inbox = ChannelState(channel=Channel.INBOX, condition=ChannelCondition.WORKS, at=None, code="", waiting=0)
    return email, inbox


def view(row: models.Delivery) -> DeliveryView:
    """The delivery without its content."""
    statuses = sorted(row.statuses.all(), key=lambda status: status.id)
    last = {Status(status.status): status for status in statuses}
    acknowledged = last.get(Status.ACKNOWLEDGED)
    return DeliveryView(
        id=DeliveryId(row.id),
        channel=Channel(row.channel),
        refers_to=row.refers_to,
        episode_id=EpisodeId(row.episode_id) if row.episode_id else None,
        recipient_agency=AgencyId(row.recipient_agency_id) if row.recipient_agency_id else None,
        recipient_label=row.recipient_label,
        address=row.address,
        state=DeliveryState(row.state),
        simulated=row.simulated,
        digest=row.digest,
        created_at=row.created_at,
        submitted_at=_at(last, Status.SUBMITTED),
        accepted_at=_at(last, Status.ACCEPTED),
        final_at=_at(last, Status.BOUNCED, Status.FAILED),
        seen_at=_at(last, Status.OPENED, Status.ACKNOWLEDGED),
        acknowledged_at=acknowledged.at if acknowledged else None,
        acknowledged_by=acknowledged.actor_label if acknowledged else "",
        statuses=tuple(_status(status) for status in statuses),
    )


def _with_statuses() -> QuerySet[models.Delivery]:
    statuses = models.DeliveryStatus.objects.order_by("id")
    return models.Delivery.objects.defer("subject", "body").prefetch_related(Prefetch("statuses", queryset=statuses))


def _at(last: Mapping[Status, models.DeliveryStatus], *wanted: Status) -> datetime | None:
    found = next((last[status] for status in wanted if status in last), None)
    return found.at if found else None


def _status(row: models.DeliveryStatus) -> StatusView:
    return StatusView(status=Status(row.status), at=row.at, code=row.code, words=row.words, who=row.actor_label)


def _need(row: models.Delivery, now: datetime) -> NeedsPerson | None:
    state = DeliveryState(row.state)
    reason = domain.reason_for_person(state, claimed_at=row.claimed_at, changed_at=row.changed_at, now=now)
    if reason is None:
        return None
    if state is DeliveryState.HELD and row.world != settings.ALLHANDS_WORLD:
        reason = NeedReason.ANOTHER_WORLD
    since = row.claimed_at if state is DeliveryState.CLAIMED and row.claimed_at else row.changed_at
    return NeedsPerson(delivery=view(row), reason=reason, since=since)


def _email_state() -> ChannelState:
    unsent = models.Delivery.objects.filter(channel=Channel.EMAIL.value, state__in=_NOT_SENT_YET)
    # What is held because it was written in another world waits for nothing: no release sends it.
    of_elsewhere = Q(state=DeliveryState.HELD.value) & ~Q(world=settings.ALLHANDS_WORLD)
    waiting = unsent.exclude(of_elsewhere).count()
    if find_mail_settings() is None:
        condition = ChannelCondition.SIMULATED if is_simulated() else ChannelCondition.NOT_CONFIGURED
        return ChannelState(channel=Channel.EMAIL, condition=condition, at=None, code="", waiting=waiting)
    test = models.ChannelTest.objects.filter(channel=Channel.EMAIL.value).order_by("-at", "-id").first()
    worked_at = _last_accepted_at()
    if test is not None and (worked_at is None or test.at > worked_at):
        condition = ChannelCondition.TEST_FAILED if test.code else ChannelCondition.WORKS
        return ChannelState(channel=Channel.EMAIL, condition=condition, at=test.at, code=test.code, waiting=waiting)
    condition = ChannelCondition.WORKS if worked_at else ChannelCondition.NOT_TESTED
    return ChannelState(channel=Channel.EMAIL, condition=condition, at=worked_at, code="", waiting=waiting)


def _last_accepted_at() -> datetime | None:
    accepted = models.DeliveryStatus.objects.filter(
        status=Status.ACCEPTED.value, delivery__channel=Channel.EMAIL.value
    ).order_by("-id")
    return accepted.values_list("at", flat=True).first()


def first_statuses(rows: Iterable[models.DeliveryStatus]) -> dict[Status, models.DeliveryStatus]:
    """The first status of each kind."""
    found: dict[Status, models.DeliveryStatus] = {}
    for row in rows:
        found.setdefault(Status(row.status), row)
    return found

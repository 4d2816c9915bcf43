"""Reads of people: their hats, which of them hold, the actor a hat makes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from allhands.agencies import domain
from allhands.agencies.contracts import MemberView, NotOnRecord
from allhands.agencies.models import Member
from allhands.kernel.actors import Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId, MemberId


def get_member(member_id: MemberId) -> MemberView:
    """The hat, current or ended.

    Raises:
        NotOnRecord: no hat has this id.
    """
    return _member_view(_get_member_row(member_id))


def list_members(
    agency_id: AgencyId, roles: Iterable[Role] | None = None, *, on: date | None = None
) -> tuple[MemberView, ...]:
    """The agency's people by name; with a day, only those in their role on that day.

    Args:
        roles: None for every role.
    """
    rows = Member.objects.select_related("agency") if on is None else members_on(on)
    rows = rows.filter(agency_id=agency_id)
    if roles is not None:
        rows = rows.filter(role__in=[role.value for role in roles])
    return tuple(_member_view(row) for row in rows.order_by("display_name", "id"))


def list_people(member_ids: Iterable[MemberId]) -> tuple[MemberView, ...]:
    """These hats, current or ended, by name."""
    rows = Member.objects.select_related("agency").filter(pk__in=list(member_ids))
    return tuple(_member_view(row) for row in rows.order_by("display_name", "id"))


def list_members_by_email(agency_id: AgencyId, email: str, *, on: date) -> tuple[MemberView, ...]:
    """What the person with this sign-in address may act as in the agency on a day, oldest first."""
    rows = members_on(on).filter(agency_id=agency_id, account__email=email.strip().lower())
    return tuple(_member_view(row) for row in rows.order_by("starts_on", "id"))


def hats_of_person(member_id: MemberId) -> frozenset[MemberId]:
    """Every hat, past ones too, of the person who wears this one; only the id itself when nobody does."""
    same = Member.objects.filter(account__members__pk=member_id).values_list("pk", flat=True)
    return frozenset({member_id, *(MemberId(pk) for pk in same)})


def list_hats(account_id: str, now: datetime) -> tuple[MemberView, ...]:
    """What this person may act as now, each judged by the day in the agency's own zone, oldest first."""
    rows = Member.objects.select_related("agency").filter(account_id=account_id).order_by("starts_on", "id")
    return tuple(_member_view(row) for row in rows if is_current_at(row, now))


def actor_for_member(member_id: MemberId, now: datetime) -> Actor:
    """The actor that this hat makes.

    Raises:
        NotOnRecord: no such hat, or it does not hold now.
    """
    row = _get_member_row(member_id)
    if not is_current_at(row, now):
        raise NotOnRecord(member_id)
    return _actor(row)


def find_actor(account_id: str, chosen: str, now: datetime) -> Actor | None:
    """The hat in force: the chosen one while it holds, else the person's oldest current one, else None."""
    rows = Member.objects.select_related("agency").filter(account_id=account_id).order_by("starts_on", "id")
    current = [row for row in rows if is_current_at(row, now)]
    hat = next((row for row in current if row.pk == chosen), current[0] if current else None)
    return _actor(hat) if hat else None


def _get_member_row(member_id: MemberId) -> Member:
    row = Member.objects.select_related("agency").filter(pk=member_id).first()
    if row is None:
        raise NotOnRecord(member_id)
    return row


def is_current_at(row: Member, now: datetime) -> bool:
    """Whether the hat holds now, by the day in its agency's own zone."""
    return domain.is_current(row.starts_on, row.ends_on, today_at(row, now))


def today_at(row: Member, now: datetime) -> date:
    """The day it is where the hat's agency is."""
    return now.astimezone(ZoneInfo(row.agency.time_zone)).date()


def members_on(on: date) -> QuerySet[Member]:
    """Rows whose period holds on a day; for other queries of this slice."""
    return Member.objects.select_related("agency").filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on
    )


def _member_view(row: Member) -> MemberView:
    return MemberView(
        id=MemberId(row.pk),
        agency_id=AgencyId(row.agency_id),
        agency_name=row.agency.name,
        display_name=row.display_name,
        role=Role(row.role),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _actor(row: Member) -> Actor:
    return Actor(
        kind=ActorKind.MEMBER,
        member_id=MemberId(row.pk),
        agency_id=AgencyId(row.agency_id),
        agency_kind=AgencyKind(row.agency.kind),
        role=Role(row.role),
        label=row.display_name,
        regime=row.agency.regime,
    )


def is_same_person(one: str, other: str) -> bool:
    """Whether two hats are worn by one person."""
    return Member.objects.filter(pk__in=[one, other]).values("account").distinct().count() < 2

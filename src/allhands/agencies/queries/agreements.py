"""Reads of agreements between agencies. Row security shows an agency only those that name it."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from allhands.agencies.contracts import AgreementKind, AgreementView, Cover, PartyView
from allhands.agencies.models import Agreement, AgreementParty
from allhands.kernel.ids import AgencyId


def list_agreements(agency_id: AgencyId) -> tuple[AgreementView, ...]:
    """Every agreement that names the agency, also those over or not confirmed; the newest first."""
    rows = _agreements().filter(parties__agency_id=agency_id).order_by("-starts_on", "title", "pk")
    return tuple(_view(row) for row in rows)


def find_agreement(agreement_id: str) -> AgreementView | None:
    """The agreement, if the actor's agency is named in it."""
    row = _agreements().filter(pk=agreement_id).first()
    return _view(row) if row else None


def agreements_between(one: AgencyId, other: AgencyId, on: date) -> tuple[AgreementView, ...]:
    """The agreements that name both agencies, are confirmed by every party and hold on a day; the newest first.

    Asked as one of the two, or as the platform: to everybody else there is none.
    """
    rows = _holding(on).filter(parties__agency_id=one).filter(parties__agency_id=other)
    return tuple(_view(row) for row in rows.order_by("-starts_on", "title", "pk"))


def has_agreement(nation_agency: AgencyId, agency: AgencyId, on: date) -> bool:
    """Whether the nation has an agreement with the agency that lets case information be told on a day.

    Asked as one of the two, or as the platform: to everybody else there is none.

    Args:
        nation_agency: the nation's government, as an agency here.
    """
    found = agreements_between(nation_agency, agency, on)
    return any(one.kind is AgreementKind.NATION and Cover.CASE_INFORMATION in one.covers for one in found)


def _holding(on: date) -> QuerySet[Agreement]:
    open_ended = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    unconfirmed = AgreementParty.objects.filter(confirmed_at__isnull=True).values("agreement_id")
    return _agreements().filter(open_ended, starts_on__lte=on).exclude(pk__in=unconfirmed)


def _agreements() -> QuerySet[Agreement]:
    parties = AgreementParty.objects.select_related("agency", "confirmed_by").order_by("agency__name", "pk")
    return Agreement.objects.prefetch_related(Prefetch("parties", queryset=parties))


def _view(row: Agreement) -> AgreementView:
    return AgreementView(
        id=row.pk,
        kind=AgreementKind(row.kind),
        title=row.title,
        document=row.document,
        covers=frozenset(Cover(code) for code in row.covers),
        parties=tuple(
            PartyView(
                agency_id=AgencyId(party.agency_id),
                agency_name=party.agency.name,
                confirmed_by=party.confirmed_by.display_name if party.confirmed_by else "",
                confirmed_on=party.confirmed_at.date() if party.confirmed_at else None,
            )
            for party in row.parties.all()
        ),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )

"""What the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from django.db import IntegrityError, transaction

from allhands.agencies.models import Account, Agency, AgencyArea, ApiToken, ContactRoute, Invitation, Member, RouteHours
from allhands.kernel.actors import AgencyKind, Role
from allhands.platform.testing.cast import Place, make_account, make_agency, make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def agency() -> str:
    return make_agency("Sole Agency", AgencyKind.SHELTER, places=[Place(state="ND")])


def area(**values: str) -> None:
    AgencyArea.objects.create(agency_id=agency(), **values)


def hats(first: tuple[date, date | None], second: tuple[date, date | None]) -> None:
    account, here = make_account(), make_agency("Sole Agency", AgencyKind.SHELTER)
    for starts_on, ends_on in (first, second):
        make_member("Somebody", Role.ADVOCATE, here, account_id=account, starts_on=starts_on, ends_on=ends_on)


def token(**values: object) -> None:
    row: dict[str, object] = {
        "agency_id": values.get("agency_id") or agency(),
        "name": "Case system",
        "prefix": "abc",
        "digest": "0" * 64,
        "scopes": ["reports:write"],
        "created_at": NOW,
        "expires_at": datetime(2027, 1, 1, tzinfo=UTC),
    }
    ApiToken.objects.create(**(row | values))


def invitation(**values: object) -> None:
    row: dict[str, object] = {
        "agency_id": values.get("agency_id") or agency(),
        "email": "new@people.example",
        "display_name": "New",
        "role": Role.ADVOCATE.value,
        "digest": "1" * 64,
        "created_at": NOW,
        "expires_at": datetime(2026, 12, 1, tzinfo=UTC),
    }
    Invitation.objects.create(**(row | values))


def route(**values: object) -> ContactRoute:
    row: dict[str, object] = {
        "agency_id": values.get("agency_id") or agency(),
        "kind": "phone",
        "address": "+1 701 555 0100",
    }
    return ContactRoute.objects.create(**(row | values))


def opening(weekday: int, opens: time, closes: time) -> None:
    RouteHours.objects.create(route=route(), weekday=weekday, opens=opens, closes=closes)


def unknown_role() -> None:
    hats((date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), None))
    Member.objects.update(role="CHIEF")


BAD: dict[str, Callable[[], object]] = {
    "e-mail in capitals": lambda: Account.objects.create(email="Ruth@people.example", created_at=NOW),
    "same e-mail twice": lambda: [make_account("a@people.example"), make_account("A@people.example")],
    "same agency name": lambda: [agency(), make_agency("SOLE AGENCY", AgencyKind.SHELTER)],
    "unknown kind of agency": lambda: Agency.objects.filter(pk=agency()).update(kind="CIRCUS"),
    "unknown regime": lambda: Agency.objects.filter(pk=agency()).update(regime="NOBODY"),
    "area of nothing": lambda: area(),
    "area of state and nation": lambda: area(state="ND", nation="sample"),
    "county without state": lambda: area(county_fips="38990"),
    "county of four digits": lambda: area(state="ND", county_fips="3899"),
    "part without county": lambda: area(state="ND", part="City of Harwell"),
    "same area twice": lambda: area(state="ND"),
    "nation that is no slug": lambda: area(nation="Sample Nation"),
    "role that ends before it begins": lambda: hats((date(2026, 2, 1), date(2026, 1, 1)), (date(2026, 3, 1), None)),
    "same hat twice at a time": lambda: hats((date(2026, 1, 1), None), (date(2026, 2, 1), None)),
    "unknown role": lambda: unknown_role(),
    "phone without number": lambda: route(address=""),
    "inbox with an address": lambda: route(kind="inbox"),
    "unknown kind of route": lambda: route(kind="pigeon"),
    "eighth day of the week": lambda: opening(7, time(8), time(17)),
    "closes before it opens": lambda: opening(0, time(17), time(8)),
    "token that ends before it begins": lambda: token(expires_at=datetime(2026, 1, 1, tzinfo=UTC)),
    "token for nothing": lambda: token(scopes=[]),
    "token for something unknown": lambda: token(scopes=["children:delete"]),
    "token with a plain secret": lambda: token(digest="secret"),
    "invitation without time": lambda: invitation(expires_at=NOW),
    "invitation accepted and withdrawn": lambda: invitation(accepted_at=NOW, withdrawn_at=NOW),
}


@pytest.mark.parametrize("mistake", BAD, ids=str)
def test_database_refuses(mistake: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BAD[mistake]()


def test_database_takes_the_same_rows_without_the_mistake() -> None:
    hats((date(2026, 1, 1), date(2026, 2, 1)), (date(2026, 2, 1), None))
    sole = Agency.objects.get()
    token(agency_id=sole.pk)
    invitation(agency_id=sole.pk, accepted_at=NOW)
    RouteHours.objects.create(route=route(agency_id=sole.pk), weekday=6, opens=time(8), closes=time(17))
    AgencyArea.objects.create(agency=sole, state="ND", county_fips="38990", part="City of Harwell")
    assert Member.objects.count() == 2

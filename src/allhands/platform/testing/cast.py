"""The cast of the tests, in the database: who works where. All invented; nobody here exists.

The platform imports no slice, so the tables are reached by their names.
"""

from __future__ import annotations

import hashlib
import itertools
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps

from allhands.kernel.actors import Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId, MemberId, new_id

HIRED_ON = date(2024, 1, 8)
HIRED_AT = datetime(2024, 1, 8, 14, 0, tzinfo=UTC)
STATE, COUNTY, OTHER_COUNTY, NATION = "ND", "38990", "38991", "sample"

_REGIMES = {
    AgencyKind.CHILD_WELFARE: "TITLE_IV_E",
    AgencyKind.LAW_ENFORCEMENT: "CJIS",
    AgencyKind.TRIBAL_POLICE: "CJIS",
    AgencyKind.TRIBAL_GOVERNMENT: "TRIBAL",
    AgencyKind.COURT: "COURT",
    AgencyKind.SHELTER: "RHYA_BCP",
    AgencyKind.ADVOCATE: "VAWA",
    AgencyKind.SCHOOL: "FERPA",
    AgencyKind.HEALTH: "HIPAA",
}
_count = itertools.count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place an agency serves; parts left empty as in the table."""

    state: str = ""
    county_fips: str = ""
    part: str = ""
    nation: str = ""


def make_agency(
    name: str, kind: AgencyKind, *, places: Iterable[Place] = (), regime: str = "", is_nationwide: bool = False
) -> AgencyId:
    """An agency with the places it serves."""
    agency = _create(
        "Agency",
        id=new_id(),
        name=name,
        kind=kind.value,
        regime=regime or _REGIMES.get(kind, "NONE"),
        time_zone="America/Chicago",
        is_fictional=True,
        is_nationwide=is_nationwide,
        created_at=HIRED_AT,
    )
    for place in places:
        _create(
            "AgencyArea",
            agency=agency,
            state=place.state,
            county_fips=place.county_fips,
            part=place.part,
            nation=place.nation,
        )
    return AgencyId(agency.pk)


def make_account(email: str = "", *, password: str | None = None) -> str:
    """A sign-in account; returns its id. Without an address it gets one that nobody else has."""
    address = email or f"person{next(_count)}@people.example"
    account = _table("Account").create_account(address, password=password, now=HIRED_AT)
    return str(account.pk)


def make_member(
    name: str,
    role: Role,
    agency_id: AgencyId,
    *,
    account_id: str = "",
    starts_on: date = HIRED_ON,
    ends_on: date | None = None,
) -> Actor:
    """A person in a role, and the actor that makes."""
    member = _create(
        "Member",
        id=new_id(),
        account_id=account_id or make_account(),
        agency_id=agency_id,
        role=role.value,
        display_name=name,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    kind, regime = _table("Agency").values_list("kind", "regime").get(pk=agency_id)
    return Actor(
        kind=ActorKind.MEMBER,
        member_id=MemberId(member.pk),
        agency_id=agency_id,
        agency_kind=AgencyKind(kind),
        role=role,
        label=name,
        regime=regime,
    )


def make_route(agency_id: AgencyId, kind: str, address: str = "", *, is_always_open: bool = True) -> str:
    """A way to reach an agency; returns its id."""
    route = _create(
        "ContactRoute",
        id=new_id(),
        agency_id=agency_id,
        kind=kind,
        address=address,
        purpose="ANY",
        is_always_open=is_always_open,
    )
    return str(route.pk)


def make_key(
    agency_id: AgencyId,
    *scopes: str,
    name: str = "Case system, north office",
    expires_at: datetime = HIRED_AT + timedelta(days=36_500),
    revoked_at: datetime | None = None,
) -> str:
    """A key of an agency's own software, as its administrator would see it once.

    Args:
        scopes: what it is good for; everything when left out.
    """
    raw = f"allhands_test{next(_count)}_{secrets.token_urlsafe(32)}"
    _create(
        "ApiToken",
        agency_id=agency_id,
        name=name,
        prefix=raw.split("_")[1],
        digest=hashlib.sha256(raw.encode()).hexdigest(),
        scopes=list(scopes) or ["reports:write", "episodes:read", "duties:prove"],
        created_at=HIRED_AT,
        expires_at=expires_at,
        revoked_at=revoked_at,
    )
    return raw


def account_of(actor: Actor) -> Any:
    """The sign-in account behind a member, for `client.force_login`."""
    return _table("Member").select_related("account").get(pk=actor.member_id).account


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """Everybody the tests know. The outsider works elsewhere and must see nothing."""

    caseworker: Actor
    supervisor: Actor
    director: Actor
    administrator: Actor
    officer: Actor
    dispatcher: Actor
    tribal_liaison: Actor
    court_clerk: Actor
    attorney: Actor
    clearinghouse_analyst: Actor
    operator: Actor
    auditor: Actor
    outsider: Actor


@pytest.fixture
def cast(db: None) -> Cast:
    """One county, one nation, one outsider from another county."""
    return make_cast()


def make_cast() -> Cast:
    """The cast, for a set-up that several tests share."""
    here = Place(state=STATE, county_fips=COUNTY)
    human_services = make_agency("Test County Human Services", AgencyKind.CHILD_WELFARE, places=[here])
    sheriff = make_agency("Test County Sheriff", AgencyKind.LAW_ENFORCEMENT, places=[here])
    nation = make_agency("Test Nation", AgencyKind.TRIBAL_GOVERNMENT, places=[Place(nation=NATION)])
    court = make_agency("Test District Court", AgencyKind.COURT, places=[here])
    lawyers = make_agency("Test Children's Law Office", AgencyKind.ADVOCATE, places=[here], regime="NONE")
    clearinghouse = make_agency("Test National Clearinghouse", AgencyKind.CLEARINGHOUSE, is_nationwide=True)
    elsewhere = make_agency(
        "Other County Human Services",
        AgencyKind.CHILD_WELFARE,
        places=[Place(state=STATE, county_fips=OTHER_COUNTY)],
    )
    return Cast(
        caseworker=make_member("Ruth Testworth", Role.CASEWORKER, human_services),
        supervisor=make_member("Kim Testworth", Role.SUPERVISOR, human_services),
        director=make_member("Robin Testworth", Role.DIRECTOR, human_services),
        administrator=make_member("Ada Testworth", Role.ADMINISTRATOR, human_services),
        officer=make_member("Sgt. Testworth", Role.OFFICER, sheriff),
        dispatcher=make_member("Dee Testworth", Role.DISPATCHER, sheriff),
        tribal_liaison=make_member("Nora Testworth", Role.TRIBAL_LIAISON, nation),
        court_clerk=make_member("Clerk Testworth", Role.COURT_CLERK, court),
        attorney=make_member("Attorney Testworth", Role.ATTORNEY, lawyers),
        clearinghouse_analyst=make_member("Analyst Testworth", Role.CLEARINGHOUSE_ANALYST, clearinghouse),
        operator=make_member("Operator Testworth", Role.OPERATOR, human_services),
        auditor=make_member("Auditor Testworth", Role.AUDITOR, human_services),
        outsider=make_member("Olga Elsewhere", Role.CASEWORKER, elsewhere),
    )


def _create(model: str, **values: object) -> Any:
    return _table(model).create(**values)


def _table(model: str) -> Any:
    table: Any = apps.get_model("agencies", model)
    return table.objects

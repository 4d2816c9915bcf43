"""Puts the demo world into the database. Loading it again changes nothing but what was altered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Final

from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils.translation import gettext as _

from allhands.agencies import queries
from allhands.agencies.contracts import RouteKind
from allhands.agencies.demo.world import DemoAgency, DemoAgreement, Person, Route, demo_id, demo_world
from allhands.agencies.models import (
    Account,
    Agency,
    AgencyArea,
    Agreement,
    AgreementParty,
    ContactRoute,
    Member,
    RouteHours,
)
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, MemberId
from allhands.platform.audit.api import Event, audited

# Tells part of the demo story: (now, fresh). With `fresh` it ends what is running and begins again; without, it adds
# what is missing.
Story = Callable[[datetime, bool], None]

_HIRED_ON: Final = date(2024, 1, 8)
_FOUNDED_AT: Final = datetime(2024, 1, 8, 14, 0, tzinfo=UTC)
_VERIFIED_ON: Final = date(2026, 11, 2)
_ZONE: Final = "America/Chicago"
_WORKING_DAYS: Final = range(5)
_INBOX: Final = Route(kind=RouteKind.INBOX, address="", always=True)
_stories: list[Story] = []


def register_story(tell: Story) -> None:
    """Adds a slice's part of the story; parts are told in the order they came."""
    if tell not in _stories:
        _stories.append(tell)


def load(now: datetime, *, fresh: bool = False) -> None:
    """The county, its agencies and its people, then every part of the story.

    Args:
        fresh: begin the story again.
    Raises:
        Refused: not-a-demo; invented people never meet real ones.
    """
    if settings.ALLHANDS_WORLD != "demo":
        raise Refused("not-a-demo", _("This is not the demo world. Set ALLHANDS_WORLD=demo and start again."))
    world = demo_world()
    with audited(SYSTEM, now, Event.DEMO_LOADED, details={"fresh": fresh, "agencies": len(world.agencies)}):
        for agency in world.agencies:
            _load_agency(agency)
        for person in world.cast:
            _load_person(person)
        for agreement in world.agreements:
            _load_agreement(agreement)
        for tell in _stories:
            tell(now, fresh)


def _load_agency(agency: DemoAgency) -> None:
    said = {
        "name": agency.name,
        "kind": agency.kind.value,
        "regime": agency.regime.value,
        "time_zone": _ZONE,
        "is_fictional": True,
        "is_nationwide": agency.nationwide,
    }
    row, _ = Agency.objects.update_or_create(
        pk=demo_id("agency", agency.key), defaults=said, create_defaults=said | {"created_at": _FOUNDED_AT}
    )
    for area in agency.areas:
        AgencyArea.objects.get_or_create(
            agency=row, state=area.state, county_fips=area.county_fips, part=area.part, nation=area.nation
        )
    for route in (*agency.routes, _INBOX):
        _load_route(row, agency.key, route)


def _load_route(agency: Agency, key: str, route: Route) -> None:
    row, _ = ContactRoute.objects.update_or_create(
        pk=demo_id("route", f"{key}:{route.kind.value}:{route.address}:{route.purpose.value}"),
        defaults={
            "agency": agency,
            "kind": route.kind.value,
            "address": route.address,
            "purpose": route.purpose.value,
            "is_always_open": route.always,
            "verified_on": _VERIFIED_ON,
        },
    )
    for weekday in _WORKING_DAYS if route.hours else ():
        RouteHours.objects.get_or_create(route=row, weekday=weekday, opens=time(8), defaults={"closes": time(17)})


def _load_agreement(agreement: DemoAgreement) -> None:
    row, _ = Agreement.objects.get_or_create(
        pk=demo_id("agreement", agreement.key),
        defaults={
            "kind": agreement.kind.value,
            "title": agreement.title,
            "document": agreement.document,
            "covers": sorted(cover.value for cover in agreement.covers),
            "starts_on": _HIRED_ON,
            "recorded_at": _FOUNDED_AT,
        },
    )
    for party in agreement.parties:
        AgreementParty.objects.get_or_create(
            agreement=row, agency_id=demo_id("agency", party), defaults={"confirmed_at": _FOUNDED_AT}
        )


def _load_person(person: Person) -> None:
    account = Account.objects.filter(pk=demo_id("account", person.key)).first()
    if account is None:
        account = Account(pk=demo_id("account", person.key), email=person.email, created_at=_FOUNDED_AT)
        account.set_unusable_password()  # the demo door is the only way in
        account.save(force_insert=True)
    EmailAddress.objects.get_or_create(user=account, email=person.email, defaults={"verified": True, "primary": True})
    for hat in person.hats:
        Member.objects.update_or_create(
            pk=member_id(person.key, hat.agency, hat.role.value),
            defaults={
                "account": account,
                "agency_id": demo_id("agency", hat.agency),
                "role": hat.role.value,
                "display_name": person.name,
                "starts_on": _HIRED_ON,
                "ends_on": None,
            },
        )


def actor_of(person: str, now: datetime) -> Actor:
    """One of the cast under their first hat.

    Args:
        person: key of the data file.
    Raises:
        NotOnRecord: the demo world was not loaded.
    """
    hat = next(one for one in demo_world().cast if one.key == person).hats[0]
    return queries.actor_for_member(MemberId(member_id(person, hat.agency, hat.role.value)), now)


def agency_id_of(agency: str) -> AgencyId:
    """The id of an agency of the demo world, by its key in the data file."""
    return AgencyId(demo_id("agency", agency))


def member_id(person: str, agency: str, role: str) -> str:
    """The id of a cast member's hat.

    Args:
        person, agency: keys of the data file.
        role: code.
    """
    return demo_id("member", f"{person}:{agency}:{role}")

"""The demo world: complete, invented, reachable by nobody, and loaded twice without a trace."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from allhands.agencies import api
from allhands.agencies.demo import load as loader
from allhands.agencies.demo.world import demo_id, demo_world
from allhands.agencies.models import Account, Agency, AgencyArea, ContactRoute, Member, RouteHours
from allhands.geo.counties import find_county
from allhands.kernel.actors import SYSTEM, AgencyKind, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import MemberId, new_id
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LAST_REAL_COUNTY = 105  # Source: FIPS county codes of North Dakota, 38001 to 38105, odd numbers only


@pytest.fixture
def demo(db: None, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    loader.load(NOW)


def test_demo_world_has_every_kind_of_agency_and_role() -> None:
    assert {agency.kind for agency in demo_world().agencies} == set(AgencyKind)
    roles = {hat.role for person in demo_world().cast for hat in person.hats}
    assert roles == set(Role)
    assert len(demo_world().cast) >= 12


def test_demo_world_hats_name_agencies_that_exist() -> None:
    keys = [agency.key for agency in demo_world().agencies]
    assert len(keys) == len(set(keys))
    assert {hat.agency for person in demo_world().cast for hat in person.hats} <= set(keys)


def test_demo_world_can_reach_nobody() -> None:
    addresses = [(route.kind.value, route.address) for agency in demo_world().agencies for route in agency.routes]
    assert all(re.fullmatch(r"\+1 701 555 01\d\d", address) for kind, address in addresses if kind == "phone")
    assert all(address.endswith(".example.org") for kind, address in addresses if kind == "email")
    assert all(person.email.endswith("@cast.example") for person in demo_world().cast)


def test_demo_places_exist_nowhere_and_say_so() -> None:
    fips = {area.county_fips for agency in demo_world().agencies for area in agency.areas if area.county_fips}
    assert fips == {"38990", "38991"}
    for code in fips:
        county = find_county(code)
        assert county is not None
        assert county.invented
        assert int(code) - 38000 > LAST_REAL_COUNTY
    assert all("not a real" in nation.name.en for nation in demo_world().nations)


def test_demo_ids_look_like_ours_and_stay() -> None:
    assert demo_id("agency", "law-office") == demo_id("agency", "law-office")
    assert demo_id("agency", "law-office") != demo_id("route", "law-office")
    assert len(demo_id("agency", "x")) == len(new_id())


@pytest.mark.usefixtures("demo")
def test_demo_load_twice_changes_nothing() -> None:
    tables = (Account, Agency, AgencyArea, ContactRoute, RouteHours, Member)
    first = [list(table.objects.order_by("pk").values()) for table in tables]
    loader.load(NOW)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == first
    assert list(Journal.objects.values_list("event", flat=True)) == [Event.DEMO_LOADED] * 2


@pytest.mark.usefixtures("demo")
def test_demo_load_puts_back_what_was_altered() -> None:
    ruth = loader.member_id("ruth", "prairie-human-services", "CASEWORKER")
    Member.objects.filter(pk=ruth).update(display_name="Somebody Else", ends_on=NOW.date())
    loader.load(NOW)
    assert api.actor_for_member(MemberId(ruth)).label == "Ruth Amundson"


@pytest.mark.usefixtures("demo")
def test_demo_people_have_no_password() -> None:
    assert not any(account.has_usable_password() for account in Account.objects.all())


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("child_welfare_agency", "Prairie County Human Services"),
        ("law_enforcement", "Prairie County Sheriff"),
        ("tribal_police", "Sample Nation Police"),
        ("tribal_icwa_agent", "Sample Nation Child and Family Services"),
        ("court", "Prairie County District Court"),
        ("guardian_ad_litem", "Children's Law Office (guardians ad litem and attorneys)"),
        ("ncmec", "National clearinghouse (demo stand-in)"),
        ("state_clearinghouse", "State clearinghouse (demo stand-in)"),
        ("school", "Harwell Public Schools"),
        ("shelter", "Lantern House Youth Shelter"),
    ],
)
def test_demo_recipients(code: str, name: str) -> None:
    found = api.recipient_for(code, state="ND", county_fips="38990", nation="sample")
    assert found is not None
    assert found.name == name
    assert found.is_fictional
    assert [route.kind.value for route in api.routes(found.id)].count("inbox") == 1


@pytest.mark.usefixtures("demo")
def test_demo_story_is_told_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, datetime, bool]] = []
    monkeypatch.setattr(loader, "_stories", [])
    loader.register_story(lambda now, fresh: told.append(("first", now, fresh)))
    loader.register_story(lambda now, fresh: told.append(("second", now, fresh)))
    loader.load(NOW, fresh=True)
    assert told == [("first", NOW, True), ("second", NOW, True)]


@pytest.mark.django_db
@pytest.mark.parametrize("world", ["live", "drill"])
def test_demo_never_loads_elsewhere(settings: Settings, world: str) -> None:
    settings.ALLHANDS_WORLD = world
    with pytest.raises(Refused, match="not the demo world"):
        loader.load(NOW)
    assert not Agency.objects.exists()
    assert not Journal.objects.filter(actor_kind=SYSTEM.kind.value).exists()

"""Setting up agencies: by the platform or an operator, with places that exist."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from allhands.agencies import actions, api
from allhands.agencies.commands import CreateAgency, InviteMember, parse_area, parse_regime
from allhands.agencies.contracts import AreaView, Regime
from allhands.kernel.actors import SYSTEM, AgencyKind, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def create(name: str = "Rolette Example Services", zone: str = "America/Chicago", area: str = "38079") -> CreateAgency:
    return CreateAgency(
        name=name,
        kind=AgencyKind.CHILD_WELFARE,
        regime=Regime.TITLE_IV_E,
        time_zone=zone,
        areas=(parse_area(area),) if area else (),
    )


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("ND", AreaView(state="ND", county_fips="", part="", nation="")),
        ("38079", AreaView(state="ND", county_fips="38079", part="", nation="")),
        ("nation:sample", AreaView(state="", county_fips="", part="", nation="sample")),
    ],
)
def test_area_is_read_as_people_write_it(text: str, area: AreaView) -> None:
    assert parse_area(text) == area


@pytest.mark.parametrize("text", ["", "XX", "nd", "38990", "99999", "nation:", "Rolette"])
def test_area_that_is_no_place_is_refused_with_what_is_allowed(text: str) -> None:
    with pytest.raises(Refused, match="38079 for a county"):
        parse_area(text)


def test_regime_is_one_of_the_list() -> None:
    assert parse_regime("cjis") is Regime.CJIS
    with pytest.raises(Refused, match="TITLE_IV_E, CJIS"):
        parse_regime("secret")


@pytest.mark.django_db
def test_agency_is_created_with_its_areas_and_journalled() -> None:
    agency = api.get_agency(actions.create_agency(SYSTEM, create(), NOW))
    assert (agency.name, [area.county_fips for area in agency.areas]) == ("Rolette Example Services", ["38079"])
    assert Journal.objects.get().event == Event.AGENCY_ADDED


@pytest.mark.parametrize(
    ("command", "code"),
    [
        pytest.param(create("test county SHERIFF"), "agency-name-taken", id="name"),
        pytest.param(create(zone="Chicago"), "agency-unknown-zone", id="zone"),
        pytest.param(create(area=""), "agency-without-area", id="area"),
    ],
)
def test_agency_is_refused_with_a_reason(cast: Cast, command: CreateAgency, code: str) -> None:
    with pytest.raises(Refused) as refused:
        actions.create_agency(cast.operator, command, NOW)
    assert refused.value.code == code


def test_agency_is_created_by_operators_only(cast: Cast) -> None:
    for actor in (cast.administrator, cast.director, cast.outsider):
        with pytest.raises(Denied):
            actions.create_agency(actor, create(), NOW)
    assert actions.create_agency(cast.operator, create(), NOW)


@pytest.mark.django_db
def test_first_administrator_is_invited_by_the_platform() -> None:
    agency_id = actions.create_agency(SYSTEM, create(), NOW)
    command = InviteMember(agency_id=agency_id, email="ada@people.example", display_name="Ada", role=Role.ADMINISTRATOR)
    assert actions.find_invitation(actions.invite_member(SYSTEM, command, NOW).raw, NOW)


@pytest.mark.django_db
def test_invitation_to_an_unknown_agency_is_refused() -> None:
    command = InviteMember(
        agency_id=AgencyId("nowhere"), email="ada@people.example", display_name="Ada", role=Role.ADMINISTRATOR
    )
    with pytest.raises(Refused, match="No agency has this id"):
        actions.invite_member(SYSTEM, command, NOW)

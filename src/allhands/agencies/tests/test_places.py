"""Which agency serves a place, and which one a rule means."""

from __future__ import annotations

import pytest

from allhands.agencies import api
from allhands.agencies.contracts import AgencyView
from allhands.kernel.actors import AgencyKind, Role
from allhands.platform.testing.cast import Cast, Place, make_agency, make_member

pytestmark = pytest.mark.django_db
LAW = AgencyKind.LAW_ENFORCEMENT
COUNTY = Place(state="ND", county_fips="38990")


def names(found: tuple[AgencyView, ...]) -> list[str]:
    return [view.name for view in found]


def recipient(code: str, *, state: str = "ND", county_fips: str = "38990", nation: str = "sample") -> str | None:
    found = api.recipient_for(code, state=state, county_fips=county_fips, nation=nation)
    return found.name if found else None


def test_agencies_serving_come_nearest_first() -> None:
    make_agency("Highway Patrol", LAW, places=[Place(state="ND")])
    make_agency("Harwell Police", LAW, places=[Place(state="ND", county_fips="38990", part="City of Harwell")])
    make_agency("Sheriff", LAW, places=[COUNTY, Place(state="ND", county_fips="38991")])
    make_agency("Elsewhere", LAW, places=[Place(state="ND", county_fips="38993")])
    make_agency("Marshals", LAW, is_nationwide=True)
    make_agency("Nation's own", LAW, places=[Place(nation="sample")])
    found = api.agencies_serving("ND", "38990", "sample", [LAW])
    assert names(found) == ["Sheriff", "Harwell Police", "Nation's own", "Highway Patrol", "Marshals"]


def test_agencies_serving_an_unknown_county_are_not_guessed() -> None:
    make_agency("Sheriff", LAW, places=[COUNTY])
    make_agency("Highway Patrol", LAW, places=[Place(state="ND")])
    assert names(api.agencies_serving("ND", None, None, [LAW])) == ["Highway Patrol"]
    assert api.agencies_serving(None, None, None, [LAW]) == ()


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("child_welfare_agency", "Test County Human Services"),
        ("law_enforcement", "Test County Sheriff"),
        ("tribal_government", "Test Nation"),
        ("tribal_icwa_agent", "Test Nation"),
        ("court", "Test District Court"),
        ("childs_attorney", "Test Children's Law Office"),
        ("guardian_ad_litem", "Test Children's Law Office"),
        ("ncmec", "Test National Clearinghouse"),
        ("state_child_abuse_line", "Test County Human Services"),
        ("tribal_police", None),
        ("state_clearinghouse", None),
        ("school", None),
        ("parents", None),
        ("a code of tomorrow", None),
    ],
)
def test_recipient_for_each_code(cast: Cast, code: str, name: str | None) -> None:
    assert recipient(code) == name


def test_recipient_for_clearinghouses_keeps_state_and_nation_apart(cast: Cast) -> None:
    make_agency("State Clearinghouse", AgencyKind.CLEARINGHOUSE, places=[Place(state="ND")])
    assert recipient("ncmec") == "Test National Clearinghouse"
    assert recipient("state_clearinghouse") == "State Clearinghouse"
    assert recipient("state_clearinghouse", state="MN") is None


def test_recipient_for_a_victim_advocate_never_gets_court_notices() -> None:
    advocate = make_agency("Victim Advocates", AgencyKind.ADVOCATE, places=[COUNTY])
    make_member("Ann", Role.ADVOCATE, advocate)
    assert recipient("childs_attorney") is None


def test_recipient_for_is_nobody_when_several_schools_are_as_near() -> None:
    make_agency("North School", AgencyKind.SCHOOL, places=[COUNTY])
    assert recipient("school") == "North School"
    make_agency("South School", AgencyKind.SCHOOL, places=[COUNTY])
    assert recipient("school") is None


def test_recipient_for_police_falls_back_to_the_nation_where_it_alone_serves() -> None:
    make_agency("Nation Police", AgencyKind.TRIBAL_POLICE, places=[Place(nation="sample")])
    assert recipient("law_enforcement", county_fips="") == "Nation Police"
    make_agency("Sheriff", LAW, places=[COUNTY])
    assert recipient("law_enforcement") == "Sheriff"


def test_hand_off_targets_can_own_and_have_somebody(cast: Cast) -> None:
    make_agency("Empty Sheriff", LAW, places=[COUNTY])
    assert names(api.hand_off_targets(cast.caseworker)) == [
        "Other County Human Services",
        "Test County Sheriff",
        "Test Nation",
    ]
    assert "Test County Human Services" in names(api.hand_off_targets(cast.officer))

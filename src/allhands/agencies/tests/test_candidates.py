"""Every agency that may have to act, with its reasons; nothing dropped."""

from __future__ import annotations

import pytest

from allhands.agencies import api
from allhands.agencies.contracts import Candidates, NobodyFor, PlaceRole, Reason, Why
from allhands.geo import locate
from allhands.kernel.actors import AgencyKind
from allhands.platform.testing.cast import Place, make_agency

pytestmark = pytest.mark.django_db
LAW, TRIBAL = AgencyKind.LAW_ENFORCEMENT, AgencyKind.TRIBAL_POLICE
ROLETTE = Place(state="ND", county_fips="38079")


def names(found: Candidates) -> list[str]:
    return [one.agency.name for one in found.agencies]


def test_the_union_over_all_places_has_each_agency_once_with_every_reason() -> None:
    make_agency("Sheriff", LAW, places=[ROLETTE])
    make_agency("Highway Patrol", LAW, places=[Place(state="ND")])
    make_agency("Mountain State Police", LAW, places=[Place(state="MT")])
    make_agency("Nation's police", TRIBAL, places=[Place(nation="tmbci")])
    make_agency("Marshals", LAW, is_nationwide=True)
    make_agency("Elsewhere", LAW, places=[Place(state="ND", county_fips="38005")])
    seen = api.asked_of(PlaceRole.LAST_SEEN, {"state": "ND", "county_fips": "38079"})
    home = api.asked_of(PlaceRole.RESIDENCE, {"state": "MT"})
    found = api.candidate_agencies([seen, home], nations=["tmbci"])
    assert names(found) == ["Sheriff", "Nation's police", "Highway Patrol", "Mountain State Police", "Marshals"]
    assert found.agencies[1].reasons == (
        Reason(role=PlaceRole.NATION, why=Why.NATION, code="tmbci"),
        Reason(role=PlaceRole.LAST_SEEN, why=Why.NATION_POSSIBLE, code="tmbci"),
    )


def test_a_nation_with_land_in_the_county_is_left_out_only_by_a_stated_no() -> None:
    make_agency("Nation's police", TRIBAL, places=[Place(nation="tmbci")])
    place: dict[str, object] = {"state": "ND", "county_fips": "38079"}
    unknown = api.candidate_agencies([api.asked_of(PlaceRole.LAST_SEEN, place)])
    stated_no = api.candidate_agencies([api.asked_of(PlaceRole.LAST_SEEN, {**place, "indian_country": False})])
    assert (names(unknown), names(stated_no)) == (["Nation's police"], [])


def test_a_point_near_a_line_asks_the_agencies_of_both_sides() -> None:
    make_agency("Burleigh", LAW, places=[Place(state="ND", county_fips="38015")])
    make_agency("Morton", LAW, places=[Place(state="ND", county_fips="38059")])
    asked = api.asked_at(PlaceRole.LAST_SEEN, locate.at_point(46.8, -100.8))
    assert names(api.candidate_agencies([asked])) == ["Burleigh", "Morton"]


@pytest.mark.parametrize(("on_record", "asked"), [("46113", "46102"), ("02261", "02063"), ("09110", "09003")])
def test_an_area_written_before_a_county_changed_still_counts(on_record: str, asked: str) -> None:
    state = {"46": "SD", "02": "AK", "09": "CT"}[asked[:2]]
    make_agency("Sheriff", LAW, places=[Place(state=state, county_fips=on_record)])
    assert names(api.candidate_agencies([api.asked_of(PlaceRole.LAST_SEEN, {"county_fips": asked})])) == ["Sheriff"]


def test_counties_and_nations_that_nobody_serves_are_named() -> None:
    seen = api.asked_of(PlaceRole.LAST_SEEN, {"state": "ND", "county_fips": "38079", "nation": "tmbci"})
    found = api.candidate_agencies([seen])
    assert found.agencies == ()
    assert set(found.nobody_for) == {
        NobodyFor(role=PlaceRole.LAST_SEEN, code="38079", kind=LAW),
        NobodyFor(role=PlaceRole.LAST_SEEN, code="tmbci", kind=TRIBAL),
        NobodyFor(role=PlaceRole.LAST_SEEN, code="tmbci", kind=AgencyKind.TRIBAL_GOVERNMENT),
    }


def test_nothing_known_finds_nobody_but_the_nationwide() -> None:
    make_agency("Marshals", LAW, is_nationwide=True)
    make_agency("Sheriff", LAW, places=[ROLETTE])
    assert names(api.candidate_agencies([api.asked_of(PlaceRole.LAST_SEEN, {})])) == ["Marshals"]


def test_kinds_can_be_asked_for() -> None:
    make_agency("Sheriff", LAW, places=[ROLETTE])
    make_agency("Human services", AgencyKind.CHILD_WELFARE, places=[ROLETTE])
    seen = api.asked_of(PlaceRole.LAST_SEEN, {"county_fips": "38079"})
    assert names(api.candidate_agencies([seen], kinds=[LAW])) == ["Sheriff"]

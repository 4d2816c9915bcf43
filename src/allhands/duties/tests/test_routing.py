"""Whom a report reaches: everybody who may be in charge, each with a reason, and nobody picked by guessing."""

from __future__ import annotations

import pytest

from allhands.duties import api as duties
from allhands.duties.tests.conftest import Ledger, Reporting
from allhands.episodes.contracts import Json
from allhands.kernel.actors import AgencyKind
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, Place, make_agency, make_route
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
LAW, TRIBAL, NATION = AgencyKind.LAW_ENFORCEMENT, AgencyKind.TRIBAL_POLICE, AgencyKind.TRIBAL_GOVERNMENT
ENTRY, POLICE = "us.federal.duty-le-2h", "us.federal.duty-ive-24h-le"
BURLEIGH, MORTON, BELTRAMI = "38015", "38059", "27007"


def told(cast: Cast, episode_id: EpisodeId, kind: str = "POLICE") -> set[AgencyId | None]:
    with acting_as(cast.caseworker):
        return {one.recipient_agency_id for one in duties.list_notices(episode_id) if one.kind == kind}


def at(county: str, **parts: Json) -> Json:
    return {"state": {"38": "ND", "27": "MN"}[county[:2]], "county_fips": county, **parts}


def test_police_where_it_lives_are_named_and_those_where_it_was_seen_are_told(
    cast: Cast, reporting: Reporting, ledger: Ledger, page_client: PageClient
) -> None:
    burleigh = make_agency("Burleigh Sheriff", LAW, places=[Place(state="ND", county_fips=BURLEIGH)])
    morton = make_agency("Morton Sheriff", LAW, places=[Place(state="ND", county_fips=MORTON)])
    make_agency("State Patrol", LAW, places=[Place(state="ND")])
    make_route(morton, "phone", "+1 701-555-0123")
    home = at(MORTON, indian_country=False)
    seen = at(BURLEIGH, indian_country=False)
    episode_id = reporting(place__last_seen=seen, place__residence=home, place__custody=home, place__placement=home)
    assert told(cast, episode_id) == {burleigh}  # the others stand on the page with their number
    held = ledger(episode_id)
    assert held[ENTRY].agency_id == burleigh  # it was seen there
    page = page_client.sign_in(cast.caseworker).get(f"/e/{episode_id}/d/{held[POLICE].duty_id}")
    assert "Burleigh Sheriff serves Burleigh County (last seen there)" in page.text
    assert "Morton Sheriff serves Morton County (lives there)" in page.text.replace("placed there", "lives there")
    assert "State Patrol serves all of ND" in page.text
    assert "+1 701-555-0123" in page.text


def test_two_as_near_are_both_told_and_neither_is_said_to_owe(
    cast: Cast, reporting: Reporting, ledger: Ledger, page_client: PageClient
) -> None:
    towns = {
        make_agency(f"{town} Police", LAW, places=[Place(state="ND", county_fips=BURLEIGH, part=town)])
        for town in ("Alder", "Birch")
    }
    place = at(BURLEIGH, indian_country=False)
    episode_id = reporting(place__last_seen=place, place__custody=place, place__placement=place)
    held = ledger(episode_id)
    assert told(cast, episode_id) == towns
    assert held[ENTRY].agency_id is None
    page = page_client.sign_in(cast.caseworker).get(f"/e/{episode_id}/d/{held[ENTRY].duty_id}")
    assert "Several agencies may owe this" in page.text
    assert "Birch Police serves a part of Burleigh County" in page.text


@pytest.mark.parametrize("nation", ["red-lake", "leech-lake"])
def test_public_law_280_or_not_the_nation_and_the_county_are_both_told(
    nation: str, cast: Cast, reporting: Reporting
) -> None:
    """Minnesota's jurisdiction reaches Leech Lake and not Red Lake; that settles who leads, never who is told."""
    sheriff = make_agency("County Sheriff", LAW, places=[Place(state="MN", county_fips=BELTRAMI)])
    tribal = make_agency("Nation's police", TRIBAL, places=[Place(nation=nation)])
    place = at(BELTRAMI, nation=nation, indian_country=True)
    episode_id = reporting(place__last_seen=place, place__custody=place, place__placement=place)
    assert told(cast, episode_id) == {sheriff, tribal}


def test_land_in_the_county_is_a_reason_to_tell_until_somebody_says_it_was_not_there(
    cast: Cast, reporting: Reporting
) -> None:
    sheriff = make_agency("County Sheriff", LAW, places=[Place(state="MN", county_fips=BELTRAMI)])
    tribal = make_agency("Nation's police", TRIBAL, places=[Place(nation="red-lake")])
    open_place, said_no = at(BELTRAMI), at(BELTRAMI, indian_country=False)
    unknown = reporting("Maya", place__last_seen=open_place, place__custody=said_no, place__placement=said_no)
    no = reporting("Lena", place__last_seen=said_no, place__custody=said_no, place__placement=said_no)
    assert (told(cast, unknown), told(cast, no)) == ({sheriff, tribal}, {sheriff})


def test_the_childs_own_nation_is_told_and_not_the_one_whose_land_it_is(cast: Cast, reporting: Reporting) -> None:
    own = make_agency("Own nation", NATION, places=[Place(nation="spirit-lake")])
    make_agency("Land's nation", NATION, places=[Place(nation="red-lake")])
    place = at(BELTRAMI, nation="red-lake", indian_country=True)
    episode_id = reporting(
        place__last_seen=place, place__custody=place, place__placement=place,
        child__tribal_affiliation=["spirit-lake"], child__tribal_tie_possible=True,
    )  # fmt: skip
    assert told(cast, episode_id, "TRIBE") == {own}

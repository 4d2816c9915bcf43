"""A child is found by name in any spelling, and only by those who take part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.kernel.actors import AgencyKind, Role
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_agency, make_member
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["haseyaa", "HASÉYAA", "haseya", "tsosie", "Béésh"])
def test_a_name_is_found_in_any_spelling(cast: Cast, typed: str) -> None:
    command = report("Haséyaa", child__given_name="Haséyaa", child__family_name="Béésh Łigai Tsosie")
    reported = episodes.report_missing(cast.caseworker, command, NOW)
    with acting_as(cast.caseworker):
        assert [one.episode_id for one in episodes.search(typed, limit=5)] == [reported.episode_id]
    with acting_as(cast.outsider):
        assert episodes.search(typed, limit=5) == ()


@pytest.mark.parametrize("typed", ["", "  ", "%_", "'; DROP TABLE", "Zzzyx"])
def test_what_matches_nobody_finds_nobody(cast: Cast, typed: str) -> None:
    episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker):
        assert episodes.search(typed, limit=5) == ()


def everybody(agency_id: AgencyId) -> episodes.Callers:
    return episodes.Callers(agency_id=agency_id, own=True, of_others=True, walled=frozenset())


def test_an_episode_is_found_by_its_id_and_by_the_phone_of_who_called(cast: Cast) -> None:
    command = replace(report(), reporter_phone="+1 (701) 555-0123")
    reported = episodes.report_missing(cast.caseworker, command, NOW)
    callers = everybody(cast.caseworker.agency_id)
    with acting_as(cast.caseworker):
        for typed in (reported.episode_id, "555 0123", "7015550123"):
            assert [one.episode_id for one in episodes.search(typed, limit=5, callers=callers)] == [reported.episode_id]
        assert episodes.search("555 9999", limit=5, callers=callers) == ()
        assert episodes.search("7015550123", limit=5) == (), "nobody said that the phone may be asked for"


def test_a_number_finds_the_child_only_for_those_who_may_know_who_called(cast: Cast, page_client: PageClient) -> None:
    shelter = make_member("Sam Shelter", Role.SHELTER_WORKER, make_agency("Test Shelter", AgencyKind.SHELTER))
    by_welfare = replace(report("Maya", key="w"), reporter_phone="+17015550123")
    by_shelter = replace(report("Zed", key="s"), reporter_phone="+17015550188")
    welfare = episodes.report_missing(cast.caseworker, by_welfare, NOW).episode_id
    sheltered = episodes.report_missing(shelter, by_shelter, NOW).episode_id
    for owner, one in ((cast.caseworker, welfare), (shelter, sheltered)):
        with acting_as(owner):
            joining = {shelter.agency_id, cast.officer.agency_id, cast.caseworker.agency_id}
            episodes.add_parties(one, joining, "DUTY", NOW)
    found = {
        who.label: {
            number
            for number, one in (("0123", welfare), ("0188", sheltered))
            if one in page_client.sign_in(who).get("/search", {"q": f"555{number}"}).response.content.decode()
        }
        for who in (cast.caseworker, cast.officer, cast.dispatcher, shelter)
    }
    assert found == {
        cast.caseworker.label: {"0123"},
        cast.officer.label: {"0123"},
        cast.dispatcher.label: set(),
        shelter.label: set(),
    }

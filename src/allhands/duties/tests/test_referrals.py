"""A case referred from one police agency to another: its own clock runs, and the written answer proves it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from allhands.duties import api as duties
from allhands.duties.contracts import Applies, DutyState, DutyView
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report, said
from allhands.kernel.actors import Actor, AgencyKind, Role
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import OTHER_COUNTY, STATE, Cast, Place, make_agency, make_member

pytestmark = pytest.mark.django_db
ANSWER, KEEP = "us.states.nd.hand-off-answer", "us.states.nd.keep-until-accepted"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def deputy(cast: Cast) -> Actor:
    elsewhere = [Place(state=STATE, county_fips=OTHER_COUNTY)]
    return make_member(
        "Deputy Testworth", Role.OFFICER, make_agency("Other Sheriff", AgencyKind.LAW_ENFORCEMENT, places=elsewhere)
    )


def offered(cast: Cast, to: Actor, at: datetime = NOW) -> tuple[EpisodeId, str]:
    maya = episodes.report_missing(cast.officer, report(at=NOW), NOW).episode_id
    return maya, episodes.offer(cast.officer, maya, AgencyId(to.agency_id), "Last seen in your county.", at)


def ledger(maya: EpisodeId, actor: Actor) -> dict[str, DutyView]:
    with acting_as(actor):
        return {one.rule_id: one for one in duties.list_duties([maya])[maya]}


def owing(maya: EpisodeId, actor: Actor) -> set[AgencyId | None]:
    """Whoever has a certain duty that is open, as this actor is told of it."""
    with acting_as(actor):
        episodes.get_episode(actor, maya)
    held = ledger(maya, actor).values()
    return {one.agency_id for one in held if one.state is DutyState.OPEN and one.applies is Applies.TRUE}


def test_the_agency_asked_owes_the_answer_within_24_hours_and_the_giver_keeps_the_case(
    cast: Cast, deputy: Actor
) -> None:
    maya, _ = offered(cast, deputy)
    owed = ledger(maya, deputy)
    assert owed[ANSWER].agency_id == deputy.agency_id
    assert owed[ANSWER].due_at == NOW + timedelta(hours=24)
    assert owed[KEEP].agency_id == cast.officer.agency_id
    assert owed[KEEP].state is DutyState.OPEN


@pytest.mark.parametrize(
    ("answer", "at", "answered", "kept"),
    [
        (episodes.accept, LATER, DutyState.PROVED, DutyState.PROVED),
        (episodes.accept, NOW + timedelta(hours=25), DutyState.PROVED_LATE, DutyState.PROVED),
        (episodes.decline, LATER, DutyState.PROVED, DutyState.SUPERSEDED),
    ],
)
def test_the_written_answer_is_the_proof(
    cast: Cast, deputy: Actor, answer: object, at: datetime, answered: DutyState, kept: DutyState
) -> None:
    maya, offer_id = offered(cast, deputy)
    assert callable(answer)
    answer(deputy, offer_id, "Yes or no, in writing. Deputy Testworth", at)
    owed = ledger(maya, cast.officer)
    assert (owed[ANSWER].state, owed[KEEP].state) == (answered, kept)
    assert owed[ANSWER].evidence[0].recorded_at == at
    assert owed[ANSWER].settled_by == "Deputy Testworth"


def test_an_offer_taken_back_asks_nothing_any_more(cast: Cast, deputy: Actor) -> None:
    maya, offer_id = offered(cast, deputy)
    episodes.withdraw(cast.officer, offer_id, LATER)
    owed = ledger(maya, cast.officer)
    assert {owed[ANSWER].state, owed[KEEP].state} == {DutyState.SUPERSEDED}


def test_who_owes_more_than_the_answer_keeps_the_child_after_a_no(cast: Cast, deputy: Actor) -> None:
    maya = episodes.report_missing(cast.caseworker, report(at=NOW), NOW).episode_id
    offer_id = episodes.offer(cast.caseworker, maya, deputy.agency_id, "The family moved there.", NOW)
    seen = said("place.last_seen", {"state": STATE, "county_fips": OTHER_COUNTY}, at=NOW)
    episodes.state_fact(cast.caseworker, maya, seen, LATER)
    assert deputy.agency_id in owing(maya, cast.caseworker)
    episodes.decline(deputy, offer_id, "We search, and do not take her over.", LATER)
    assert deputy.agency_id in owing(maya, deputy), "its clocks run on, and it sees them"


@pytest.mark.parametrize("how", ["declined", "taken back"])
def test_who_owes_the_answer_alone_sees_the_child_no_more(cast: Cast, deputy: Actor, how: str) -> None:
    maya, offer_id = offered(cast, deputy)
    episodes.state_fact(cast.officer, maya, said("description.clothing", "green parka", at=NOW), LATER)
    if how == "declined":
        episodes.decline(deputy, offer_id, "Not seen here.", LATER)
    else:
        episodes.withdraw(cast.officer, offer_id, LATER)
    episodes.state_fact(cast.officer, maya, said("description.hair", "brown", at=NOW), LATER)
    with pytest.raises(Denied), acting_as(deputy):
        episodes.get_episode(deputy, maya)


def test_the_law_on_police_says_nothing_of_others(cast: Cast) -> None:
    maya = episodes.report_missing(cast.caseworker, report(at=NOW), NOW).episode_id
    episodes.offer(cast.caseworker, maya, AgencyId(cast.outsider.agency_id), "The family moved there.", NOW)
    assert not {ANSWER, KEEP} & set(ledger(maya, cast.caseworker))

"""No period, no disposal; a hold blocks; two people dispose; the report says what was done."""

from __future__ import annotations

import csv
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.keeping import api as keeping
from allhands.keeping.contracts import StepKind, StepState
from allhands.keeping.tests.test_steps import carried_out, ended, episode_id, second, shown_anywhere
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, account_of, make_member
from allhands.platform.testing.pages import PageClient
from allhands.platform.vault import api as vault

__all__ = ["ended", "episode_id", "second"]

pytestmark = pytest.mark.django_db

LAW, SHORT, AFTER = "N.D. schedule 12", timedelta(days=10), NOW + timedelta(days=40)


def due(actor: Actor) -> list[EpisodeId]:
    with acting_as(actor):
        return [one.episode_id for one in keeping.list_due(actor, AFTER)]


def test_without_a_period_nothing_is_ever_due(cast: Cast, episode_id: EpisodeId) -> None:
    assert due(cast.supervisor) == []
    with pytest.raises(Refused, match="none is set"):
        keeping.propose_disposal(cast.supervisor, episode_id, AFTER)


def test_the_longest_period_governs_until_it_is_ended(cast: Cast, episode_id: EpisodeId) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    keeping.set_period(cast.supervisor, "Agency rule 4", 4000, NOW)
    assert due(cast.supervisor) == []
    keeping.end_period(cast.supervisor, "Agency rule 4", NOW)
    assert due(cast.supervisor) == [episode_id]


@pytest.mark.parametrize(("law", "days"), [("", 30), (" ", 30), (LAW, None), (LAW, 0), (LAW, 36_501)])
def test_period_that_says_nothing_is_refused(cast: Cast, law: str, days: int | None) -> None:
    with pytest.raises(Refused):
        keeping.set_period(cast.supervisor, law, days, NOW)


def test_two_people_dispose_and_the_report_names_them(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    step = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    with pytest.raises(Refused, match="Somebody else"):
        keeping.decide(cast.supervisor, step, agrees=True, why_not="", now=AFTER)
    keeping.decide(second, step, agrees=True, why_not="", now=AFTER)
    assert shown_anywhere(cast.caseworker, episode_id) == []
    with acting_as(cast.supervisor):
        [view] = keeping.list_steps(cast.supervisor, StepKind.DISPOSE)
    assert view.state is StepState.DONE
    assert (view.asked_by, view.second_by) == (cast.supervisor.label, second.label)
    assert view.closed_at == NOW
    assert LAW in view.ground


def test_refused_disposal_leaves_everything(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    step = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    with pytest.raises(Refused, match="why not"):
        keeping.decide(second, step, agrees=False, why_not=" ", now=AFTER)
    keeping.decide(second, step, agrees=False, why_not="The appeal is open.", now=AFTER)
    assert "page" in shown_anywhere(cast.caseworker, episode_id)
    with pytest.raises(Refused, match="faster"):
        keeping.decide(second, step, agrees=True, why_not="", now=AFTER)


def test_hold_blocks_disposal_and_expungement_but_not_sealing(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    waiting = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    hold = keeping.set_hold(cast.supervisor, episode_id, "Doe v. County", AFTER)
    with pytest.raises(Refused, match="legal hold"):
        keeping.decide(second, waiting, agrees=True, why_not="", now=AFTER)
    keeping.decide(second, waiting, agrees=False, why_not="Held.", now=AFTER)
    with pytest.raises(Refused, match="legal hold"):
        carried_out(cast, second, episode_id, StepKind.EXPUNGE)
    carried_out(cast, second, episode_id, StepKind.SEAL)
    carried_out(cast, second, episode_id, StepKind.OPEN)
    with pytest.raises(Denied):
        keeping.lift_hold(cast.officer, hold, AFTER)
    keeping.lift_hold(cast.supervisor, hold, AFTER)
    carried_out(cast, second, episode_id, StepKind.EXPUNGE)


@pytest.mark.parametrize("query", ["UPDATE keeping_hold SET matter = 'x'", "DELETE FROM keeping_hold"])
def test_hold_is_lifted_and_never_changed(cast: Cast, episode_id: EpisodeId, query: str) -> None:
    keeping.set_hold(cast.supervisor, episode_id, "Doe v. County", NOW)
    with pytest.raises(DatabaseError), acting_as(cast.supervisor), connection.cursor() as cursor:
        cursor.execute(query)


def test_running_response_is_never_due(cast: Cast) -> None:
    episodes.report_missing(cast.caseworker, report(), NOW)
    keeping.set_period(cast.supervisor, LAW, 1, NOW)
    assert due(cast.supervisor) == []


def test_the_proposer_is_no_second_person_under_another_hat(cast: Cast, episode_id: EpisodeId) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    step = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    account = str(account_of(cast.supervisor).pk)
    hat = make_member("Sasha Supervisor", Role.DIRECTOR, cast.supervisor.agency_id, account_id=account)
    with pytest.raises(Refused, match="Somebody else"):
        keeping.decide(hat, step, agrees=True, why_not="", now=AFTER)
    assert "page" in shown_anywhere(cast.caseworker, episode_id)


def test_the_longer_period_of_an_agency_that_takes_part_holds(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    sheriff = make_member("Sam Lead", Role.SUPERVISOR, cast.officer.agency_id)
    with acting_as(cast.caseworker):
        assert sheriff.agency_id in episodes.get_episode(cast.caseworker, episode_id).party_agency_ids
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    waiting = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    keeping.set_period(sheriff, "Evidence rule 9", 4000, AFTER)
    assert due(cast.supervisor) == []
    with pytest.raises(Refused, match="has not ended"):
        keeping.decide(second, waiting, agrees=True, why_not="", now=AFTER)
    keeping.decide(second, waiting, agrees=False, why_not="The sheriff keeps it.", now=AFTER)
    with pytest.raises(Refused, match="has not ended"):
        keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    much_later = NOW + timedelta(days=4000)
    step = keeping.propose_disposal(cast.supervisor, episode_id, much_later)
    keeping.decide(second, step, agrees=True, why_not="", now=much_later)
    assert shown_anywhere(cast.officer, episode_id) == []


def test_a_period_of_an_agency_that_takes_no_part_holds_nothing(cast: Cast, episode_id: EpisodeId) -> None:
    elsewhere = make_member("Olive Out", Role.SUPERVISOR, cast.outsider.agency_id)
    keeping.set_period(elsewhere, "Rule of another county", 4000, NOW)
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    assert due(cast.supervisor) == [episode_id]


@pytest.mark.parametrize("days", [4000, None], ids=["longer", "none any more"])
def test_a_period_that_changed_since_the_proposal_stops_it(
    cast: Cast, second: Actor, episode_id: EpisodeId, days: int | None
) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    step = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    if days is None:
        keeping.end_period(cast.supervisor, LAW, AFTER)
    else:
        keeping.set_period(cast.supervisor, LAW, days, AFTER)
    with pytest.raises(Refused, match="has not ended"):
        keeping.decide(second, step, agrees=True, why_not="", now=AFTER)
    assert "page" in shown_anywhere(cast.caseworker, episode_id)


def test_the_report_is_what_was_destroyed_and_all_of_it(
    cast: Cast, second: Actor, episode_id: EpisodeId, page_client: PageClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("allhands.keeping.queries._LONGEST_LIST", 1)
    others = [ended(cast, episodes.report_missing(cast.caseworker, report(key=key), NOW).episode_id) for key in "ab"]
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    for one in (episode_id, others[0]):
        step = keeping.propose_disposal(cast.supervisor, one, AFTER)
        keeping.decide(second, step, agrees=True, why_not="", now=AFTER)
    refused = keeping.propose_disposal(cast.supervisor, others[1], AFTER)
    keeping.decide(second, refused, agrees=False, why_not="The appeal is open.", now=AFTER)
    with acting_as(SYSTEM):
        gone = {row.record_id for row in vault.shut_records().filter(destroyed_at__isnull=False)}
    client = page_client.sign_in(cast.supervisor).client
    lines = list(csv.DictReader(client.get("/keeping/disposed.csv").content.decode().splitlines()))
    assert {line["record"] for line in lines} == {episode_id, others[0]}
    assert gone >= {line["record"] for line in lines}
    assert others[1] not in gone
    page = client.get("/keeping/disposed").content.decode()
    assert [record in page for record in (episode_id, *others)] == [True, True, False]


def test_what_waits_is_on_the_desk_however_much_was_done_since(
    cast: Cast, second: Actor, episode_id: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    waiting = keeping.propose_disposal(cast.supervisor, episode_id, AFTER)
    other = ended(cast, episodes.report_missing(cast.caseworker, report(key="b"), NOW).episode_id)
    step = keeping.propose_disposal(cast.supervisor, other, AFTER + timedelta(hours=1))
    keeping.decide(second, step, agrees=True, why_not="", now=AFTER + timedelta(hours=1))
    monkeypatch.setattr("allhands.keeping.queries._LONGEST_LIST", 1)
    with acting_as(second):
        assert [view.step_id for view in keeping.list_steps(second)] == [waiting]

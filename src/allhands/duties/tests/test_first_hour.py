"""From a report to every duty on a clock: opened with it, green only with proof, never dropped in silence."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties import models, tasks
from allhands.duties.contracts import Applies, DutyState, DutyView, NewEvidence, Rung, Sent
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report, said
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db

NCMEC = "us.federal.duty-ive-24h-ncmec"
POLICE = "us.federal.duty-ive-24h-le"
ENTRY = "us.federal.duty-le-2h"


@pytest.fixture
def episode_id(cast: Cast) -> EpisodeId:
    return episodes.report_missing(cast.caseworker, report(), NOW).episode_id


def ledger(actor: Actor, episode_id: EpisodeId) -> dict[str, DutyView]:
    with acting_as(actor):
        return {duty.rule_id: duty for duty in duties.list_duties([episode_id])[episode_id]}


def proof(kind: str, value: str, hours: float = 1) -> NewEvidence:
    return NewEvidence(kind=kind, value=value, taken_by="A. Calltaker", happened_at=NOW + timedelta(hours=hours))


def test_a_report_puts_every_duty_on_its_clock_with_its_citation(cast: Cast, episode_id: EpisodeId) -> None:
    held = ledger(cast.caseworker, episode_id)
    for rule in (NCMEC, POLICE):
        assert held[rule].clock_starts_at == NOW
        assert held[rule].due_at == NOW + timedelta(hours=24)
        assert held[rule].agency_id == cast.caseworker.agency_id
        assert held[rule].state is DutyState.OPEN
        assert "671" in held[rule].source[0]["citation"]
    assert held[ENTRY].due_at is None
    assert held[ENTRY].agency_id == cast.officer.agency_id


def test_who_owes_a_duty_sees_the_episode(cast: Cast, episode_id: EpisodeId) -> None:
    with acting_as(cast.officer):
        assert episodes.get_episode(cast.officer, episode_id).child.call_name == "Maya"
        assert ENTRY in {duty.rule_id for duty in duties.list_owed(cast.officer.agency_id)}
    with acting_as(cast.outsider):
        assert duties.list_owed(cast.outsider.agency_id) == ()


def test_nothing_turns_green_without_proof(cast: Cast, episode_id: EpisodeId) -> None:
    duty = ledger(cast.caseworker, episode_id)[NCMEC]
    with pytest.raises(Refused) as refused:
        duties.prove(cast.caseworker, duty.duty_id, proof("ncmec_case_number", "called them"), NOW + timedelta(hours=2))
    assert refused.value.code == "proof-shape"
    assert ledger(cast.caseworker, episode_id)[NCMEC].state is DutyState.OPEN
    duties.prove(cast.caseworker, duty.duty_id, proof("ncmec_case_number", "1482033"), NOW + timedelta(hours=2))
    proved = ledger(cast.caseworker, episode_id)[NCMEC]
    assert proved.state is DutyState.PROVED
    assert proved.evidence[0].value == "1482033"
    assert audit.verify_all() == []


def test_late_proof_is_proof_and_says_late(cast: Cast, episode_id: EpisodeId) -> None:
    duty = ledger(cast.caseworker, episode_id)[NCMEC]
    late = proof("ncmec_case_number", "1482033", hours=25)
    assert duties.prove(cast.caseworker, duty.duty_id, late, NOW + timedelta(hours=26)) is DutyState.PROVED_LATE


def test_a_police_report_number_starts_the_clock_of_the_police(cast: Cast, episode_id: EpisodeId) -> None:
    duty = ledger(cast.caseworker, episode_id)[POLICE]
    duties.prove(cast.caseworker, duty.duty_id, proof("police_report_number", "PC-26-1187"), NOW + timedelta(hours=2))
    entry = ledger(cast.caseworker, episode_id)[ENTRY]
    assert entry.clock_starts_at == NOW + timedelta(hours=1)
    assert entry.due_at == NOW + timedelta(hours=3)


def test_a_refusal_by_the_recipient_stays_red_and_climbs_the_ladder(cast: Cast, episode_id: EpisodeId) -> None:
    duty = ledger(cast.caseworker, episode_id)[POLICE]
    said_no = proof("refused_by_recipient", "The desk said to call again in the morning")
    duties.prove(cast.caseworker, duty.duty_id, said_no, NOW + timedelta(hours=2))
    held = ledger(cast.caseworker, episode_id)[POLICE]
    assert held.state is DutyState.OPEN
    assert held.rung is Rung.OVER
    with acting_as(cast.caseworker):
        assert [step.role for step in duties.list_ladder(duty.duty_id)] == ["DIRECTOR"]


def test_facts_supersede_a_duty_and_bring_it_back_without_losing_it(cast: Cast, episode_id: EpisodeId) -> None:
    with acting_as(cast.caseworker):
        lines = {line.fact_id: line for line in episodes.statements_of(episode_id)}
    grown = episodes.state_fact(
        cast.caseworker, episode_id, said("child.age_years", 30), NOW, supersedes=lines["child.age_years"].statement_id
    )
    assert ledger(cast.caseworker, episode_id)[ENTRY].state is DutyState.SUPERSEDED
    episodes.state_fact(cast.caseworker, episode_id, said("child.age_years", 14), NOW, supersedes=grown)
    assert ledger(cast.caseworker, episode_id)[ENTRY].state is DutyState.OPEN


def test_a_clock_that_may_not_apply_after_all_stops_and_the_duty_stays_in_sight(
    cast: Cast, episode_id: EpisodeId
) -> None:
    with acting_as(cast.caseworker):
        lines = {line.fact_id: line for line in episodes.statements_of(episode_id)}
    no_care = said("child.in_foster_care", value=False)
    earlier = lines["child.in_foster_care"].statement_id
    episodes.state_fact(cast.caseworker, episode_id, no_care, NOW, supersedes=earlier)
    held = ledger(cast.caseworker, episode_id)[NCMEC]
    assert (held.state, held.applies, held.due_at) == (DutyState.OPEN, Applies.UNKNOWN, None)


def test_when_two_disagree_the_more_dangerous_governs(cast: Cast, episode_id: EpisodeId) -> None:
    known = said("child.whereabouts_known", value=True, informant="a neighbour")
    episodes.state_fact(cast.caseworker, episode_id, known, NOW)
    with acting_as(cast.caseworker):
        assessment = duties.explain(episode_id)
    assert assessment is not None
    verdicts = {one.id: one.verdict.value for one in assessment.definitions}
    assert verdicts["us.federal.def-mcaa"] != "false"
    assert any(conflict.kind == "informants" for conflict in assessment.conflicts)


def test_only_a_named_supervisor_waives_and_only_with_a_reason(cast: Cast, episode_id: EpisodeId) -> None:
    duty = ledger(cast.caseworker, episode_id)[NCMEC]
    with pytest.raises(Denied):
        duties.waive(cast.caseworker, duty.duty_id, "I do not want to do this now", NOW)
    with pytest.raises(Refused, match="reason"):
        duties.waive(cast.supervisor, duty.duty_id, "no", NOW)
    duties.waive(cast.supervisor, duty.duty_id, "She walked in while I was on the phone with them", NOW)
    waived = ledger(cast.caseworker, episode_id)[NCMEC]
    assert waived.state is DutyState.WAIVED
    assert waived.settled_by == cast.supervisor.label


def test_the_ladder_climbs_once_a_rung_and_names_people(cast: Cast, episode_id: EpisodeId) -> None:
    duty = ledger(cast.caseworker, episode_id)[NCMEC]
    for hours in (1, 12, 12.1, 19.3, 24.5, 25):
        duties.climb_all(NOW + timedelta(hours=hours))
    with acting_as(cast.caseworker):
        steps = duties.list_ladder(duty.duty_id)
    assert [step.rung for step in steps] == [Rung.HALF, Rung.NEAR, Rung.OVER]
    assert [step.told for step in steps] == [cast.caseworker.label, cast.supervisor.label, cast.director.label]


def test_a_packet_waits_for_the_police_and_carries_nothing_they_may_not_have(cast: Cast) -> None:
    command = report(child__suicidal=True, child__tribal_tie_possible=False)
    episode_id = episodes.report_missing(cast.caseworker, command, NOW).episode_id
    with acting_as(cast.caseworker):
        notices = {notice.kind: notice for notice in duties.list_notices(episode_id)}
        content = duties.notice_content(notices["POLICE"].notice_id)
    assert notices["POLICE"].recipient_agency_id == cast.officer.agency_id
    assert notices["NCMEC"].recipient_agency_id == cast.clearinghouse_analyst.agency_id
    assert content is not None
    assert json.loads(content)["kind"] == "POLICE"


def test_a_packet_is_sent_once_and_its_receipt_starts_the_clock_of_the_police(
    cast: Cast, episode_id: EpisodeId
) -> None:
    with acting_as(cast.caseworker):
        notice = next(one for one in duties.list_notices(episode_id) if one.kind == "POLICE")
    tasks.issue_notice(notice_id=notice.notice_id)
    tasks.issue_notice(notice_id=notice.notice_id)
    with acting_as(cast.officer):
        inbox = list(channels.list_inbox(cast.officer))
    assert len(inbox) == 1
    assert ledger(cast.caseworker, episode_id)[POLICE].sent in {Sent.NOT_SENT, Sent.SENT}
    channels.acknowledge(cast.officer, inbox[0].id, NOW + timedelta(hours=1))
    held = ledger(cast.caseworker, episode_id)
    assert held[POLICE].sent is Sent.ACKNOWLEDGED or held[POLICE].state is DutyState.PROVED
    assert held[ENTRY].due_at == NOW + timedelta(hours=3)


def test_a_frozen_packet_cannot_be_changed(cast: Cast, episode_id: EpisodeId) -> None:
    with acting_as(SYSTEM):
        for sql in (
            "UPDATE duties_notice SET content = 'x' WHERE episode_id = %s",
            "DELETE FROM duties_notice WHERE episode_id = %s",
        ):
            with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
                connection.cursor().execute(sql, [episode_id])


def test_a_duty_is_never_removed(cast: Cast, episode_id: EpisodeId) -> None:
    with acting_as(SYSTEM), pytest.raises(IntegrityError), transaction.atomic():
        models.Duty.objects.filter(episode_id=episode_id).delete()


def test_an_unknown_duty_is_kept_apart_and_has_no_clock(cast: Cast, episode_id: EpisodeId) -> None:
    unsure = [duty for duty in ledger(cast.caseworker, episode_id).values() if duty.applies is Applies.UNKNOWN]
    assert all(duty.due_at is None for duty in unsure)

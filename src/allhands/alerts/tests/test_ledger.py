"""The request ledger: asked, answered with reasons about criteria only, appealed, never left without an answer."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from allhands.alerts import ladder, models, queries
from allhands.alerts.actions import asking, deciding
from allhands.alerts.contracts import Rank, RequestState
from allhands.alerts.tests.makers import NOW, People, make_authority
from allhands.channels import api as channels
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.vault import api as vault

pytestmark = pytest.mark.django_db
AMBER = "us.states.nd.amber"


def test_a_request_freezes_the_criteria_and_reaches_everybody_who_may_answer(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, AMBER, "", NOW)
    with acting_as(people.caseworker):
        [one] = queries.list_requests(maya)
    assert one.request_id == request_id
    assert {need.id: need.verdict for need in one.needs} == {
        "age": "TRUE", "abduction": "UNKNOWN", "danger": "UNKNOWN", "description": "UNKNOWN",
    }  # fmt: skip
    assert one.child == "Maya, 14"
    assert one.authority_ids == (people.sheriff, people.desk.agency_id)
    assert one.answer_due_at == NOW + timedelta(minutes=60)
    assert channels.find_about(people.officer, request_id)
    assert channels.find_about(people.desk, request_id)


def test_who_is_asked_sees_the_request_and_not_the_child(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, AMBER, "", NOW)
    with acting_as(people.desk):
        assert queries.find_request(request_id)
    with acting_as(people.cast.outsider):
        assert queries.find_request(request_id) is None
    with pytest.raises(Denied):
        deciding.grant(people.cast.outsider, request_id, NOW)


@pytest.mark.parametrize(
    ("codes", "words", "code"),
    [
        ([], "We have no description of the child.", "reason-code"),
        (["ran-before"], "We have no description of the child.", "reason-code"),
        (["need:age"], "We have no description of the child.", "reason-code"),  # that one is met
        (["need:description"], "No.", "reason-words"),
        (["need:description"], "She ran away before, we always see this.", "reason-blames"),
        (["need:description"], "Es por su estilo de vida, como siempre.", "reason-blames"),
    ],
)
def test_a_no_needs_a_reason_about_the_criteria(
    people: People, maya: EpisodeId, codes: list[str], words: str, code: str
) -> None:
    request_id = asking.ask(people.caseworker, maya, AMBER, "", NOW)
    with pytest.raises(Refused) as refused:
        deciding.refuse(people.officer, request_id, codes, words, NOW)
    assert refused.value.code == code
    with acting_as(people.caseworker):
        assert queries.list_requests(maya)[0].state is RequestState.ASKED


def test_a_no_is_kept_once_and_appealed_to_somebody_else(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, AMBER, "", NOW)
    deciding.refuse(people.officer, request_id, ["need:description"], "We do not have a description yet.", NOW)
    with pytest.raises(Refused, match="already answered"):
        deciding.grant(people.chief, request_id, NOW)
    later = NOW + timedelta(minutes=5)
    appeal_id = asking.appeal(people.caseworker, request_id, "The description is complete since 14:03.", later)
    with acting_as(people.caseworker):
        appeal = queries.find_request(appeal_id)
    assert appeal is not None
    assert appeal.appeals == request_id
    assert appeal.authority_ids == (people.desk.agency_id,)
    with pytest.raises(Refused) as again:
        asking.appeal(people.caseworker, request_id, "The description is complete since 14:03.", later)
    assert again.value.code == "appeal-state"
    deciding.grant(people.desk, appeal_id, later)
    with acting_as(people.caseworker):
        assert [one.state for one in queries.list_requests(maya)] == [RequestState.GRANTED, RequestState.REFUSED]


def test_an_answer_never_changes(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, AMBER, "", NOW)
    deciding.refuse(people.officer, request_id, ["need:danger"], "Nobody has said that there is danger.", NOW)
    with acting_as(people.officer), pytest.raises(IntegrityError), transaction.atomic():
        models.AlertRequest.objects.filter(pk=request_id).update(reason="something else entirely")


def test_no_answer_in_time_goes_to_the_backup_once(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", NOW)
    assert asking.escalate_all(NOW + timedelta(minutes=59)) == 0
    late = NOW + timedelta(minutes=61)
    assert asking.escalate_all(late) == 1
    assert asking.escalate_all(late) == 0
    with acting_as(people.desk):
        assert [one.request_id for one in queries.list_asked_of(people.desk.agency_id)] == [request_id]


def test_a_sealed_record_leaves_no_request_with_whoever_was_asked(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, AMBER, "", NOW)
    with acting_as(people.officer):
        assert queries.find_request(request_id)
    with acting_as(SYSTEM):
        vault.seal(maya, NOW, "docket 1")
    for actor in (people.officer, people.desk, people.caseworker):
        with acting_as(actor):
            assert queries.find_request(request_id) is None
            assert queries.list_requests(maya) == queries.list_asked_of(actor.agency_id) == ()


def test_the_ladder_may_end_without_an_alert_but_never_without_a_reason(people: People, maya: EpisodeId) -> None:
    with pytest.raises(Refused):
        asking.end_without(people.caseworker, maya, " ", NOW)
    asking.end_without(people.caseworker, maya, "Her aunt has her on the phone and is driving there.", NOW)
    with acting_as(people.caseworker):
        [one] = queries.list_requests(maya)
    assert (one.state, one.reason) == (RequestState.NONE, "Her aunt has her on the phone and is driving there.")


def test_without_an_authority_on_record_the_request_stands_and_says_so(cast: Cast, maya: EpisodeId) -> None:
    asking.ask(cast.caseworker, maya, AMBER, "", NOW)
    with acting_as(cast.caseworker):
        [one] = queries.list_requests(maya)
    assert (one.authority_ids, one.answer_due_at) == ((), None)


def test_a_nations_own_authority_comes_first_and_the_neighbors_transmitter_last(people: People, cast: Cast) -> None:
    make_authority(cast.tribal_liaison.agency_id, nation="sample")
    make_authority(cast.outsider.agency_id, Rank.NEIGHBOR, nation="sample")
    found = queries.authorities_for(state="ND", county_fips="38990", nation="sample")
    assert [one.agency_id for one in found] == [
        cast.tribal_liaison.agency_id, people.sheriff, people.desk.agency_id, cast.outsider.agency_id,
    ]  # fmt: skip

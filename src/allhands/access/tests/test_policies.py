"""The policies are sound, say what they rest on, and give their reason."""

from __future__ import annotations

import json

import cedarpy
import pytest

from allhands.access.contracts import Action, EpisodeAccess, Installation
from allhands.access.decide import PolicyFault, decide, policy_notes, policy_text, schema_text
from allhands.kernel.actors import Actor, ActorKind, AgencyKind, Role
from allhands.kernel.ids import AgencyId, EpisodeId, MemberId

RUTH = Actor(
    kind=ActorKind.MEMBER,
    member_id=MemberId("ruth"),
    agency_id=AgencyId("prairie"),
    agency_kind=AgencyKind.CHILD_WELFARE,
    role=Role.CASEWORKER,
    label="Ruth Amundson",
)


def test_policies_are_valid_against_their_schema() -> None:
    result = cedarpy.validate_policies(policy_text(), schema_text())
    assert result.validation_passed, [str(error) for error in result.errors]


def test_every_policy_says_id_cite_and_plain_in_two_languages() -> None:
    count = len(json.loads(cedarpy.policies_to_json_str(policy_text()))["staticPolicies"])
    notes = policy_notes().values()
    assert len(notes) == count
    assert all(note.policy_id and note.cite and note.plain and note.plain_es for note in notes)


def test_decide_names_the_policy_that_let_pass() -> None:
    decision = decide(Action.REPORT, RUTH, Installation())
    assert decision.allowed
    assert decision.policy_ids == ("report-any-member",)
    assert "41308" in decision.cites[0]
    assert "Anyone who works for an agency" in decision.reason


def test_decide_names_the_wall_that_refused() -> None:
    operator = Actor(
        kind=ActorKind.MEMBER,
        member_id=MemberId("op"),
        agency_id=AgencyId("prairie"),
        agency_kind=AgencyKind.CHILD_WELFARE,
        role=Role.OPERATOR,
        label="Operator",
    )
    decision = decide(Action.REPORT, operator, Installation())
    assert not decision.allowed
    assert decision.policy_ids == ("wall-machine-hats-see-no-child",)
    assert decision.reason_es.startswith("Quienes administran")


def test_decide_says_no_without_a_reason_when_no_policy_speaks() -> None:
    foreign = EpisodeAccess(episode_id=EpisodeId("e"), owner_agency_id=AgencyId("x"), party_agency_ids=frozenset())
    decision = decide(Action.VIEW_EPISODE, RUTH, foreign)
    assert (decision.allowed, decision.policy_ids, decision.reason) == (False, (), "")


def test_decide_crashes_when_the_action_does_not_fit_the_resource() -> None:
    with pytest.raises(PolicyFault, match="view_episode"):
        decide(Action.VIEW_EPISODE, RUTH, Installation())


def test_decide_keeps_quotes_in_names_apart_from_policy_text() -> None:
    sly = Actor(
        kind=ActorKind.TOKEN,
        member_id=MemberId(""),
        agency_id=AgencyId('x"; permit(principal, action, resource);'),
        agency_kind=None,
        role=None,
        label='") || true //',
    )
    foreign = EpisodeAccess(episode_id=EpisodeId("e"), owner_agency_id=AgencyId("y"), party_agency_ids=frozenset())
    assert not decide(Action.VIEW_EPISODE, sly, foreign).allowed

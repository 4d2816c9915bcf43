"""Every action by every standing by every role, allow and deny from the same set-up."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from allhands.access import permissions
from allhands.access.contracts import Action, AlertAccess, EpisodeAccess, LawDraftAccess
from allhands.access.permissions import can
from allhands.kernel.actors import SYSTEM, Actor, ActorKind, AgencyKind, Role
from allhands.kernel.errors import Denied
from allhands.kernel.ids import AgencyId, EpisodeId, MemberId

OWNER, PARTY, ASKED, OUTSIDER = (AgencyId(name) for name in ("owner", "party", "asked", "outsider"))
STANDINGS = (OWNER, PARTY, ASKED, OUTSIDER)
EPISODE = EpisodeAccess(
    episode_id=EpisodeId("e"), owner_agency_id=OWNER, party_agency_ids=frozenset({OWNER, PARTY, ASKED})
)

DRAFT = LawDraftAccess(draft_id="d", writer_ids=frozenset({MemberId("writer")}), nation_agency_ids=None)

MACHINE = frozenset({Role.ADMINISTRATOR, Role.OPERATOR, Role.AUDITOR})
PEOPLE = frozenset(Role) - MACHINE
STATES_FACTS = PEOPLE - {Role.COURT_CLERK, Role.DATA_STEWARD}
BOSSES = frozenset({Role.SUPERVISOR, Role.DIRECTOR})
MAY_OWN = BOSSES | {Role.CASEWORKER, Role.OFFICER, Role.TRIBAL_LIAISON, Role.CLEARINGHOUSE_ANALYST}
READS_LAW = frozenset({Role.DIRECTOR, Role.ATTORNEY, Role.TRIBAL_LIAISON, Role.ADMINISTRATOR})
WRITES_LAW = READS_LAW | {Role.SUPERVISOR, Role.DATA_STEWARD}
IN_IT = (OWNER, PARTY, ASKED)
LEADS = BOSSES | {Role.DATA_STEWARD}
SENDS = LEADS | {Role.CASEWORKER, Role.OFFICER, Role.TRIBAL_LIAISON}
NOBODY: frozenset[Role] = frozenset()

ALERT = AlertAccess(episode=EPISODE, authority_ids=frozenset({PARTY, OUTSIDER}))
ANSWERS_FOR_ALERTS = BOSSES | {Role.OFFICER, Role.CLEARINGHOUSE_ANALYST}

Check = Callable[[Actor], None]
QUESTIONS: Mapping[str, tuple[Action, Check]] = {
    "report": (Action.REPORT, permissions.check_report),
    "view": (Action.VIEW_EPISODE, lambda actor: permissions.check_view_episode(actor, EPISODE)),
    "state a fact": (Action.EDIT_FACTS, lambda actor: permissions.check_edit_facts(actor, EPISODE)),
    "prove, owed by party": (Action.PROVE_DUTY, lambda actor: permissions.check_prove_duty(actor, EPISODE, PARTY)),
    "prove, owed by owner": (Action.PROVE_DUTY, lambda actor: permissions.check_prove_duty(actor, EPISODE, OWNER)),
    "prove, owed by outsider": (
        Action.PROVE_DUTY,
        lambda actor: permissions.check_prove_duty(actor, EPISODE, OUTSIDER),
    ),
    "prove, owed by nobody known": (
        Action.PROVE_DUTY,
        lambda actor: permissions.check_prove_duty(actor, EPISODE, None),
    ),
    "waive, owed by party": (Action.WAIVE_DUTY, lambda actor: permissions.check_waive_duty(actor, EPISODE, PARTY)),
    "waive, owed by owner": (Action.WAIVE_DUTY, lambda actor: permissions.check_waive_duty(actor, EPISODE, OWNER)),
    "waive, owed by nobody known": (
        Action.WAIVE_DUTY,
        lambda actor: permissions.check_waive_duty(actor, EPISODE, None),
    ),
    "offer": (Action.OFFER, lambda actor: permissions.check_offer(actor, EPISODE)),
    "answer": (Action.ANSWER_OFFER, lambda actor: permissions.check_answer_offer(actor, EPISODE, ASKED)),
    "ask for an alert": (Action.ASK_ALERT, lambda actor: permissions.check_ask_alert(actor, ALERT)),
    "write an alert": (Action.WRITE_ALERT, lambda actor: permissions.check_write_alert(actor, ALERT)),
    "see an alert": (Action.VIEW_ALERT, lambda actor: permissions.check_view_alert(actor, ALERT)),
    "decide on an alert": (Action.DECIDE_ALERT, lambda actor: permissions.check_decide_alert(actor, ALERT)),
    "send an alert": (Action.APPROVE_ALERT, lambda actor: permissions.check_approve_alert(actor, ALERT)),
    "take an alert back": (Action.TAKE_BACK_ALERT, lambda actor: permissions.check_take_back_alert(actor, ALERT)),
    "provision owner": (Action.PROVISION, lambda actor: permissions.check_provision(actor, OWNER)),
    "administer owner": (Action.ADMINISTER, lambda actor: permissions.check_administer(actor, OWNER)),
    "operate": (Action.OPERATE, permissions.check_operate),
    "draft law": (Action.DRAFT_LAW, permissions.check_draft_law),
    "publish law": (Action.PUBLISH_LAW, lambda actor: permissions.check_publish_law(actor, DRAFT)),
    "write a consent": (Action.WRITE_CONSENT, lambda actor: permissions.check_write_consent(actor, EPISODE)),
    "ask for a field": (Action.ASK_FIELD, lambda actor: permissions.check_ask_field(actor, EPISODE)),
    "mark a field": (Action.MARK_FIELD, lambda actor: permissions.check_mark_field(actor, EPISODE)),
    "break glass": (Action.BREAK_GLASS, lambda actor: permissions.check_break_glass(actor, EPISODE)),
    "be the second": (Action.SECOND_GLASS, lambda actor: permissions.check_second_glass(actor, EPISODE)),
    "review glass": (Action.REVIEW_GLASS, lambda actor: permissions.check_review_glass(actor, EPISODE)),
    "read the ledger": (Action.VIEW_LEDGER, lambda actor: permissions.check_view_ledger(actor, EPISODE)),
    "recall a copy": (Action.RECALL_COPY, lambda actor: permissions.check_recall_copy(actor, EPISODE)),
    "be a nation's steward": (Action.STEWARD, permissions.check_steward),
    "decide a correction": (Action.DECIDE_OBJECTION, lambda actor: permissions.check_decide_objection(actor, OWNER)),
    "keep records of owner": (Action.KEEP_RECORDS, lambda actor: permissions.check_keep_records(actor, OWNER)),
    "try policies": (Action.TRY_POLICIES, permissions.check_try_policies),
}

# Question, standing -> roles that may. What is not here: nobody.
ALLOWED: Mapping[tuple[str, AgencyId], frozenset[Role]] = {
    **{("report", standing): PEOPLE for standing in STANDINGS},
    **{("view", standing): PEOPLE for standing in (OWNER, PARTY, ASKED)},
    **{("state a fact", standing): STATES_FACTS for standing in (OWNER, PARTY, ASKED)},
    ("prove, owed by party", PARTY): PEOPLE,
    ("prove, owed by party", OWNER): PEOPLE,
    ("prove, owed by owner", OWNER): PEOPLE,
    ("prove, owed by outsider", OWNER): PEOPLE,
    ("prove, owed by nobody known", OWNER): PEOPLE,
    ("waive, owed by party", PARTY): BOSSES,
    ("waive, owed by owner", OWNER): BOSSES,
    ("waive, owed by nobody known", OWNER): BOSSES,
    ("offer", OWNER): MAY_OWN,
    ("answer", ASKED): MAY_OWN,
    **{("ask for an alert", standing): STATES_FACTS for standing in (OWNER, PARTY, ASKED)},
    **{("write an alert", standing): STATES_FACTS for standing in STANDINGS},
    **{("see an alert", standing): PEOPLE for standing in (OWNER, PARTY, ASKED)},
    ("see an alert", OUTSIDER): STATES_FACTS,
    **{("decide on an alert", standing): ANSWERS_FOR_ALERTS for standing in (PARTY, OUTSIDER)},
    **{("send an alert", standing): ANSWERS_FOR_ALERTS for standing in (PARTY, OUTSIDER)},
    **{("take an alert back", standing): ANSWERS_FOR_ALERTS | {Role.DISPATCHER} for standing in (PARTY, OUTSIDER)},
    ("administer owner", OWNER): frozenset({Role.ADMINISTRATOR, Role.OPERATOR}),
    **{("administer owner", standing): frozenset({Role.OPERATOR}) for standing in (PARTY, ASKED, OUTSIDER)},
    **{("draft law", standing): WRITES_LAW for standing in STANDINGS},
    **{("publish law", standing): READS_LAW for standing in STANDINGS},
    **{("operate", standing): frozenset({Role.OPERATOR}) for standing in STANDINGS},
    **{(act, standing): PEOPLE for act in ("write a consent", "ask for a field") for standing in IN_IT},
    **{("mark a field", standing): PEOPLE - {Role.DISPATCHER, Role.COURT_CLERK} for standing in IN_IT},
    **{("break glass", standing): PEOPLE - {Role.DISPATCHER, Role.COURT_CLERK} for standing in IN_IT},
    **{(act, standing): LEADS for act in ("be the second", "review glass") for standing in IN_IT},
    **{("read the ledger", standing): PEOPLE | {Role.AUDITOR} for standing in IN_IT},
    **{("recall a copy", standing): SENDS for standing in IN_IT},
    ("decide a correction", OWNER): SENDS,
    ("keep records of owner", OWNER): frozenset({Role.SUPERVISOR, Role.DIRECTOR, Role.DATA_STEWARD}),
    **{("try policies", standing): MACHINE | {Role.DATA_STEWARD} for standing in STANDINGS},
}

# What an agency's software may do, by standing. What is not here: nothing.
ALLOWED_TO_SOFTWARE: frozenset[tuple[str, AgencyId]] = frozenset(
    {("report", standing) for standing in STANDINGS}
    | {("view", standing) for standing in (OWNER, PARTY, ASKED)}
    | {("state a fact", standing) for standing in (OWNER, PARTY, ASKED)}
    | {("prove, owed by party", PARTY), ("prove, owed by owner", OWNER)}
    | {("provision owner", OWNER)}
)


def member(agency_id: AgencyId, role: Role) -> Actor:
    return Actor(
        kind=ActorKind.MEMBER,
        member_id=MemberId(f"{agency_id}-{role.value}"),
        agency_id=agency_id,
        agency_kind=AgencyKind.CHILD_WELFARE,
        role=role,
        label="Somebody",
    )


def software(agency_id: AgencyId, label: str = 'Case system "north"') -> Actor:
    return Actor(
        kind=ActorKind.TOKEN,
        member_id=MemberId(""),
        agency_id=agency_id,
        agency_kind=AgencyKind.CHILD_WELFARE,
        role=None,
        label=label,
    )


def test_truth_table_has_a_question_for_every_action() -> None:
    about_fields = {Action.SEE_FIELD, Action.RECEIVE_FIELD, Action.PUBLISH_FIELD, Action.CARRY_FIELD}  # test_oracle
    assert {action for action, _ in QUESTIONS.values()} == set(Action) - about_fields


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
@pytest.mark.parametrize("standing", STANDINGS, ids=str)
def test_check_lets_exactly_the_listed_roles_pass(question: str, standing: AgencyId) -> None:
    _, check = QUESTIONS[question]
    passed = {role for role in Role if can(check, member(standing, role))}
    assert passed == ALLOWED.get((question, standing), NOBODY)


def test_check_lets_software_do_exactly_what_is_listed() -> None:
    passed = {
        (question, standing)
        for question, standing in itertools.product(QUESTIONS, STANDINGS)
        if can(QUESTIONS[question][1], software(standing))
    }
    assert passed == ALLOWED_TO_SOFTWARE


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_check_lets_the_platform_itself_pass(question: str) -> None:
    assert can(QUESTIONS[question][1], SYSTEM)


@pytest.mark.parametrize(("question", "action"), [(name, action) for name, (action, _) in QUESTIONS.items()], ids=str)
def test_denied_carries_the_code_of_its_action(question: str, action: Action) -> None:
    role = Role.OFFICER if action is Action.TRY_POLICIES else Role.AUDITOR
    with pytest.raises(Denied) as refusal:
        QUESTIONS[question][1](member(OUTSIDER, role))
    assert refusal.value.code == f"access.{action.value.replace('_', '-')}"


def test_owner_cannot_answer_its_own_offer() -> None:
    assert not can(permissions.check_answer_offer, member(OWNER, Role.DIRECTOR), EPISODE, OWNER)
    assert can(permissions.check_answer_offer, member(ASKED, Role.DIRECTOR), EPISODE, ASKED)


def test_owner_needs_not_be_listed_as_party() -> None:
    alone = EpisodeAccess(episode_id=EpisodeId("e"), owner_agency_id=OWNER, party_agency_ids=frozenset())
    assert can(permissions.check_view_episode, member(OWNER, Role.CASEWORKER), alone)
    assert not can(permissions.check_view_episode, member(PARTY, Role.CASEWORKER), alone)


@pytest.mark.parametrize("label", ["Niños y niñas", "Hastiin Łitso", "😀", "a\\b\n", ""])
def test_software_may_have_a_name_in_any_script(label: str) -> None:
    assert can(permissions.check_report, software(OWNER, label))


def test_writer_of_law_never_publishes_it() -> None:
    reader = member(OWNER, Role.ATTORNEY)
    mine = LawDraftAccess(draft_id="d", writer_ids=frozenset({reader.member_id}), nation_agency_ids=None)
    assert can(permissions.check_publish_law, reader, DRAFT)
    assert not can(permissions.check_publish_law, reader, mine)


def test_law_of_a_nation_is_published_by_its_own_people() -> None:
    nations = LawDraftAccess(draft_id="d", writer_ids=frozenset(), nation_agency_ids=frozenset({PARTY}))
    nobodys = LawDraftAccess(draft_id="d", writer_ids=frozenset(), nation_agency_ids=frozenset())
    assert can(permissions.check_publish_law, member(PARTY, Role.TRIBAL_LIAISON), nations)
    assert not can(permissions.check_publish_law, member(OWNER, Role.TRIBAL_LIAISON), nations)
    assert not can(permissions.check_publish_law, member(PARTY, Role.TRIBAL_LIAISON), nobodys)


def test_only_a_nation_has_a_steward_of_its_data() -> None:
    steward = replace(member(OWNER, Role.DATA_STEWARD), agency_kind=AgencyKind.TRIBAL_GOVERNMENT)
    assert can(permissions.check_steward, steward)
    assert not can(permissions.check_steward, replace(steward, role=Role.DIRECTOR))


def test_nobody_sends_their_own_alert_but_in_an_emergency() -> None:
    cole = member(PARTY, Role.OFFICER)
    own = AlertAccess(episode=EPISODE, authority_ids=frozenset({PARTY}), writer_ids=frozenset({cole.member_id}))
    assert not can(permissions.check_approve_alert, cole, own)
    assert can(permissions.check_approve_alert, member(PARTY, Role.DIRECTOR), own)
    assert can(permissions.check_approve_alert, cole, replace(own, is_emergency=True))
    assert not can(permissions.check_approve_alert, member(OWNER, Role.DIRECTOR), replace(own, is_emergency=True))

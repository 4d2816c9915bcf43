"""Inviting, accepting, ending: state, refusals and journal together."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from allhands.agencies import actions, api, queries
from allhands.agencies.commands import AcceptInvitation, EndMembership, InviteMember
from allhands.agencies.contracts import IssuedInvitation, NotOnRecord
from allhands.agencies.models import Account, Invitation
from allhands.kernel.actors import Role
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast, make_account, make_member

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
PASSWORD = "seven lamps by the river"


def invite(cast: Cast, *, email: str = "Wren@People.Example", ends_on: date | None = None) -> IssuedInvitation:
    command = InviteMember(
        agency_id=cast.administrator.agency_id,
        email=email,
        display_name="Wren Testworth",
        role=Role.CASEWORKER,
        ends_on=ends_on,
    )
    return actions.invite_member(cast.administrator, command, NOW)


def accept(raw: str, *, password: str | None = PASSWORD, account_id: str = "", now: datetime = NOW) -> str:
    return actions.accept_invitation(AcceptInvitation(raw=raw, password=password, account_id=account_id), now)


def refusal(code: str, act: object, *args: object, **kwargs: object) -> None:
    assert callable(act)
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    assert refused.value.code == code


def test_invitation_makes_an_account_and_a_hat(cast: Cast) -> None:
    issued = invite(cast)
    member = api.get_member(accept(issued.raw))  # type: ignore[arg-type]  # an id is an id
    account = Account.objects.get(email="wren@people.example")
    assert (member.display_name, member.role, member.agency_id) == (
        "Wren Testworth",
        Role.CASEWORKER,
        cast.administrator.agency_id,
    )
    assert account.check_password(PASSWORD)
    assert list(Journal.objects.order_by("seq").values_list("event", flat=True)) == [
        Event.MEMBER_INVITED,
        Event.MEMBER_ADDED,
    ]


def test_invitation_keeps_no_secret(cast: Cast) -> None:
    issued = invite(cast)
    row = Invitation.objects.get()
    assert issued.raw not in " ".join(str(value) for value in row.__dict__.values())


def test_invitation_opens_once_and_not_for_ever(cast: Cast) -> None:
    issued = invite(cast)
    late = NOW + timedelta(days=7)
    assert queries.list_invitations(cast.administrator.agency_id, NOW)
    assert actions.find_invitation(issued.raw, late) is None
    refusal("invitation-over", accept, issued.raw, now=late)
    accept(issued.raw)
    refusal("invitation-over", accept, issued.raw)
    assert queries.list_invitations(cast.administrator.agency_id, NOW) == ()


def test_invitation_withdrawn_opens_nothing(cast: Cast) -> None:
    issued = invite(cast)
    actions.withdraw_invitation(cast.administrator, issued.id, NOW)
    refusal("invitation-over", accept, issued.raw)
    with pytest.raises(NotOnRecord):
        actions.withdraw_invitation(cast.administrator, issued.id, NOW)


def test_invitation_wants_a_good_password(cast: Cast) -> None:
    issued = invite(cast)
    refusal("password-weak", accept, issued.raw, password="password1234")
    refusal("password-weak", accept, issued.raw, password="short")
    assert accept(issued.raw)


def test_invitation_gives_a_known_person_another_hat(cast: Cast) -> None:
    account = make_account("wren@people.example")
    make_member("Wren Elsewhere", Role.OFFICER, cast.officer.agency_id, account_id=account)
    issued = invite(cast)
    refusal("invitation-sign-in-first", accept, issued.raw)
    refusal("invitation-other-account", accept, issued.raw, account_id=make_account())
    accept(issued.raw, password=None, account_id=account)
    assert [hat.role for hat in queries.list_hats(account, NOW)] == [Role.OFFICER, Role.CASEWORKER]


def test_invitation_to_the_same_hat_is_refused(cast: Cast) -> None:
    account = make_account("wren@people.example")
    make_member("Wren", Role.CASEWORKER, cast.administrator.agency_id, account_id=account)
    refusal("member-already", accept, invite(cast).raw, account_id=account)


def test_invitation_that_ends_before_it_begins_is_refused(cast: Cast) -> None:
    refusal("invitation-ends-before-start", invite, cast, ends_on=date(2026, 11, 24))
    assert invite(cast, ends_on=date(2026, 11, 25)).raw


def test_only_the_administrator_of_the_agency_invites(cast: Cast) -> None:
    command = InviteMember(
        agency_id=cast.outsider.agency_id, email="x@people.example", display_name="X", role=Role.CASEWORKER
    )
    for actor in (cast.administrator, cast.outsider, cast.director):
        with pytest.raises(Denied):
            actions.invite_member(actor, command, NOW)
    assert actions.invite_member(cast.operator, command, NOW).raw


def test_end_membership_takes_the_hat_off_that_day(cast: Cast) -> None:
    command = EndMembership(member_id=cast.caseworker.member_id, ends_on=date(2026, 11, 24))
    actions.end_membership(cast.administrator, command, NOW)
    with pytest.raises(NotOnRecord):
        queries.actor_for_member(cast.caseworker.member_id, NOW)
    assert queries.actor_for_member(cast.caseworker.member_id, NOW - timedelta(days=1)) == cast.caseworker
    assert Journal.objects.get().event == Event.MEMBER_ENDED


def test_end_membership_leaves_an_administrator(cast: Cast) -> None:
    command = EndMembership(member_id=cast.administrator.member_id, ends_on=date(2026, 12, 1))
    refusal("member-last-administrator", actions.end_membership, cast.administrator, command, NOW)
    make_member("Second", Role.ADMINISTRATOR, cast.administrator.agency_id)
    actions.end_membership(cast.administrator, command, NOW)


def test_end_membership_refuses_a_day_before_the_first(cast: Cast) -> None:
    command = EndMembership(member_id=cast.caseworker.member_id, ends_on=date(2020, 1, 1))
    refusal("member-ends-before-start", actions.end_membership, cast.administrator, command, NOW)


def test_end_membership_of_another_agency_is_denied(cast: Cast) -> None:
    command = EndMembership(member_id=cast.outsider.member_id, ends_on=date(2026, 12, 1))
    with pytest.raises(Denied):
        actions.end_membership(cast.administrator, command, NOW)


def test_hat_is_judged_by_the_day_in_the_agency_own_zone(cast: Cast) -> None:
    account = make_account()
    make_member("Late", Role.OFFICER, cast.officer.agency_id, account_id=account, ends_on=date(2026, 11, 24))
    still_monday = datetime(2026, 11, 24, 5, 59, tzinfo=UTC)  # 23:59 on the 23rd in Chicago
    assert queries.list_hats(account, still_monday)
    assert queries.list_hats(account, still_monday + timedelta(minutes=1)) == ()

"""In an emergency two people open it, for a while, and somebody else looks at it afterwards. Walls stay."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allhands.access.actions import glass, telling
from allhands.access.tests.conftest import Response, State
from allhands.channels import api as channels
from allhands.kernel.actors import Role
from allhands.kernel.errors import Denied, Refused
from allhands.platform.testing.cast import Cast, account_of, make_member

pytestmark = pytest.mark.django_db
SECRET = "circumstances.immigration_threat"  # P3
WHY = "She may be harmed tonight"


def test_glass_opens_with_a_second_person_and_shuts_by_itself(response: Response, state: State, cast: Cast) -> None:
    state(cast.caseworker, SECRET, True)
    state(response.advocate, "circumstances.told_to_keep_secret", True)
    police = response.access(cast.officer)
    asked = glass.ask(cast.officer, police, WHY, response.at)
    assert SECRET not in response.seen_by(cast.officer)
    telling.tell_glass(asked, response.at)
    assert any("emergency" in line.subject for line in channels.list_inbox(cast.supervisor)), "the owner is told"
    glass.second(response.lead, police, asked, response.at + timedelta(minutes=14))
    soon = response.at + timedelta(minutes=20)
    assert SECRET in response.seen_by(cast.officer, soon)
    assert "circumstances.told_to_keep_secret" not in response.seen_by(cast.officer, soon), "a wall is no door"
    assert SECRET not in response.seen_by(response.lead, soon), "it opens for who asked"
    later = response.at + timedelta(hours=5)
    assert SECRET not in response.seen_by(cast.officer, later), "shut by time, also before the job ran"
    assert glass.close_ended(later) == 1
    glass.review(cast.supervisor, response.access(cast.supervisor), asked, True, "It was right.", later)


def test_glass_without_a_second_person_in_time_closes(response: Response, cast: Cast) -> None:
    police = response.access(cast.officer)
    asked = glass.ask(cast.officer, police, WHY, response.at)
    late = response.at + timedelta(minutes=15)
    with pytest.raises(Refused, match="fifteen"):
        glass.second(response.lead, police, asked, late)
    assert glass.close_ended(late) == 1
    with pytest.raises(Refused, match="Somebody who did not"):
        glass.review(response.lead, police, glass_of_lead(response, late), True, "Fine", late + timedelta(hours=1))


def glass_of_lead(response: Response, now: object) -> str:
    asked = glass.ask(response.lead, response.access(response.lead), WHY, response.at + timedelta(minutes=16))
    glass.close(response.lead, response.access(response.lead), asked, response.at + timedelta(minutes=17))
    return asked


def test_nobody_is_their_own_second_or_reviewer(response: Response, cast: Cast) -> None:
    police = response.access(response.lead)
    asked = glass.ask(response.lead, police, WHY, response.at)
    with pytest.raises(Refused, match="Somebody else"):
        glass.second(response.lead, police, asked, response.at)
    with pytest.raises(Denied):
        glass.second(cast.officer, police, asked, response.at)
    with pytest.raises(Refused, match="asked already"):
        glass.ask(response.lead, police, WHY, response.at)
    with pytest.raises(Refused, match="sentence"):
        glass.ask(cast.officer, police, "urgent", response.at)
    with pytest.raises(Denied):
        glass.ask(cast.dispatcher, police, WHY, response.at)


def test_another_hat_of_the_same_person_is_no_reviewer(response: Response, cast: Cast) -> None:
    police = response.access(cast.officer)
    asked = glass.ask(cast.officer, police, WHY, response.at)
    glass.second(response.lead, police, asked, response.at)
    glass.close(cast.officer, police, asked, response.at)
    hat = make_member("Sgt. Testworth", Role.SUPERVISOR, cast.officer.agency_id, account_id=account_of(cast.officer).pk)
    with pytest.raises(Refused, match="did not open it"):
        glass.review(hat, police, asked, True, "It was right.", response.at)

"""Two people who decide opposite things at one instant, each on a connection of their own: one comes first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allhands.access import models
from allhands.access.actions import correcting, stewarding
from allhands.access.contracts import IdentityCheck, ObjectionKind, ObjectionState
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import ChildId, EpisodeId
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_member

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each: "done", or the code of its refusal. All begin together."""
    begin, ends = threading.Barrier(len(acts)), [""] * len(acts)

    def work(place: int) -> None:
        try:
            begin.wait()
            acts[place]()
            ends[place] = "done"
        except Refused as refused:
            ends[place] = refused.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=[place]) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


@pytest.fixture
def wish(cast: Cast) -> str:
    given = correcting.NewObjection(
        kind=ObjectionKind.NOT_MISSING, name="Maya", born_on=None, words="", reach="",
        agency_id=cast.caseworker.agency_id,
    )  # fmt: skip
    code = correcting.receive(given, timezone.now())
    with acting_as(SYSTEM):
        return models.Objection.objects.get(digest=correcting.digest_of(code)).pk


def says(actor: Actor, wish: str, now: datetime, *, yes: bool) -> Callable[[], object]:
    return lambda: correcting.hear(
        actor, wish, yes=yes, why="Spoke with her", identity=IdentityCheck.CAME_IN, subject=None, now=now
    )


def test_a_yes_and_a_no_at_once_are_two_who_differ(cast: Cast, wish: str) -> None:
    now = timezone.now()
    ends = at_once(says(cast.caseworker, wish, now, yes=True), says(cast.supervisor, wish, now, yes=False))
    assert ends == ["done", "done"]
    with acting_as(SYSTEM):
        row = models.Objection.objects.get(pk=wish)
    assert row.state == ObjectionState.SPLIT.value
    assert {(row.first_id, row.first_yes), (row.second_id, row.second_yes)} == {
        (cast.caseworker.member_id, True),
        (cast.supervisor.member_id, False),
    }
    assert audit.verify_all() == []


def test_a_wish_granted_takes_cards_before_copies_as_a_stopped_card_does(cast: Cast, wish: str) -> None:
    """In another order one granted and one stopped at once would wait for each other."""
    now = timezone.now()
    nobody = correcting.Subject(episode_id=EpisodeId("e1"), child_id=ChildId("c1"), names=(), born_on=None)
    says(cast.caseworker, wish, now, yes=True)()
    with CaptureQueriesContext(connection) as asked:
        correcting.hear(
            cast.supervisor, wish, yes=True, why="So", identity=IdentityCheck.CAME_IN, subject=nobody, now=now
        )
    locking = [one["sql"] for one in asked if "FOR UPDATE" in one["sql"]]
    cards, copies = (
        next(at for at, sql in enumerate(locking) if f'FROM "{table}"' in sql)
        for table in ("access_consent", "access_lease")
    )
    assert cards < copies


def test_one_person_in_two_tabs_is_one_person(cast: Cast, wish: str) -> None:
    now = timezone.now()
    ends = at_once(*[says(cast.caseworker, wish, now, yes=True)] * 3)
    assert sorted(ends) == ["done", "objection-two-people", "objection-two-people"]


def test_two_stewards_who_stop_and_allow_at_once_leave_one_word_that_stands(cast: Cast) -> None:
    nation, now = "sample", timezone.now()
    agency = cast.tribal_liaison.agency_id
    [one, other] = [make_member(name, Role.DATA_STEWARD, agency) for name in ("Ana Steward", "Ben Steward")]
    stewarding.decide_secondary_use(one, nation, suspended=True, reason="x", now=now)

    def decide(who: Actor, *, suspended: bool) -> Callable[[], object]:
        return lambda: stewarding.decide_secondary_use(who, nation, suspended=suspended, reason="y", now=now)

    ends = at_once(decide(one, suspended=True), decide(other, suspended=False))
    assert ends[1] == "done"
    assert ends[0] in {"done", "steward-same"}
    with acting_as(SYSTEM):
        said = list(models.Stewardship.objects.order_by("id").values_list("suspended", flat=True))
    assert said == ([True, False, True] if ends[0] == "done" else [True, False]), "each word changes what stood before"

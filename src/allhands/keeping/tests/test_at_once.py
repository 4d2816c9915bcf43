"""Two people at once, each on a connection of their own: a hold and a disposal, two second persons."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection

from allhands.episodes.tests.reports import NOW
from allhands.keeping import api as keeping
from allhands.keeping.contracts import StepKind, StepState
from allhands.keeping.tests.test_retention import AFTER, LAW
from allhands.keeping.tests.test_steps import ended, episode_id, second, shown_anywhere
from allhands.kernel.actors import Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_member

__all__ = ["ended", "episode_id", "second"]

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work: Callable[[], object]) -> BaseException | None:
    """Done on another connection, which gives up at once where it would have to wait; what went wrong."""
    faults: list[BaseException] = []

    def run() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '50ms'")
            work()
        except (DatabaseError, Denied, Refused) as fault:
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return faults[0] if faults else None


@pytest.fixture
def proposed(cast: Cast, episode_id: EpisodeId) -> str:
    keeping.set_period(cast.supervisor, LAW, 30, NOW)
    return keeping.propose_disposal(cast.supervisor, episode_id, AFTER)


def in_the_middle(
    monkeypatch: pytest.MonkeyPatch, where: str, work: Callable[[], object]
) -> list[BaseException | None]:
    """What came of somebody else's work while ours stands at this call, for the first time."""
    came: list[BaseException | None] = []
    room, _dot, name = where.rpartition(".")
    real = getattr(pytest.importorskip(room), name)

    def call(*args: Any, **kwargs: Any) -> Any:
        if threading.current_thread() is threading.main_thread() and not came:
            came.append(elsewhere(work))
        return real(*args, **kwargs)

    monkeypatch.setattr(where, call)
    return came


def test_a_hold_that_comes_while_a_record_is_destroyed_waits_and_is_refused(
    cast: Cast, second: Actor, episode_id: EpisodeId, proposed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold() -> object:
        return keeping.set_hold(cast.supervisor, episode_id, "Doe v. County", AFTER)

    came = in_the_middle(monkeypatch, "allhands.access.api.recall_everything", hold)
    keeping.decide(second, proposed, agrees=True, why_not="", now=AFTER)
    assert "lock timeout" in str(came[0]), "nobody is told that a record is held which is being destroyed"
    with pytest.raises(Denied):
        hold()


def test_a_disposal_that_comes_while_a_hold_is_set_waits_and_is_refused(
    cast: Cast, second: Actor, episode_id: EpisodeId, proposed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dispose() -> None:
        keeping.decide(second, proposed, agrees=True, why_not="", now=AFTER)

    came = in_the_middle(monkeypatch, "allhands.episodes.api.get_episode", dispose)
    keeping.set_hold(cast.supervisor, episode_id, "Doe v. County", AFTER)
    assert "lock timeout" in str(came[0])
    with pytest.raises(Refused, match="legal hold"):
        dispose()
    assert "page" in shown_anywhere(cast.caseworker, episode_id)


def test_of_two_second_persons_at_once_one_decides(
    cast: Cast, second: Actor, episode_id: EpisodeId, proposed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    third = make_member("Toni Third", Role.DIRECTOR, cast.supervisor.agency_id)

    def refuse() -> None:
        keeping.decide(third, proposed, agrees=False, why_not="The appeal is open.", now=AFTER)

    came = in_the_middle(monkeypatch, "allhands.access.api.recall_everything", refuse)
    keeping.decide(second, proposed, agrees=True, why_not="", now=AFTER)
    assert "lock timeout" in str(came[0])
    with pytest.raises(Refused, match="faster"):
        refuse()
    with acting_as(cast.supervisor):
        [done] = keeping.list_steps(cast.supervisor, StepKind.DISPOSE)
    assert (done.state, done.second_by, done.why_not) == (StepState.DONE, second.label, "")

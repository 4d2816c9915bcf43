"""A backup that was made before an order opens nothing that the order shut."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.keeping import api as keeping
from allhands.keeping.contracts import Scope, StepKind
from allhands.keeping.tests.test_steps import LATER, carried_out, ended, rows, shown_anywhere
from allhands.keeping.tests.test_steps import episode_id as episode_id
from allhands.keeping.tests.test_steps import second as second
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit.events import Event
from allhands.platform.audit.models import Journal
from allhands.platform.audit.verify import verify_all
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.vault import api as vault
from allhands.platform.vault.shut_list import How, Shut

pytestmark = pytest.mark.django_db

# The tests stand at the moment after the restore: the record is there as the backup had it, the list says what became
# of it since.


def nothing_says(word: str) -> bool:
    with acting_as(SYSTEM), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{word}%"])
            if cursor.fetchone()[0]:
                return False
    return True


def test_what_was_destroyed_is_destroyed_in_every_room(cast: Cast, episode_id: EpisodeId) -> None:
    done = keeping.shut_again({episode_id: Shut(How.DESTROYED)}, LATER)
    assert (done.destroyed, done.sealed, done.left) == (1, 0, ())
    assert shown_anywhere(cast.caseworker, episode_id) == []
    assert nothing_says("Maya")
    assert keeping.shut_again({episode_id: Shut(How.DESTROYED)}, LATER).destroyed == 0
    assert verify_all() == []


def test_what_was_sealed_is_sealed_and_opens_by_an_order(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    before = shown_anywhere(cast.caseworker, episode_id)
    done = keeping.shut_again({episode_id: Shut(How.SEALED)}, LATER - timedelta(hours=1))
    assert (done.destroyed, done.sealed, done.left) == (0, 1, ())
    assert shown_anywhere(cast.caseworker, episode_id) == []
    carried_out(cast, second, episode_id, StepKind.OPEN)
    assert shown_anywhere(cast.caseworker, episode_id) == before


@pytest.mark.parametrize("how", How)
def test_what_still_runs_in_the_backup_is_left_and_named(cast: Cast, second: Actor, how: How) -> None:
    running = episodes.report_missing(cast.caseworker, report(), NOW).episode_id
    with acting_as(SYSTEM):
        shut = {record: Shut(how) for record in episodes.keys_of(running)}
    done = keeping.shut_again(shut, LATER)
    assert (done.destroyed, done.sealed, done.left) == (0, 0, (running,))
    assert "board" in shown_anywhere(cast.caseworker, running)
    carried_out(cast, second, ended(cast, running), StepKind.EXPUNGE, Scope.RESPONSE)
    assert shown_anywhere(cast.caseworker, running) == []


def test_what_was_sealed_in_the_backup_and_destroyed_since_is_emptied(
    cast: Cast, second: Actor, episode_id: EpisodeId
) -> None:
    carried_out(cast, second, episode_id, StepKind.SEAL)
    with acting_as(SYSTEM):
        shut = {record: Shut(How.DESTROYED) for record in episodes.keys_of(episode_id)}
        assert rows("SELECT reporter_name FROM episodes_report") == [("Ms Olsen",)], "a seal leaves the words"
    done = keeping.shut_again(shut, LATER)
    assert (done.destroyed, done.sealed, done.left) == (len(shut), 0, ())
    with acting_as(SYSTEM):
        assert rows("SELECT reporter_name FROM episodes_report") == [("",)]
        assert rows("SELECT count(*) FROM episodes_sealedchild") == [(0,)]
    expunged = Journal.objects.filter(event=Event.RECORD_EXPUNGED.value, episode_id=episode_id)
    assert [entry.details for entry in expunged] == [{"by": "restore"}]
    assert keeping.shut_again(shut, LATER).destroyed == 0
    assert verify_all() == []


def test_what_the_backup_does_not_know_stays_out_of_it(cast: Cast) -> None:
    done = keeping.shut_again({"draft-of-later": Shut(How.DESTROYED), "sealed-later": Shut(How.SEALED)}, LATER)
    assert (done.destroyed, done.sealed, done.left) == (0, 0, ())
    with acting_as(SYSTEM):
        assert vault.shut_list.in_database()["draft-of-later"].how is How.DESTROYED

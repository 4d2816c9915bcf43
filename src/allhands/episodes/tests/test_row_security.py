"""What the rules of row security ask is read only, and shows an agency nothing but its own."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.kernel.actors import Actor
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


def seen_by(actor: Actor, view: str) -> list[str]:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {view}")
        return [row[0] for row in cursor.fetchall()]


def test_each_agency_finds_its_own_episodes_and_children(cast: Cast) -> None:
    reported = episodes.report_missing(cast.caseworker, report(), NOW)
    assert seen_by(cast.caseworker, "allhands_my_episodes") == [reported.episode_id]
    assert set(seen_by(cast.caseworker, "allhands_my_children")) == {reported.child_id}
    assert seen_by(cast.officer, "allhands_my_episodes") == [reported.episode_id]
    assert seen_by(cast.outsider, "allhands_my_episodes") == []
    assert seen_by(cast.outsider, "allhands_my_children") == []


@pytest.mark.parametrize(
    "change",
    [
        "INSERT INTO allhands_my_episodes (episode_id) VALUES ('abc')",
        "UPDATE allhands_my_episodes SET episode_id = 'abc'",
        "DELETE FROM allhands_my_episodes",
    ],
)
def test_nobody_writes_past_row_security_through_what_it_asks(cast: Cast, change: str) -> None:
    episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(change)

"""A child is found by name in any spelling, and only by those who take part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["haseyaa", "HASÉYAA", "haseya", "tsosie", "Béésh"])
def test_a_name_is_found_in_any_spelling(cast: Cast, typed: str) -> None:
    command = report("Haséyaa", child__given_name="Haséyaa", child__family_name="Béésh Łigai Tsosie")
    reported = episodes.report_missing(cast.caseworker, command, NOW)
    with acting_as(cast.caseworker):
        assert [one.episode_id for one in episodes.search(typed, limit=5)] == [reported.episode_id]
    with acting_as(cast.outsider):
        assert episodes.search(typed, limit=5) == ()


@pytest.mark.parametrize("typed", ["", "  ", "%_", "'; DROP TABLE", "Zzzyx"])
def test_what_matches_nobody_finds_nobody(cast: Cast, typed: str) -> None:
    episodes.report_missing(cast.caseworker, report(), NOW)
    with acting_as(cast.caseworker):
        assert episodes.search(typed, limit=5) == ()


def test_an_episode_is_found_by_its_id_and_by_the_phone_of_who_called(cast: Cast) -> None:
    command = replace(report(), reporter_phone="+1 (701) 555-0123")
    reported = episodes.report_missing(cast.caseworker, command, NOW)
    with acting_as(cast.caseworker):
        for typed in (reported.episode_id, "555 0123", "7015550123"):
            assert [one.episode_id for one in episodes.search(typed, limit=5)] == [reported.episode_id]
        assert episodes.search("555 9999", limit=5) == ()

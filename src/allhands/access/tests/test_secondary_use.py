"""A nation's word on secondary use reaches every question at once; search, care and court go on as before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allhands.access.actions import stewarding
from allhands.access.contracts import Purpose
from allhands.access.tests import oracle
from allhands.access.tests.conftest import Response
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import FactLine, Json
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
NATION = "sample"
TIE: dict[str, Json] = {"child__tribal_affiliation": [NATION]}


@pytest.fixture
def tied(response: Response, cast: Cast) -> EpisodeId:
    """A second child, tied to the nation; police and the nation take part."""
    command = report("Aiyana", key="tied", at=response.at - timedelta(hours=1), **TIE)
    found = episodes.report_missing(cast.caseworker, command, response.at).episode_id
    with acting_as(cast.caseworker):
        episodes.add_parties(found, {cast.officer.agency_id, cast.tribal_liaison.agency_id}, "DUTY", response.at)
    return found


def seen(reader: Actor, episode_id: EpisodeId, purpose: Purpose, response: Response) -> list[tuple[FactLine, bool]]:
    """Each thing stated, and whether this reader sees it for this purpose."""
    with acting_as(reader):
        one = episodes.get_episode(reader, episode_id)
        lines = episodes.statements_of(episode_id)
        knowing = duties.know(reader, one, lines, response.at, purpose=purpose)
        return [(line, knowing.sees(line)) for line in lines]


def by_the_table(reader: Actor, line: FactLine, purpose: Purpose, *, owns: bool, suspended: bool) -> bool:
    """What the table says of the same question."""
    return oracle.may(
        oracle.Case(
            door="member",
            kind=reader.agency_kind.value if reader.agency_kind else "",
            regime=reader.regime,
            role=reader.role.value if reader.role else "",
            relation="owner" if owns else "party",
            level=int(duties.class_of(line.fact_id)[1]),
            holder="us" if line.agency_id == reader.agency_id else "others" if line.agency_id else "",
            origins=frozenset(),
            tribal_only=False,
            instruction=False,
            suspended=suspended,
            purpose=purpose.value,
            consents=frozenset(),
            agreement=False,
            emergency=False,
            commanded=False,
        )
    )


def check_everybody(response: Response, episode_id: EpisodeId, cast: Cast, *, suspended: bool) -> bool:
    """Each reader sees for each purpose what the table says; returns whether the owner may count with the child."""
    may_count = False
    for reader in (cast.caseworker, cast.officer, cast.tribal_liaison, response.steward):
        owns = reader is cast.caseworker
        for purpose in Purpose:
            answers = seen(reader, episode_id, purpose, response)
            for line, sees in answers:
                table = by_the_table(reader, line, purpose, owns=owns, suspended=suspended)
                assert sees == table, f"{reader.label}, {purpose}, {line.fact_id}, stopped: {suspended}"
            if purpose is Purpose.STATISTICS and owns:
                may_count = any(sees for _line, sees in answers)
    return may_count


def test_the_word_of_a_nation_stops_secondary_use_and_nothing_else(
    response: Response, tied: EpisodeId, cast: Cast
) -> None:
    assert check_everybody(response, tied, cast, suspended=False)
    for suspended in (True, False):
        with acting_as(response.steward):
            stewarding.decide_secondary_use(
                response.steward, NATION, suspended=suspended, reason="Council", now=response.at
            )
        assert check_everybody(response, tied, cast, suspended=suspended) is not suspended
        assert check_everybody(response, response.episode_id, cast, suspended=False), "another child is not touched"

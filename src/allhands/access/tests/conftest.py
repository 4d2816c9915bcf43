"""A response to look at from all sides: a reported child, with a shelter, a clinic and a nation taking part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from allhands.access.contracts import EpisodeAccess
from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.episodes.contracts import FactLine, Json
from allhands.episodes.tests.reports import report, said
from allhands.kernel.actors import Actor, AgencyKind, Role
from allhands.kernel.ids import EpisodeId, StatementId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_agency, make_member


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """One child's response and the people in it."""

    episode_id: EpisodeId
    at: datetime
    shelter_worker: Actor
    nurse: Actor
    advocate: Actor
    steward: Actor
    lead: Actor

    def access(self, actor: Actor) -> EpisodeAccess:
        """The episode as the door knows it."""
        with acting_as(actor):
            return episodes.access_of(episodes.get_episode(actor, self.episode_id))

    def seen_by(self, actor: Actor, now: datetime | None = None) -> set[str]:
        """Facts whose value this actor sees."""
        with acting_as(actor):
            one = episodes.get_episode(actor, self.episode_id)
            lines = episodes.statements_of(self.episode_id)
            knowing = duties.know(actor, one, lines, now or self.at)
            return {line.fact_id for line in lines if line.value is not None and knowing.sees(line)}

    def lines(self, actor: Actor) -> tuple[FactLine, ...]:
        """All statements of the episode."""
        with acting_as(actor):
            return episodes.statements_of(self.episode_id)


State = Callable[[Actor, str, Json], StatementId]


@pytest.fixture
def response(cast: Cast) -> Response:
    """Reported two hours ago; everybody below takes part."""
    at = timezone.now()
    told = report(at=at - timedelta(hours=2), key="door")
    episode_id = episodes.report_missing(cast.caseworker, told, at - timedelta(hours=2)).episode_id
    shelter = make_agency("Test Youth Shelter", AgencyKind.SHELTER)
    clinic = make_agency("Test Clinic", AgencyKind.HEALTH)
    helpers = make_agency("Test Victim Services", AgencyKind.ADVOCATE)
    people = {
        "shelter_worker": make_member("Sam Shelter", Role.SHELTER_WORKER, shelter),
        "nurse": make_member("Nurse Testworth", Role.CASEWORKER, clinic),
        "advocate": make_member("Avery Advocate", Role.ADVOCATE, helpers),
        "steward": make_member("Stewart Testworth", Role.DATA_STEWARD, cast.tribal_liaison.agency_id),
        "lead": make_member("Lee Lead", Role.SUPERVISOR, cast.officer.agency_id),
    }
    joining = {one.agency_id for one in people.values()} | {cast.tribal_liaison.agency_id, cast.officer.agency_id}
    with acting_as(cast.caseworker):
        episodes.add_parties(episode_id, joining, "DUTY", at)
    return Response(episode_id=episode_id, at=at, **people)


@pytest.fixture
def state(response: Response) -> State:
    """Somebody states a fact, half an hour ago."""

    def tell(actor: Actor, fact: str, value: Json) -> StatementId:
        with acting_as(actor):
            when = response.at - timedelta(minutes=30)
            return episodes.state_fact(actor, response.episode_id, said(fact, value, at=when), when)

    return tell

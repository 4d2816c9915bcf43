"""Episodes to look at, reported a moment ago, so that pages that ask for the time find clocks that run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from allhands.duties import api as duties
from allhands.duties.contracts import DutyView
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Json
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

Ledger = Callable[[EpisodeId], dict[str, DutyView]]
Reporting = Callable[..., EpisodeId]


@pytest.fixture
def reported_at() -> datetime:
    return timezone.now() - timedelta(hours=2)


@pytest.fixture
def reporting(cast: Cast, reported_at: datetime) -> Reporting:
    """Reports a child two hours ago, by the caseworker unless somebody else is named."""

    def tell(name: str = "Maya", by: Actor | None = None, at: datetime | None = None, **facts: Json) -> EpisodeId:
        when = at or reported_at
        command = report(name, key=f"key-{name}", at=when, **facts)
        return episodes.report_missing(by or cast.caseworker, command, when).episode_id

    return tell


@pytest.fixture
def maya(reporting: Reporting) -> EpisodeId:
    return reporting()


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    """The duties of an episode by their rule, as its owner holds them."""

    def read(episode_id: EpisodeId) -> dict[str, DutyView]:
        with acting_as(cast.caseworker):
            return {duty.rule_id: duty for duty in duties.list_duties([episode_id])[episode_id]}

    return read

"""A child of an hour ago, and the people around an alert."""

from __future__ import annotations

import pytest

from allhands.alerts.tests.makers import NOW, People
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.ids import EpisodeId
from allhands.platform.testing.cast import Cast


@pytest.fixture
def people(cast: Cast) -> People:
    return People(cast)


@pytest.fixture
def maya(cast: Cast) -> EpisodeId:
    return episodes.report_missing(cast.caseworker, report(at=NOW), NOW).episode_id

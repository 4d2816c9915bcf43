"""Time alone moves the ledger; only a named supervisor lowers a tier, and only until more is known."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties import models
from allhands.duties.contracts import TierView
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report, said
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode_id(cast: Cast) -> EpisodeId:
    return episodes.report_missing(cast.caseworker, report(), NOW).episode_id


def tier(actor: Actor, episode_id: EpisodeId) -> TierView:
    with acting_as(actor):
        return duties.list_tiers([episode_id])[episode_id]


def test_after_twelve_hours_the_tier_rises_without_a_new_fact(cast: Cast, episode_id: EpisodeId) -> None:
    assert tier(cast.caseworker, episode_id).level == "T3"
    duties.refresh_all(NOW + timedelta(hours=10))
    assert tier(cast.caseworker, episode_id).level == "T3"
    assert duties.refresh_all(NOW + timedelta(hours=13)) == 1
    assert tier(cast.caseworker, episode_id).level == "T2"


def test_looking_again_writes_nothing_when_nothing_changed(cast: Cast, episode_id: EpisodeId) -> None:
    assert duties.refresh_all(NOW + timedelta(minutes=10)) == 0
    with acting_as(SYSTEM):
        assert models.Assessment.objects.filter(episode_id=episode_id).count() == 1


def test_only_what_time_may_have_changed_is_looked_at(cast: Cast, episode_id: EpisodeId) -> None:
    def newest() -> models.Assessment:
        with acting_as(SYSTEM):
            return models.Assessment.objects.filter(episode_id=episode_id).latest("pk")

    first = newest()
    assert first.holds_until is not None
    assert duties.refresh_all(first.holds_until) == 0
    now = first.holds_until + timedelta(seconds=1)
    assert duties.refresh_all(now) == 1
    assert newest().as_of == now
    assert (newest().holds_until or now + timedelta(days=1)) > now
    assert duties.refresh_all(now) == 0


def test_only_a_named_supervisor_lowers_and_says_why(cast: Cast) -> None:
    urgent = report(circumstances__force_seen=True, child__believed_abducted=True)
    episode_id = episodes.report_missing(cast.caseworker, urgent, NOW).episode_id
    assert tier(cast.caseworker, episode_id).level == "T1"
    reason = "Her aunt picked her up; we spoke to both"
    with pytest.raises(Denied):
        duties.lower_tier(cast.caseworker, episode_id, "T3", reason, NOW)
    with pytest.raises(Refused, match="full sentence"):
        duties.lower_tier(cast.supervisor, episode_id, "T3", "ok", NOW)
    with pytest.raises(Refused, match="nothing is lower"):
        duties.lower_tier(cast.supervisor, episode_id, "T4", reason, NOW)
    duties.lower_tier(cast.supervisor, episode_id, "T3", reason, NOW)
    lowered = tier(cast.caseworker, episode_id)
    assert lowered.level == "T3"
    assert cast.supervisor.label in lowered.lowered_by


def test_a_new_reason_raises_a_lowered_tier_again(cast: Cast) -> None:
    urgent = report(circumstances__force_seen=True)
    episode_id = episodes.report_missing(cast.caseworker, urgent, NOW).episode_id
    duties.lower_tier(cast.supervisor, episode_id, "T3", "The neighbour was mistaken, he saw a game", NOW)
    episodes.state_fact(cast.caseworker, episode_id, said("child.suicidal", value=True), NOW)
    raised = tier(cast.caseworker, episode_id)
    assert raised.level == "T1"
    assert raised.lowered_by == ""


def test_an_unanswered_hand_off_is_brought_up_once_and_the_owner_stays(cast: Cast, episode_id: EpisodeId) -> None:
    episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "The family moved", NOW)
    assert duties.remind_all(NOW + timedelta(hours=24)) == 0
    assert duties.remind_all(NOW + timedelta(hours=24, minutes=1)) == 1
    assert duties.remind_all(NOW + timedelta(hours=25)) == 0
    with acting_as(cast.supervisor):
        assert any("24" in line.subject for line in channels.list_inbox(cast.supervisor))
        assert episodes.get_episode(cast.supervisor, episode_id).owner_agency_id == cast.supervisor.agency_id

"""The story of the demo county: told through the real actions, once, and begun again on request."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from allhands.agencies import api as agencies
from allhands.duties import api as duties
from allhands.duties.contracts import DutyState, DutyView
from allhands.duties.demo.story import demo_story
from allhands.duties.demo.tell import tell
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState, EpisodeView
from allhands.kernel.actors import SYSTEM
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
RUNNING = [EpisodeState.OPEN, EpisodeState.RETURNED]


@pytest.fixture
def county(settings: Settings) -> None:
    """The demo county with its people, and no child missing yet."""
    from allhands.agencies.demo import load as loader  # the stories of all slices are put aside

    settings.ALLHANDS_WORLD = "demo"
    stories = list(loader._stories)
    loader._stories.clear()
    try:
        loader.load(timezone.now())
    finally:
        loader._stories.extend(stories)


def children() -> dict[str, EpisodeView]:
    with acting_as(SYSTEM):
        return {one.child.call_name: one for one in episodes.list_episodes(RUNNING)}


def ledger(one: EpisodeView) -> list[DutyView]:
    with acting_as(SYSTEM):
        return [duty for duty in duties.list_duties([one.episode_id])[one.episode_id] if duty.governs]


@pytest.mark.usefixtures("county")
def test_the_story_shows_each_state_a_newcomer_should_see(page_client: PageClient) -> None:
    now = timezone.now()
    tell(now, fresh=False)
    shown = children()
    assert len(shown) == len(demo_story().children) == 5
    maya, dev, ana, june, noah = (shown[one.name] for one in demo_story().children)
    proved = [duty for duty in ledger(maya) if duty.state is DutyState.PROVED]
    assert len(proved) >= 2
    soon = [duty for duty in ledger(maya) if duty.state is DutyState.OPEN and duty.due_at and duty.due_at > now]
    assert min(duty.due_at for duty in soon if duty.due_at) < now + timedelta(hours=1)
    late = [duty for duty in ledger(dev) if duty.state is DutyState.OPEN and duty.due_at and duty.due_at < now]
    assert {duty.agency_id for duty in late} == {agencies.demo_agency_id("prairie-sheriff")}
    assert ana.offer is not None
    assert ana.offer.answer_due_at > now
    assert ana.owner_agency_id == agencies.demo_agency_id("prairie-human-services")
    assert june.owner_agency_id == agencies.demo_agency_id("sample-nation")
    assert noah.state is EpisodeState.RETURNED
    page_client.sign_in(agencies.demo_actor("ruth", now))
    board = page_client.get("/")
    assert board.texts("//table//tbody//th")[0] == "Maya K., 14"


@pytest.mark.usefixtures("county")
def test_the_story_is_told_once_and_begun_again_on_request() -> None:
    now = timezone.now()
    tell(now, fresh=False)
    first = {one.episode_id for one in children().values()}
    tell(now, fresh=False)
    assert {one.episode_id for one in children().values()} == first
    tell(now, fresh=True)
    second = {one.episode_id for one in children().values()}
    assert len(second) == len(first)
    assert not first & second
    assert audit.verify_all() == []

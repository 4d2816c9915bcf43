"""Hand-off: the owner is never empty, and changes only by a written answer of the other agency."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeView
from allhands.episodes.tests.reports import NOW, report
from allhands.kernel.actors import Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode_id(cast: Cast) -> EpisodeId:
    return episodes.report_missing(cast.caseworker, report(), NOW).episode_id


def _episode(actor: Actor, episode_id: EpisodeId) -> EpisodeView:
    with acting_as(actor):
        return episodes.get_episode(actor, episode_id)


def test_the_owner_stays_until_the_other_agency_accepts_in_writing(cast: Cast, episode_id: EpisodeId) -> None:
    offer_id = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "The family moved there", NOW)
    offered = _episode(cast.outsider, episode_id)
    assert offered.owner_agency_id == cast.caseworker.agency_id
    assert offered.offer is not None
    assert offered.offer.answer_due_at == NOW + timedelta(hours=24)
    episodes.accept(cast.outsider, offer_id, "We take it. R. Outsider", NOW)
    accepted = _episode(cast.outsider, episode_id)
    assert accepted.owner_agency_id == cast.outsider.agency_id
    assert accepted.owner_member_id == cast.outsider.member_id
    assert _episode(cast.caseworker, episode_id).owner_agency_id == cast.outsider.agency_id


def test_a_decline_keeps_the_owner_and_its_reason(cast: Cast, episode_id: EpisodeId) -> None:
    offer_id = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "Moved", NOW)
    episodes.decline(cast.outsider, offer_id, "Not resident here", NOW)
    assert _episode(cast.caseworker, episode_id).owner_agency_id == cast.caseworker.agency_id
    with acting_as(cast.caseworker):
        offer = episodes.find_offer(offer_id)
    assert offer is not None
    assert offer.answer == "Not resident here"


@pytest.mark.parametrize("how", ["declined", "taken back"])
def test_who_was_only_asked_sees_the_child_no_more(cast: Cast, episode_id: EpisodeId, how: str) -> None:
    offer_id = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "Moved", NOW)
    assert _episode(cast.outsider, episode_id).offer is not None
    if how == "declined":
        episodes.decline(cast.outsider, offer_id, "Not resident here", NOW)
    else:
        episodes.withdraw(cast.caseworker, offer_id, NOW)
    with pytest.raises(Denied):
        _episode(cast.outsider, episode_id)
    with acting_as(cast.outsider):
        assert episodes.statements_of(episode_id) == ()


def test_who_has_a_part_of_their_own_keeps_it_when_an_offer_ends(cast: Cast, episode_id: EpisodeId) -> None:
    with acting_as(cast.caseworker):
        episodes.add_parties(episode_id, {cast.officer.agency_id}, "DUTY", NOW)
    before = episodes.offer(cast.caseworker, episode_id, cast.officer.agency_id, "Moved", NOW)
    episodes.decline(cast.officer, before, "Not ours", NOW)
    assert cast.officer.agency_id in _episode(cast.officer, episode_id).party_agency_ids
    since = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "Moved", NOW)
    with acting_as(cast.caseworker):
        episodes.add_parties(episode_id, {cast.outsider.agency_id}, "DUTY", NOW)
    episodes.withdraw(cast.caseworker, since, NOW)
    theirs = _episode(cast.outsider, episode_id)
    assert cast.outsider.agency_id in theirs.party_agency_ids, "a duty came to them meanwhile"


def test_an_answer_without_words_changes_nothing(cast: Cast, episode_id: EpisodeId) -> None:
    offer_id = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "Moved", NOW)
    with pytest.raises(Refused, match="sentence"):
        episodes.accept(cast.outsider, offer_id, "  ", NOW)
    assert _episode(cast.caseworker, episode_id).offer is not None


def test_two_answers_meet_and_the_second_is_told(cast: Cast, episode_id: EpisodeId) -> None:
    offer_id = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "Moved", NOW)
    episodes.accept(cast.outsider, offer_id, "We take it", NOW)
    with pytest.raises(Refused, match="answered already"):
        episodes.decline(cast.outsider, offer_id, "We do not", NOW)


def test_only_the_owner_offers_and_only_the_one_asked_answers(cast: Cast, episode_id: EpisodeId) -> None:
    with pytest.raises(Denied):
        episodes.offer(cast.outsider, episode_id, cast.outsider.agency_id, "I want it", NOW)
    offer_id = episodes.offer(cast.caseworker, episode_id, cast.outsider.agency_id, "Moved", NOW)
    with pytest.raises(Denied):
        episodes.accept(cast.caseworker, offer_id, "I accept for them", NOW)
    with pytest.raises(Denied):
        episodes.accept(cast.court_clerk, offer_id, "I accept for them", NOW)

"""Hand-off and state of an episode: who may follow whom, and why not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from allhands.episodes import domain
from allhands.episodes.contracts import EpisodeState, OfferState
from allhands.episodes.folding import fold
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
PRAIRIE, CASS = AgencyId("prairie"), AgencyId("cass")


def _offer(**changes: object) -> datetime:
    given = {
        "state": EpisodeState.OPEN, "owner": PRAIRIE, "to": CASS, "open_offer": False, "reason": "moved", "now": NOW,
        **changes,
    }  # fmt: skip
    return domain.decide_offer(**given)  # type: ignore[arg-type]  # the tests vary one field at a time


def test_an_offer_must_be_answered_within_24_hours() -> None:
    assert _offer() == NOW + timedelta(hours=24)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": EpisodeState.CLOSED}, "hand-off-closed"),
        ({"to": PRAIRIE}, "hand-off-self"),
        ({"open_offer": True}, "hand-off-pending"),
        ({"reason": "  "}, "hand-off-reason"),
    ],
    ids=["closed", "to itself", "already offered", "no reason"],
)
def test_an_offer_that_cannot_be_is_refused_with_a_code(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refused) as refused:
        _offer(**changes)
    assert refused.value.code == code


@pytest.mark.parametrize("state", OfferState, ids=lambda state: state.value)
@pytest.mark.parametrize("event", ["accept", "decline", "withdraw"])
def test_only_an_open_offer_can_be_answered(state: OfferState, event: str) -> None:
    if state is OfferState.OFFERED:
        assert domain.decide_answer(state, event, "R. Vance, we take it") is not OfferState.OFFERED
    else:
        with pytest.raises(Refused, match="answered already"):
            domain.decide_answer(state, event, "R. Vance")


@pytest.mark.parametrize("event", ["accept", "decline"])
def test_an_answer_needs_written_words(event: str) -> None:
    with pytest.raises(Refused) as refused:
        domain.decide_answer(OfferState.OFFERED, event, " ")
    assert refused.value.code == "answer-words"


@pytest.mark.parametrize("state", EpisodeState, ids=lambda state: state.value)
@pytest.mark.parametrize("event", ["return", "missing_again", "close"])
def test_every_pair_of_episode_state_and_event_is_legal_or_refused(state: EpisodeState, event: str) -> None:
    if (state, event) in domain.EPISODE_TRANSITIONS:
        assert domain.decide_episode(state, event) is domain.EPISODE_TRANSITIONS[state, event]
    else:
        with pytest.raises(Refused):
            domain.decide_episode(state, event)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("María José", "maria jose"),
        ("Wičháȟpi", "Wichahpi"),
        ("Kalaniʻōpuʻu", "KALANIOPUU"),
        ("Shándíín", "Shandiin"),
        ("O'Neil-Sanchez", "oneil sanchez"),
        ("ᏣᎳᎩ", "ᏣᎳᎩ"),
    ],
)
def test_names_fold_alike_whatever_the_marks(left: str, right: str) -> None:
    assert fold(left) == fold(right)

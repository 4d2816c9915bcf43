"""Pure decisions about episodes: what may follow what, and why not."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from allhands.episodes.contracts import EpisodeState, OfferState
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId

# N.D.C.C. 12-68-01(2): the agency asked has 24 hours to answer; the first one keeps the case until the other accepts
# in writing. We take the strictest reading that we have read anywhere as the house rule; packs show the local duty.
HAND_OFF_ANSWER = timedelta(hours=24)
LONGEST_WORDS = 2000

EPISODE_TRANSITIONS: dict[tuple[EpisodeState, str], EpisodeState] = {
    (EpisodeState.OPEN, "return"): EpisodeState.RETURNED,
    (EpisodeState.RETURNED, "missing_again"): EpisodeState.OPEN,
    (EpisodeState.RETURNED, "close"): EpisodeState.CLOSED,
}

OFFER_TRANSITIONS: dict[tuple[OfferState, str], OfferState] = {
    (OfferState.OFFERED, "accept"): OfferState.ACCEPTED,
    (OfferState.OFFERED, "decline"): OfferState.DECLINED,
    (OfferState.OFFERED, "withdraw"): OfferState.WITHDRAWN,
}


def decide_episode(state: EpisodeState, event: str) -> EpisodeState:
    """The state after the event.

    Raises:
        Refused: `episode-state`, when the event cannot follow this state.
    """
    try:
        return EPISODE_TRANSITIONS[state, event]
    except KeyError:
        words = _("This episode has moved on since you opened it. Look at it again; nothing changed.")
        raise Refused("episode-state", words) from None


def check_open(state: EpisodeState) -> None:
    """Nothing, while something may still be added.

    Raises:
        Refused: `episode-closed`.
    """
    if state is EpisodeState.CLOSED:
        raise Refused("episode-closed", "This episode is closed. It can be read, and nothing more is added to it.")


def decide_offer(
    *, state: EpisodeState, owner: AgencyId, to: AgencyId, open_offer: bool, reason: str, now: datetime
) -> datetime:
    """When the offered hand-off must be answered.

    Raises:
        Refused: `hand-off-closed`, `hand-off-self`, `hand-off-pending` or `hand-off-reason`.
    """
    if state is not EpisodeState.OPEN and state is not EpisodeState.RETURNED:
        raise Refused("hand-off-closed", "This episode is closed. Open it again before you hand it over.")
    if owner == to:
        raise Refused("hand-off-self", "This agency already owns the episode. Choose another one.", field="to_agency")
    if open_offer:
        raise Refused(
            "hand-off-pending", "It is already offered to somebody. Wait for the answer, or take the offer back first."
        )
    if not reason.strip():
        raise Refused("hand-off-reason", "Say in a few words why. The other agency reads it.", field="reason")
    if len(reason) > LONGEST_WORDS:
        raise Refused("hand-off-reason", _too_long(), field="reason")
    return now + HAND_OFF_ANSWER


def _too_long() -> str:
    return _("Please shorten this to %(most)s characters.") % {"most": LONGEST_WORDS}


def decide_answer(state: OfferState, event: str, words: str) -> OfferState:
    """The state of the offer after the answer.

    Raises:
        Refused: `offer-answered` when somebody was faster; `answer-words` when the written words are missing.
    """
    if (state, event) not in OFFER_TRANSITIONS:
        raise Refused("offer-answered", _("Somebody was faster: this offer is answered already. Nothing changed."))
    if event in {"accept", "decline"} and not words.strip():
        accepting = _("Write one sentence with your name: why you accept.")
        declining = _("Write one sentence with your name: why you decline.")
        raise Refused("answer-words", accepting if event == "accept" else declining, field="words")
    if len(words) > LONGEST_WORDS:
        raise Refused("answer-words", _too_long(), field="words")
    return OFFER_TRANSITIONS[state, event]

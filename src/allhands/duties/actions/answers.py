"""A written answer to a hand-off proves the duty to answer it; a yes also ends the giver's duty to keep the case."""

from __future__ import annotations

from allhands.duties import models
from allhands.duties.actions.receipts import attach
from allhands.duties.contracts import Applies, DutyState
from allhands.duties.routing import HAND_OFF_ANSWER, KEEP_CASE
from allhands.episodes.contracts import OfferAnswered
from allhands.kernel.actors import Actor


def on_offer_answered(actor: Actor, answer: OfferAnswered) -> None:
    """Listener of the episodes slice: the offer with its answer is the paper that proves."""
    proved = [HAND_OFF_ANSWER, KEEP_CASE] if answer.accepted else [HAND_OFF_ANSWER]
    duties = models.Duty.objects.select_for_update().filter(
        episode_id=answer.episode_id, action__in=proved, state=DutyState.OPEN.value, applies=Applies.TRUE.value
    )
    for duty in duties:
        attach(duty, "document", f"Answered in writing, offer {answer.offer_id}", actor.label, answer.at)

"""Who owns the episode, and what has been offered to whom. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.wording import Moment


class OfferState(enum.Enum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerOffer:
    """An offered hand-off.

    Args:
        at: when it was offered, accepted or declined.
        answer_by: when the answer is due, while it is only offered.
        reason: why it was declined.
    """

    state: OfferState
    to: str
    at: Moment
    answer_by: Moment | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerBadge:
    """The owner of one episode. Empty is refused: a child between agencies must never belong to no one.

    Args:
        person: name as the reader knows it ("You", "Ruth Amundson").
    """

    person: str
    agency: str = ""
    since: Moment | None = None
    offer: OwnerOffer | None = None

    def __post_init__(self) -> None:
        if not self.person.strip():
            raise ValueError("an episode always has an owner: name the person")

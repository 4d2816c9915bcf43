"""What became of each thing sent. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.ui.components.duty_row.presenter import Act
from allhands.ui.wording import Moment


class DeliveryWord(enum.Enum):
    """In the order in which they need a person: the first ones stand on top."""

    FAILED = "failed"
    UNKNOWN = "unknown-outcome"
    SENT = "sent"
    TAKEN_BACK = "taken-back"
    CONFIRMED = "confirmed"
    NOBODY = "nobody"
    SIMULATED = "simulated"
    NOT_CONFIGURED = "not-configured"


_ORDER = {word: place for place, word in enumerate(DeliveryWord)}
_SHAPES = {
    DeliveryWord.FAILED: "failed",
    DeliveryWord.UNKNOWN: "unknown",
    DeliveryWord.SENT: "sent",
    DeliveryWord.TAKEN_BACK: "waived",
    DeliveryWord.CONFIRMED: "proved",
    DeliveryWord.NOBODY: "not-started",
    DeliveryWord.SIMULATED: "applies-not",
    DeliveryWord.NOT_CONFIGURED: "not-started",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing on one way out.

    Args:
        channel: in words: "E-mail", "Inbox here".
        what_href: shows exactly what was sent.
        words: what happened last, such as "opened by Sgt. Cole", or why it failed.
    """

    channel: str
    recipient: str
    word: DeliveryWord
    sent: Moment | None = None
    changed: Moment | None = None
    words: str = ""
    what: str = ""
    what_href: str = ""
    act: Act | None = None

    @property
    def shape(self) -> str:
        return _SHAPES[self.word]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTable:
    caption: str
    deliveries: tuple[Delivery, ...]

    @property
    def ordered(self) -> tuple[Delivery, ...]:
        """Not confirmed first."""
        return tuple(sorted(self.deliveries, key=lambda delivery: _ORDER[delivery.word]))

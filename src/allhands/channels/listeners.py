"""Who wants to hear what became of deliveries. Slices register when Django starts."""

from __future__ import annotations

import enum
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from allhands.alerts.contracts import Language, TransmissionId
from allhands.channels.contracts import DeliveryState, Way


class Listener(Protocol):
    """Hears of every status that moved a delivery, in the transaction that appended it."""

    def __call__(self, refers_to: str, state: DeliveryState, by: str, now: datetime, /) -> None:
        """Take note.

        Args:
            refers_to: the notice the delivery was for.
            state: what the delivery has become.
            by: name of the person, or "Allhands"; with `now` it is the receipt of an acknowledgement.
        """


_listeners: list[Listener] = []


def register_status_listener(listener: Listener) -> None:
    """Call this function for every status that moved a delivery. Registering twice counts once.

    An error of a listener rolls the status back, so that what happened and what follows from it share one fate. A
    delivery whose outcome could not be kept stays claimed and goes to a person.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell(refers_to: str, state: DeliveryState, by: str, now: datetime) -> None:
    """Every listener hears it, in the order of registration."""
    for listener in tuple(_listeners):
        listener(refers_to, state, by, now)


BroadcastListener = Callable[[TransmissionId, Way, datetime], None]

_broadcast_listeners: list[BroadcastListener] = []


def register_broadcast_listener(listener: BroadcastListener) -> None:
    """Call this function whenever copies of a transmission moved on one way. Registering twice counts once.

    It is called once for many copies, in the transaction that kept their outcomes; it reads `broadcast_state` itself.
    """
    if listener not in _broadcast_listeners:
        _broadcast_listeners.append(listener)


def tell_broadcast(transmission_id: TransmissionId, way: Way, now: datetime) -> None:
    """Every listener of broadcasts hears it, in the order of registration."""
    for listener in tuple(_broadcast_listeners):
        listener(transmission_id, way, now)


GoneListener = Callable[[Way, str, str, datetime], None]

_gone_listeners: list[GoneListener] = []


def register_gone_listener(listener: GoneListener) -> None:
    """Call this function with way, subscriber's key, code and now when an address will never work again."""
    if listener not in _gone_listeners:
        _gone_listeners.append(listener)


def tell_gone(way: Way, recipient_key: str, code: str, now: datetime) -> None:
    """Every listener hears that an address is gone, in the transaction that kept it."""
    for listener in tuple(_gone_listeners):
        listener(way, recipient_key, code, now)


class Keyword(enum.Enum):
    """What a person asked for by text message."""

    STOP = "STOP"
    HELP = "HELP"
    START = "START"
    LANGUAGE = "LANGUAGE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A text message from a person.

    Args:
        number: E.164.
        keyword: None when it is no keyword: whoever keeps the subscriptions may still know what it means.
        language: of the keyword, or the one it asks for; English for other texts.
    """

    number: str
    keyword: Keyword | None
    language: Language
    text: str


KeywordListener = Callable[[Heard, datetime], str | None]

_keyword_listeners: list[KeywordListener] = []


def register_keyword_listener(listener: KeywordListener) -> None:
    """Call this function with what was heard, and now; it returns what to answer, if anything.

    STOP is obeyed at once and START confirms; the answers to STOP and HELP are ours and the same for everybody.
    """
    if listener not in _keyword_listeners:
        _keyword_listeners.append(listener)


def tell_keyword(heard: Heard, now: datetime) -> str:
    """Every listener hears what a person wrote; the first answer counts, empty for none."""
    answers = [listener(heard, now) for listener in tuple(_keyword_listeners)]
    return next((one for one in answers if one), "")

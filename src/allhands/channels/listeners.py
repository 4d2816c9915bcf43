"""Who wants to hear what became of deliveries. Slices register when Django starts."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from allhands.channels.contracts import DeliveryState


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

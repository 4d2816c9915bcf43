"""Who wants to hear what became of deliveries. Slices register when Django starts."""

from __future__ import annotations

from collections.abc import Callable

from allhands.channels.contracts import StatusChanged

Listener = Callable[[StatusChanged], None]

_listeners: list[Listener] = []


def register_status_listener(listener: Listener) -> None:
    """Call this function for every status that moved a delivery. Registering twice counts once.

    An error of a listener rolls the status back, so that what happened and what follows from it share one fate. A
    delivery whose outcome could not be kept stays claimed and goes to a person.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def tell(change: StatusChanged) -> None:
    """Every listener hears it, in the order of registration."""
    for listener in tuple(_listeners):
        listener(change)

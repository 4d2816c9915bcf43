"""Who wants to hear, in the same transaction, that what is known of an episode changed.

The duties slice registers here when Django starts; so episodes need not know that duties exist.
"""

from __future__ import annotations

from collections.abc import Callable

from allhands.episodes.contracts import FactsChanged
from allhands.kernel.actors import Actor

Listener = Callable[[Actor, FactsChanged], None]

_listeners: list[Listener] = []


def register(listener: Listener) -> None:
    """Call `listener` after every change of facts, before the transaction ends. Registering twice counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(actor: Actor, change: FactsChanged) -> None:
    """Tell every listener, in the order of registration. An error of one rolls the whole change back."""
    for listener in _listeners:
        listener(actor, change)

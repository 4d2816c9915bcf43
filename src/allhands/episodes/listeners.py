"""Who wants to hear, in the same transaction, that facts of an episode changed or that a hand-off was answered.

The duties slice registers here when Django starts; so episodes need not know that duties exist.
"""

from __future__ import annotations

from collections.abc import Callable

from allhands.episodes.contracts import FactsChanged, OfferAnswered
from allhands.kernel.actors import Actor

Listener = Callable[[Actor, FactsChanged], None]
AnswerListener = Callable[[Actor, OfferAnswered], None]

_listeners: list[Listener] = []
_of_answers: list[AnswerListener] = []


def register(listener: Listener) -> None:
    """Call `listener` after every change of facts, before the transaction ends. Registering twice counts once."""
    if listener not in _listeners:
        _listeners.append(listener)


def register_for_answers(listener: AnswerListener) -> None:
    """Call `listener` after every written answer to a hand-off, before the transaction ends."""
    if listener not in _of_answers:
        _of_answers.append(listener)


def tell(actor: Actor, change: FactsChanged) -> None:
    """Tell every listener, in the order of registration. An error of one rolls the whole change back."""
    for listener in _listeners:
        listener(actor, change)


def tell_answer(actor: Actor, answer: OfferAnswered) -> None:
    """Tell every listener of answers, in the order of registration."""
    for listener in _of_answers:
        listener(actor, answer)

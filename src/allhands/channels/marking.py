"""Copies of an alert that is over: posters and cards fetched afterwards are stamped, the picture and its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from allhands.alerts.contracts import AlertMessage
from allhands.channels.cards import artefacts as cards
from allhands.channels.contracts import Artefact, Stamp, Way
from allhands.channels.posters import artefacts as posters

_MARKED: Final[Mapping[Way, Callable[[AlertMessage, str, Stamp], Artefact | None]]] = {
    Way.POSTERS: posters.marked,
    Way.CARDS: cards.marked,
}
MARKABLE: Final = frozenset(_MARKED)


def marked(message: AlertMessage, way: Way, name: str, stamp: Stamp) -> Artefact | None:
    """The file drawn anew with its stamp; None when this way has no picture of this name."""
    draw = _MARKED.get(way)
    return draw(message, name, stamp) if draw else None

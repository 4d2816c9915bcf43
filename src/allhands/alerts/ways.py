"""Which ways out an alert takes, and what becomes of it there. The channels do the sending."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from allhands.alerts import ladder
from allhands.alerts.contracts import AlertMessage, Subscriber, TransmissionId
from allhands.channels import api as channels
from allhands.channels.contracts import Artefact, ChannelCondition, Way, WayOut, WayState

# What a way of asking stands for. The whole country's phones and stations are for what the law knows as an alert;
# a circular and a poster are made here and handed on by people.
_FULL: Final = tuple(way.value for way in Way)
_OF_PRACTICE: Final[Mapping[str, tuple[str, ...]]] = {
    ladder.LOCAL: tuple(way.value for way in Way if way is not Way.IPAWS),
    ladder.CIRCULAR: (Way.POSTERS.value, Way.CARDS.value, Way.WEBHOOKS.value),
    ladder.POSTER: (Way.POSTERS.value, Way.CARDS.value),
    ladder.NCMEC: (Way.POSTERS.value, Way.CARDS.value),
}
# Copies that stay where they are until a person takes them down.
_STAYS: Final = frozenset({Way.POSTERS.value, Way.CARDS.value, Way.SIGNS.value, Way.WEBHOOKS.value})


def chosen_for(way: str) -> tuple[str, ...]:
    """The ways out of what was asked for, by code."""
    return _OF_PRACTICE.get(way, _FULL)


def leaving_copies(transmission_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the ways whose copies a person must take down: that were played or reached nobody left none."""
    states = [state for one in transmission_ids for state in state_of(one)]
    left = [state.way.value for state in states if state.condition is ChannelCondition.WORKS and state.groups]
    return tuple(way for way in dict.fromkeys(left) if way in _STAYS)


def standing(now: datetime) -> tuple[WayOut, ...]:
    """How every way out stands now."""
    return channels.ways_out(now)


def previews(message: AlertMessage, chosen: Sequence[str]) -> tuple[Artefact, ...]:
    """Every file and text exactly as it would leave, way by way."""
    return tuple(artefact for way in chosen for artefact in channels.preview(message, Way(way)))


def broadcast(
    message: AlertMessage, chosen: Sequence[str], recipients: Mapping[Way, Iterable[Subscriber]], now: datetime
) -> None:
    """Freeze and queue on every way, in the caller's transaction."""
    channels.broadcast(message, [Way(way) for way in chosen], recipients, now)


def state_of(transmission_id: str) -> tuple[WayState, ...]:
    """What became of a transmission, way by way; what is not confirmed first."""
    return channels.broadcast_state(TransmissionId(transmission_id))

"""What can honestly be said after an alert: time by step, who was told, who stopped, tips. Never who read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from allhands.agencies.presenting import Reader
from allhands.alerts import presenting, queries, ways
from allhands.alerts.contracts import AlertView
from allhands.alerts.web import live_table
from allhands.channels.contracts import SUBSCRIBER_WAYS, ChannelCondition
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.ui.wording import Rounding, span


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTime:
    """One step, when it was, and how long since the one before."""

    label: str
    at: str
    took: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One way: how many copies, how many the next system took.

    Args:
        is_made: made here for whoever comes for it; there is no next system that could accept it.
    """

    way: str
    recipients: int
    accepted: int
    left: bool
    is_made: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Args:
    per_thousand: tips per thousand subscribers told; empty when nobody was told or nothing was counted.
    """

    steps: tuple[StepTime, ...]
    whole: str
    told: tuple[Told, ...]
    people_told: int
    stopped: int
    tips: tuple[tuple[str, int, int], ...]
    per_thousand: str


def figures(alert: AlertView, reader: Reader) -> Figures:
    """The figures of an alert that went out."""
    sent = [one.transmission_id for one in queries.list_transmissions(alert.alert_id)]
    told, people = _told(sent)
    tips = queries.count_tips(alert.alert_id)
    count = sum(one for one, _useful in tips.values())
    moments = _moments(alert)
    return Figures(
        steps=_steps(moments, reader),
        whole=_took(moments[0][1], moments[-1][1], reader) if len(moments) > 1 else "",
        told=told,
        people_told=people,
        stopped=queries.count_stopped_through(sent),
        tips=tuple((source_words(source), *counts) for source, counts in tips.items()),
        per_thousand=f"{count / people * 1000:.1f}" if people and count else "",
    )


def source_words(source: str) -> str:
    """How tips came."""
    return {
        "phone": _("by phone"),
        "web": _("on the web"),
        "text": _("by text"),
        "other": _("another way"),
    }.get(source, source)


def _moments(alert: AlertView) -> list[tuple[str, datetime]]:
    """From the report to the first transmission, as far as each step happened before it."""
    with acting_as(SYSTEM):
        episode = episodes.find_episode(alert.episode_id)
    request = alert.request
    known = [
        (_("Report received"), episode.opened_at if episode else None),
        (_("Alert asked for"), request.asked_at),
        (_("The answer"), request.decided_at),
        (_("Sent"), alert.sent_at),
    ]
    return sorted(((label, at) for label, at in known if at is not None), key=lambda one: one[1])


def _steps(moments: Iterable[tuple[str, datetime]], reader: Reader) -> tuple[StepTime, ...]:
    made: list[StepTime] = []
    before: datetime | None = None
    for label, at in moments:
        took = _took(before, at, reader) if before is not None else ""
        made.append(StepTime(label=label, at=reader.moment(at).words, took=took))
        before = at
    return tuple(made)


def _took(start: datetime, end: datetime, reader: Reader) -> str:
    return span(end - start, reader.lang, rounding=Rounding.UP)


def _told(sent: list[str]) -> tuple[tuple[Told, ...], int]:
    """The first transmission way by way, and how many subscribers it was handed over for."""
    if not sent:
        return (), 0
    states = ways.state_of(sent[-1])
    told = tuple(
        Told(
            way=presenting.way_words(state.way.value),
            recipients=sum(group.recipients for group in state.groups),
            accepted=sum(group.accepted for group in state.groups),
            left=state.condition is ChannelCondition.WORKS,
            is_made=any(group.key == live_table.MADE for group in state.groups),
        )
        for state in states
    )
    subscribers = [state for state in states if state.way in SUBSCRIBER_WAYS]
    return told, sum(group.accepted for state in subscribers for group in state.groups)

"""How each way out stands: set up or not, played or real, when it last worked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from allhands.alerts.contracts import AlertMessage, Language
from allhands.channels import models
from allhands.channels.contracts import ChannelCondition, Way, WayOut
from allhands.channels.registry import ROOMS
from allhands.channels.rooms import Room
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

# Every way is tested each quarter of an hour: three were missed, so the worker stands still, and the last word is old.
STALE_AFTER: Final = timedelta(minutes=45)
LANGUAGES: tuple[Language, ...] = ("en", "es")
_ENGLISH_ONLY = frozenset({Way.SIGNS, Way.WEBHOOKS})


def when_frozen(way: Way, message: AlertMessage) -> ChannelCondition:
    """WORKS, SIMULATED or NOT_CONFIGURED: what a transmission frozen now will meet.

    From a drill nothing leaves the building, whatever is set up; from the demo world only by what somebody set up.
    """
    return _standing(ROOMS[way], message.world)


def ways_out(now: datetime) -> tuple[WayOut, ...]:
    """Every way out with its state word, in the order people are shown."""
    with acting_as(SYSTEM):
        return tuple(_way_out(room, now) for room in ROOMS.values())


def _standing(room: Room, world: str) -> ChannelCondition:
    if room.is_configured is None:
        return ChannelCondition.WORKS
    if world == "drill":
        return ChannelCondition.SIMULATED
    if room.is_configured():
        return ChannelCondition.WORKS
    return ChannelCondition.NOT_CONFIGURED if world == "live" else ChannelCondition.SIMULATED


def _way_out(room: Room, now: datetime) -> WayOut:
    condition, at, code = _standing(room, settings.ALLHANDS_WORLD), None, ""
    if condition is ChannelCondition.WORKS and room.check is not None:
        test = models.ChannelTest.objects.filter(channel=room.way.value).order_by("-at", "-id").first()
        condition = ChannelCondition.NOT_TESTED
        if test is not None:
            at, code = test.at, test.code
            good = ChannelCondition.STALE if now - at > STALE_AFTER else ChannelCondition.WORKS
            condition = ChannelCondition.TEST_FAILED if code else good
    return WayOut(
        way=room.way,
        condition=condition,
        at=at,
        code=code,
        languages=("en",) if room.way in _ENGLISH_ONLY else LANGUAGES,
        limits=room.limits,
    )

"""Try a channel's connection, send nothing, keep the answer."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from allhands.access import api as access
from allhands.channels import conditions, models, queries
from allhands.channels.contracts import Channel, ChannelState, Way, WayOut
from allhands.channels.email.configuration import find_mail_settings
from allhands.channels.email.port import Postponed
from allhands.channels.email.smtp import SmtpMail
from allhands.channels.registry import ROOMS
from allhands.channels.rooms import Room
from allhands.kernel.actors import Actor


def test_channel(actor: Actor, channel: Channel, now: datetime) -> ChannelState:
    """How the channel stands after trying it.

    Raises:
        Denied: not an operator.
    """
    access.check_operate(actor)
    given = find_mail_settings()
    if channel is Channel.EMAIL and given is not None:
        models.ChannelTest.objects.create(channel=channel.value, at=now, code=_try(SmtpMail(given)))
    return next(state for state in queries.channel_states() if state.channel is channel)


def _try(mail: SmtpMail) -> str:
    """Empty when it worked, else the code of what went wrong."""
    try:
        mail.check()
    except Postponed as error:
        return error.code[:64]
    return ""


def test_way(actor: Actor, way: Way, now: datetime) -> WayOut:
    """How the way stands after trying its connection; nothing is sent.

    Raises:
        Denied: not an operator.
    """
    access.check_operate(actor)
    _try_way(ROOMS[way], now)
    return next(one for one in conditions.ways_out(now) if one.way is way)


def try_ways(way: Way | None, now: datetime) -> None:
    """The link test of one way, or of all; for the node's own command line."""
    for room in ROOMS.values():
        if way is None or room.way is way:
            _try_way(room, now)


def try_every_way(now: datetime) -> None:
    """The link test of every way that is set up and has another side. Not in drills: nothing leaves the building."""
    for room in ROOMS.values():
        _try_way(room, now)


def _try_way(room: Room, now: datetime) -> None:
    if settings.ALLHANDS_WORLD == "drill" or room.check is None or room.is_configured is None:
        return
    if room.is_configured():
        models.ChannelTest.objects.create(channel=room.way.value, at=now, code=room.check()[:64])

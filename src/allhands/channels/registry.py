"""Every way out, in the order people are shown: the widest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allhands.channels.cards import artefacts as cards
from allhands.channels.contracts import Way
from allhands.channels.email import artefacts as email
from allhands.channels.feeds import artefacts as feeds
from allhands.channels.ipaws import artefacts as ipaws
from allhands.channels.posters import artefacts as posters
from allhands.channels.push import artefacts as push
from allhands.channels.roadsigns import artefacts as signs
from allhands.channels.rooms import Room
from allhands.channels.sms import artefacts as sms
from allhands.channels.webhooks import artefacts as webhooks
from allhands.wire import wea

_ROOMS: Final = (
    Room(
        way=Way.IPAWS,
        limits={"long_text": wea.LONG_LIMIT, "short_text": wea.SHORT_LIMIT, "vertices": 100, "counties": 31},
        assemble=ipaws.assemble,
        is_configured=lambda: False,
        check=None,
        recipients=lambda _message: (),
        open_sender=None,
    ),
    Room(
        way=Way.SIGNS,
        limits={"lines": 3, "pages": 2},
        assemble=signs.assemble,
        is_configured=lambda: False,
        check=None,
        recipients=lambda _message: (),
        open_sender=None,
    ),
    Room(
        way=Way.SMS,
        limits={"septets": sms.LIMIT, "parts": sms.PARTS},
        assemble=sms.assemble,
        is_configured=lambda: False,
        check=None,
        recipients=None,
        open_sender=None,
    ),
    Room(
        way=Way.EMAIL,
        limits={},
        assemble=email.assemble,
        is_configured=lambda: False,
        check=None,
        recipients=None,
        open_sender=None,
    ),
    Room(
        way=Way.PUSH,
        limits={"octets": push.LIMIT_OCTETS},
        assemble=push.assemble,
        is_configured=lambda: False,
        check=None,
        recipients=None,
        open_sender=None,
    ),
    Room(
        way=Way.WEBHOOKS,
        limits={},
        assemble=webhooks.assemble,
        is_configured=lambda: False,
        check=None,
        recipients=lambda _message: (),
        open_sender=None,
    ),
    Room(
        way=Way.FEEDS,
        limits={},
        assemble=feeds.assemble,
        is_configured=None,
        check=None,
        recipients=None,
        open_sender=None,
    ),
    Room(
        way=Way.POSTERS,
        limits={},
        assemble=posters.assemble,
        is_configured=None,
        check=None,
        recipients=None,
        open_sender=None,
    ),
    Room(
        way=Way.CARDS,
        limits={},
        assemble=cards.assemble,
        is_configured=None,
        check=None,
        recipients=None,
        open_sender=None,
    ),
)

ROOMS: Final[Mapping[Way, Room]] = {room.way: room for room in _ROOMS}

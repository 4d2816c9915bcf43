"""Every way out, in the order people are shown: the widest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from allhands.channels.cards import artefacts as cards
from allhands.channels.contracts import Way
from allhands.channels.email import artefacts as email
from allhands.channels.email import subscribers as email_client
from allhands.channels.feeds import artefacts as feeds
from allhands.channels.ipaws import artefacts as ipaws
from allhands.channels.ipaws import client as ipaws_client
from allhands.channels.posters import artefacts as posters
from allhands.channels.push import artefacts as push
from allhands.channels.push import client as push_client
from allhands.channels.roadsigns import artefacts as signs
from allhands.channels.roadsigns import client as sign_client
from allhands.channels.roadsigns import inventory as sign_inventory
from allhands.channels.rooms import Room
from allhands.channels.sms import artefacts as sms
from allhands.channels.sms import client as sms_client
from allhands.channels.webhooks import artefacts as webhooks
from allhands.channels.webhooks import client as webhook_client
from allhands.channels.webhooks import recipients as webhook_recipients
from allhands.wire import wea

_ROOMS: Final = (
    Room(
        way=Way.IPAWS,
        limits={"long_text": wea.LONG_LIMIT, "short_text": wea.SHORT_LIMIT, "vertices": 100, "counties": 31},
        assemble=ipaws.assemble,
        is_configured=ipaws_client.is_configured,
        check=ipaws_client.check,
        recipients=ipaws_client.recipients,
        open_sender=ipaws_client.open_sender,
    ),
    Room(
        way=Way.SIGNS,
        limits={"lines": 3, "pages": 2},
        assemble=signs.assemble,
        is_configured=sign_inventory.is_configured,
        check=None,
        recipients=sign_inventory.recipients,
        open_sender=sign_client.open_sender,
    ),
    Room(
        way=Way.SMS,
        limits={"septets": sms.LIMIT, "parts": sms.PARTS},
        assemble=sms.assemble,
        is_configured=sms_client.is_configured,
        check=sms_client.check,
        recipients=None,
        open_sender=sms_client.open_sender,
    ),
    Room(
        way=Way.EMAIL,
        limits={},
        assemble=email.assemble,
        is_configured=email_client.is_configured,
        check=email_client.check,
        recipients=None,
        open_sender=email_client.open_sender,
    ),
    Room(
        way=Way.PUSH,
        limits={"octets": push.LIMIT_OCTETS},
        assemble=push.assemble,
        is_configured=push_client.is_configured,
        check=push_client.check,
        recipients=None,
        open_sender=push_client.open_sender,
    ),
    Room(
        way=Way.WEBHOOKS,
        limits={},
        assemble=webhooks.assemble,
        is_configured=webhook_client.is_configured,
        check=None,
        recipients=webhook_recipients.recipients,
        open_sender=webhook_client.open_sender,
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

"""Proof from outside that IPAWS let an alert out: our own identifier in its public list."""

from __future__ import annotations

from datetime import datetime

from allhands.channels import models
from allhands.channels.actions import receipts
from allhands.channels.contracts import SendingState, Way
from allhands.channels.ipaws import feed
from allhands.channels.ipaws.client import KEY
from allhands.channels.ipaws.configuration import find_ipaws_settings
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


def look_for_released(now: datetime) -> int:
    """How many of our alerts were found. Asks only while one is waited for, and only where an address is set."""
    given = find_ipaws_settings()
    waited_for = _waited_for(now)
    if given is None or not given.feed_url or not waited_for:
        return 0
    identifiers = feed.released(given, now) or frozenset()
    found = [copy_id for copy_id, identifier in waited_for if identifier in identifiers]
    for copy_id in found:
        receipts.copy_arrived(copy_id, "in-public-list", now)
    return len(found)


def _waited_for(now: datetime) -> list[tuple[int, str]]:
    with acting_as(SYSTEM):
        rows = models.Sending.objects.filter(
            broadcast__way=Way.IPAWS.value,
            recipient_key=KEY,
            state__in=[SendingState.ACCEPTED.value, SendingState.UNCERTAIN.value, SendingState.UNCONFIRMED.value],
            changed_at__gt=now - feed.LOOK_BACK,
        )
        return list(rows.values_list("id", "broadcast__identifier"))

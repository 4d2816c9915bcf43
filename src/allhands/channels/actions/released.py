"""What became of our alerts at IPAWS: our own identifier in its public list, or at least among what it holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from allhands.channels import models
from allhands.channels.actions import receipts
from allhands.channels.contracts import SendingState, Way
from allhands.channels.ipaws import feed, messages
from allhands.channels.ipaws.client import KEY
from allhands.channels.ipaws.configuration import find_ipaws_settings
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as


def look_for_released(now: datetime) -> int:
    """How many of our alerts were found. Asks only while one is waited for.

    The public list proves that an alert is out. Of a copy about which we are unsure (no answer, or one that we do not
    know) IPAWS itself is asked too: that it holds the message settles that it came, not that it left.
    """
    given = find_ipaws_settings()
    waited_for = _waited_for(now)
    if given is None or not waited_for:
        return 0
    out = (feed.released(given, now) or frozenset()) if given.feed_url else frozenset()
    found = [one for one in waited_for if one.identifier in out]
    for one in found:
        receipts.copy_arrived(one.copy_id, "in-public-list", now)
    unsure = [one for one in waited_for if one.is_unsure and one not in found]
    kept = (messages.held(given, now - feed.LOOK_BACK) or frozenset()) if unsure else frozenset()
    taken = [one for one in unsure if one.identifier in kept]
    for one in taken:
        receipts.copy_taken(one.copy_id, "held-by-ipaws", now)
    return len(found) + len(taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A copy of which somebody else's word is waited for."""

    copy_id: int
    identifier: str
    is_unsure: bool


def _waited_for(now: datetime) -> list[Waiting]:
    with acting_as(SYSTEM):
        rows = models.Sending.objects.filter(
            broadcast__way=Way.IPAWS.value,
            recipient_key=KEY,
            state__in=[SendingState.ACCEPTED.value, SendingState.UNCERTAIN.value, SendingState.UNCONFIRMED.value],
            changed_at__gt=now - feed.LOOK_BACK,
        )
        return [
            Waiting(copy_id=key, identifier=identifier, is_unsure=state != SendingState.ACCEPTED.value)
            for key, identifier, state in rows.values_list("id", "broadcast__identifier", "state")
        ]

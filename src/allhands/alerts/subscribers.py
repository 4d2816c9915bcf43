"""Who asked to be told and is inside an area: a handful of spans looked up in an index, read in a stream.

Each subscription holds one coarse cell. An area is covered by as few cells as possible, large ones inside and small
ones at its edge; each is a span of the numbers of small cells. Memory does not grow with the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.conf import settings
from django.db import connection

from allhands.alerts import cells
from allhands.alerts.contracts import AlertArea, AlertMessage, Language, MessageKind, Subscriber
from allhands.channels import api as channels
from allhands.channels.contracts import SUBSCRIBER_WAYS, Way
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_AT_ONCE = 2_000
# The function stands in guards.py.
_INSIDE = (
    "SELECT id, address, language, stop_key FROM alerts_subscribers_inside(%s::bigint[], %s::bigint[], %s::text[], %s)"
)
_HOW_MANY = "SELECT count(*) FROM alerts_subscribers_inside(%s::bigint[], %s::bigint[], %s::text[], %s)"
_CHANNEL_OF: Mapping[str, str] = {Way.EMAIL.value: "EMAIL", Way.SMS.value: "SMS"}


def recipients_of(message: AlertMessage, *, ways: Sequence[str]) -> dict[Way, Iterable[Subscriber]]:
    """A stream of subscribers for each way that has any.

    An alert goes to whoever is inside its area; an update also to whoever got an earlier one; that it is over, to
    exactly those who got it or may have.
    """
    found: dict[Way, Iterable[Subscriber]] = {}
    for way in (Way(one) for one in ways if Way(one) in SUBSCRIBER_WAYS):
        earlier = channels.recipients_of(message.alert_id, way)
        here = (
            inside(message.area, _CHANNEL_OF[way.value], message.transmission_id)
            if way.value in _CHANNEL_OF
            else iter(())
        )
        match message.kind:
            case MessageKind.ALERT:
                found[way] = here
            case MessageKind.UPDATE:
                found[way] = chain(earlier, here)
            case MessageKind.CANCEL:
                found[way] = earlier
    return found


def inside(area: AlertArea, channel: str, through: str = "") -> Iterator[Subscriber]:
    """Everybody inside the area who confirmed, by one channel.

    Args:
        through: the transmission they get, so that a stop through its link is counted for it.
    """
    before, after = stop_url("|", through).split("|")  # asked once: settings are slow, and there may be 100,000 people
    with acting_as(SYSTEM), connection.chunked_cursor() as cursor:
        cursor.execute(_INSIDE, _asked(area, channel))
        while rows := cursor.fetchmany(_AT_ONCE):
            for key, address, language, stop_key in rows:
                spoken: Language = "es" if language == "es" else "en"
                yield Subscriber(key=key, address=address, language=spoken, stop_url=f"{before}{stop_key}{after}")


def count_inside(area: AlertArea) -> int:
    """How many people who confirmed are inside."""
    with acting_as(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_HOW_MANY, _asked(area, ""))
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def stop_url(stop_key: str, through: str = "") -> str:
    """The page that ends a subscription with one click."""
    page = f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/alerts/near-me/{stop_key}"
    return f"{page}?t={through}" if through else page


def _asked(area: AlertArea, channel: str) -> tuple[list[int], list[int], list[str], str]:
    spans = sorted(cells.span(one) for one in cells.cover(area))
    return [low for low, _ in spans], [high for _, high in spans], list(area.county_fips), channel

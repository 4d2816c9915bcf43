"""Who asked to be told and is inside an area: a handful of cells looked up in an index, read in a stream.

Each subscription holds its cell and every coarser cell around it. An area is covered by as few cells as possible, large
ones inside and small ones at its edge, and whoever holds one of them is inside. Memory does not grow with the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.conf import settings
from django.db.models import Q, QuerySet

from allhands.alerts import cells, models
from allhands.alerts.contracts import AlertArea, AlertMessage, Subscriber
from allhands.channels.contracts import Way
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_AT_ONCE = 2_000
_CHANNEL_OF: Mapping[str, str] = {Way.EMAIL.value: "EMAIL", Way.SMS.value: "SMS"}


def recipients_of(message: AlertMessage, *, ways: Sequence[str]) -> dict[Way, Iterable[Subscriber]]:
    """A stream of subscribers inside the message's area for each way that has any."""
    return {Way(way): inside(message.area, _CHANNEL_OF[way]) for way in ways if way in _CHANNEL_OF}


def inside(area: AlertArea, channel: str) -> Iterator[Subscriber]:
    """Everybody inside the area who confirmed, by one channel."""
    with acting_as(SYSTEM):
        rows = _inside(area).filter(channel=channel).values_list("id", "address", "language", "stop_key")
        for key, address, language, stop_key in rows.iterator(chunk_size=_AT_ONCE):
            yield Subscriber(key=key, address=address, language=language, stop_url=stop_url(stop_key))


def count_inside(area: AlertArea) -> int:
    """How many people who confirmed are inside."""
    with acting_as(SYSTEM):
        return _inside(area).count()


def stop_url(stop_key: str) -> str:
    """The page that ends a subscription with one click."""
    return f"{settings.ALLHANDS_ORIGIN.rstrip('/')}/alerts/near-me/{stop_key}"


def _inside(area: AlertArea) -> QuerySet[models.Subscription]:
    covering = list(cells.cover(area))
    somewhere = Q(county_fips__in=area.county_fips) if area.county_fips else Q(pk__in=[])
    if covering:
        somewhere |= Q(cells__overlap=covering)
    return models.Subscription.objects.filter(somewhere, state="ACTIVE", paused_until__isnull=True)

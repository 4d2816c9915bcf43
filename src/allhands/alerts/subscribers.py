"""Who asked to be told and is inside an area: a handful of cells looked up in an index, read in a stream.

Each subscription holds its cell and every coarser cell around it. An area is covered by as few cells as possible, large
ones inside and small ones at its edge, and whoever holds one of them is inside. Memory does not grow with the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.conf import settings
from django.db.models import Q, QuerySet

from allhands.alerts import cells, models
from allhands.alerts.contracts import AlertArea, AlertMessage, Language, MessageKind, Subscriber
from allhands.channels import api as channels
from allhands.channels.contracts import SUBSCRIBER_WAYS, Way
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_AT_ONCE = 2_000
_CHANNEL_OF: Mapping[str, str] = {Way.EMAIL.value: "EMAIL", Way.SMS.value: "SMS"}


def recipients_of(message: AlertMessage, *, ways: Sequence[str]) -> dict[Way, Iterable[Subscriber]]:
    """A stream of subscribers for each way that has any.

    An alert goes to whoever is inside its area; an update also to whoever got an earlier one; that it is over, to
    exactly those who got it or may have.
    """
    found: dict[Way, Iterable[Subscriber]] = {}
    for way in (Way(one) for one in ways if Way(one) in SUBSCRIBER_WAYS):
        earlier = channels.recipients_of(message.alert_id, way)
        here = inside(message.area, _CHANNEL_OF[way.value]) if way.value in _CHANNEL_OF else iter(())
        match message.kind:
            case MessageKind.ALERT:
                found[way] = here
            case MessageKind.UPDATE:
                found[way] = chain(earlier, here)
            case MessageKind.CANCEL:
                found[way] = earlier
    return found


def inside(area: AlertArea, channel: str) -> Iterator[Subscriber]:
    """Everybody inside the area who confirmed, by one channel."""
    with acting_as(SYSTEM):
        rows = _inside(area).filter(channel=channel).values_list("id", "address", "language", "stop_key")
        for key, address, language, stop_key in rows.iterator(chunk_size=_AT_ONCE):
            spoken: Language = "es" if language == "es" else "en"
            yield Subscriber(key=key, address=address, language=spoken, stop_url=stop_url(stop_key))


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

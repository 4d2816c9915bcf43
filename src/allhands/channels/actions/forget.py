"""Forget who got an alert once nobody needs it any more, and what was in it when its record is destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from allhands.alerts.contracts import TransmissionId
from allhands.channels import models
from allhands.channels.contracts import SUBSCRIBER_WAYS
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

# Receipts of carriers come up to 72 hours later, complaints within weeks. Longer keeps people's addresses for nothing.
KEPT_FOR = timedelta(days=30)
_CHUNK = 10_000


def forget_recipients(now: datetime) -> int:
    """How many addresses were forgotten. Counts, states and times stay."""
    ways = [way.value for way in SUBSCRIBER_WAYS]
    forgotten = 0
    while True:
        with acting_as(SYSTEM):
            old = models.Sending.objects.filter(
                ~Q(address="") | ~Q(stop_url=""),
                broadcast__way__in=ways,
                broadcast__expires_at__lt=now - KEPT_FOR,
                changed_at__lt=now - KEPT_FOR,
            )
            keys = list(old.order_by("id").values_list("id", flat=True)[:_CHUNK])
            forgotten += models.Sending.objects.filter(pk__in=keys).update(address="", stop_url="")
        if len(keys) < _CHUNK:
            return forgotten


def forget_files(transmission_ids: Iterable[TransmissionId]) -> None:
    """Empty the files of these transmissions on every way. The platform must be acting, the record's key destroyed."""
    files = models.FrozenArtefact.objects.filter(broadcast__transmission_id__in=list(transmission_ids))
    files.update(content=b"", text="")

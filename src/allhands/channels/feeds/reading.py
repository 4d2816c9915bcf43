"""Reads what the public lists show now."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min, Q, QuerySet

from allhands.alerts.contracts import MessageKind
from allhands.channels import models
from allhands.channels.contracts import Way
from allhands.channels.copies import CANCEL_GRACE
from allhands.channels.feeds.listing import Listed
from allhands.channels.ipaws.document import NAME
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as

_LONGEST_LIST = 200


def list_public(now: datetime) -> tuple[Listed, ...]:
    """Alerts in force, and for a day the word that one has ended; newest first."""
    return _list(Way.FEEDS, now)


def list_for_signs(now: datetime) -> tuple[Listed, ...]:
    """The same for traffic centres."""
    return _list(Way.SIGNS, now)


def _list(way: Way, now: datetime) -> tuple[Listed, ...]:
    with acting_as(SYSTEM):
        rows = _newest(way).filter(_in_force(now)).order_by("-created_at", "pk")[:_LONGEST_LIST]
        chosen = [row for row in rows if row.condition == "WORKS"]
        first = dict(
            models.Broadcast.objects.filter(alert_id__in=[row.alert_id for row in chosen], way=way.value)
            .values_list("alert_id")
            .annotate(first=Min("created_at"))
        )
        listed = [_listed(row, first[row.alert_id]) for row in chosen]
    return tuple(one for one in listed if one is not None)


def _in_force(now: datetime) -> Q:
    is_over = Q(kind=MessageKind.CANCEL.value)
    return (~is_over & Q(expires_at__gt=now)) | (is_over & Q(created_at__gt=now - CANCEL_GRACE))


def _newest(way: Way) -> QuerySet[models.Broadcast]:
    newest = models.Broadcast.objects.filter(way=way.value).order_by("alert_id", "-created_at").distinct("alert_id")
    return models.Broadcast.objects.filter(pk__in=newest.values("pk"))


def _listed(row: models.Broadcast, first_at: datetime) -> Listed | None:
    files = {
        file.name: bytes(file.content)
        for file in row.artefacts.filter(leaves=True)
        if _is_listed(file.name) and file.content
    }
    entries = {one: files[f"entry-{one}.json"] for one in ("en", "es") if f"entry-{one}.json" in files}
    if NAME not in files or "en" not in entries:
        return None
    return Listed(
        alert_id=row.alert_id,
        is_over=row.kind == MessageKind.CANCEL.value,
        first_at=first_at,
        changed_at=row.created_at,
        entries=entries,
        document=files[NAME],
    )


def _is_listed(name: str) -> bool:
    return name == NAME or name.startswith("entry-")

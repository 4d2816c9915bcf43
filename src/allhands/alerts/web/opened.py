"""An alert opened for a reader: what may be done, and the draft."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from allhands.access import api as access
from allhands.agencies import api as agencies
from allhands.agencies.presenting import Reader, reader_of
from allhands.alerts import drafting, queries
from allhands.alerts.contracts import AlertState, AlertView
from allhands.kernel.errors import Denied
from allhands.platform.web.asking import require_actor

WRITABLE = frozenset({AlertState.DRAFT, AlertState.RETURNED, AlertState.OFFERED, AlertState.LIVE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of writing, as a link."""

    number: int
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """Args:
    zone: of the authority that will send it: every time on it is read there.
    """

    reader: Reader
    alert: AlertView
    draft: drafting.Draft
    zone: ZoneInfo

    @property
    def title(self) -> str:
        """The way that was asked for."""
        return self.reader.said(self.alert.request.title)


def open_alert(request: HttpRequest, alert_id: str, *, to_write: bool = False) -> Opened:
    """The alert, through the door.

    Raises:
        Denied: it does not exist, is not for this reader, or is over and cannot be written on.
    """
    reader = reader_of(require_actor(request))
    found = queries.find_alert(alert_id)
    if found is None:
        raise Denied("alert")
    door = queries.alert_access(found)
    if to_write:
        access.check_write_alert(reader.actor, door)
        if found.state not in WRITABLE:
            raise Denied("alert-over")
    else:
        access.check_view_alert(reader.actor, door)
    first = found.request.authority_ids[0] if found.request.authority_ids else None
    zone = ZoneInfo(agencies.get_agency(first).time_zone) if first else reader.zone
    return Opened(reader=reader, alert=found, draft=drafting.from_json(found.draft), zone=zone)


def steps(opened: Opened, current: str) -> tuple[Step, ...]:
    """The four steps: words, area, look, approval."""
    names = (
        ("alert-write", _("Words")),
        ("alert-area", _("Area")),
        ("alert-look", _("Look at all")),
        ("alert", _("Approval")),
    )
    return tuple(
        Step(number=place, label=label, href=reverse(name, args=[opened.alert.alert_id]), current=name == current)
        for place, (name, label) in enumerate(names, 1)
    )

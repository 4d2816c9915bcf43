"""The alert desk: what waits for this agency, what is out, what is being written."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.agencies.presenting import Reader, reader_of
from allhands.alerts import consents, presenting, queries
from allhands.alerts.contracts import AlertState, AlertView
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import Moment

_WRITTEN = (AlertState.DRAFT, AlertState.RETURNED)
_MOST_OVER = 20
_OVER = (AlertState.TAKEN_BACK, AlertState.ENDED, AlertState.REFUSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertLine:
    """One alert on the desk."""

    href: str
    title: str
    child: str
    state: str
    changed: Moment
    ends: Moment | None
    by: str


@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """What must I decide, and what is out?"""
    reader = reader_of(require_actor(request))
    actor = reader.actor
    found = _mine(queries.list_alerts(list(AlertState)), reader)
    lost = consents.lost_of(found, reader.now)
    context = {
        "asked": [
            presenting.request_line(one, reader)
            for one in queries.list_asked_of(actor.agency_id)
            if access.can(access.check_view_alert, actor, queries.access_of(one))
        ],
        "offered": [_line(one, reader) for one in found if _waits(one)],
        "lost": [_line(one, reader) for one in found if one.alert_id in lost],
        "live": [_line(one, reader) for one in found if one.state is AlertState.LIVE],
        "written": [_line(one, reader) for one in found if one.state in _WRITTEN],
        "over": [_line(one, reader) for one in found if one.state in _OVER],
        "may_operate": access.can(access.check_operate, actor),
    }
    return render(request, "alerts/desk.html", context)


def _mine(found: tuple[AlertView, ...], reader: Reader) -> tuple[AlertView, ...]:
    """Those the door lets this person see: whoever runs the house sees no child, although the rows are the agency's.

    What is over is asked about only as far as it is shown.
    """
    over = [one for one in found if one.state in _OVER][:_MOST_OVER]
    asked = [one for one in found if one.state not in _OVER] + over
    return tuple(one for one in asked if access.can(access.check_view_alert, reader.actor, queries.alert_access(one)))


def _waits(one: AlertView) -> bool:
    return one.state is AlertState.OFFERED or (one.state is AlertState.LIVE and one.offered_at is not None)


def _line(one: AlertView, reader: Reader) -> AlertLine:
    return AlertLine(
        href=f"/alerts/{one.alert_id}",
        title=reader.said(one.request.title),
        child=one.request.child,
        state=presenting.alert_state(one),
        changed=reader.moment(one.changed_at),
        ends=reader.moment(one.expires_at) if one.expires_at and one.state is AlertState.LIVE else None,
        by=one.written_by,
    )

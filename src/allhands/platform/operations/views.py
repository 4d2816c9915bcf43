"""The operator's page, and the two decisions on a stopped job."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from allhands.kernel.actors import Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.platform.audit import api as audit
from allhands.platform.jobs import api as jobs
from allhands.platform.operations import api, presenters
from allhands.platform.web.asking import require_actor


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What needs a person, channels, jobs."""
    _require_operator(request)
    now = timezone.now()
    seen = presenters.Seen(
        jobs=jobs.list_stuck(now),
        counts=jobs.count_by_state(),
        beat=jobs.last_heartbeat(),
        channels=api.list_channels(),
        asks=api.list_asks(now),
        backup_at=audit.last_at(audit.Event.BACKUP_MADE),
    )
    return render(request, "platform/operations/operations.html", {"page": presenters.present(seen, now)})


@require_POST
def retry(request: HttpRequest, job_id: int) -> HttpResponseRedirect:
    """Try a stopped job again."""
    return _decide(request, job_id, jobs.retry_stuck)


@require_POST
def drop(request: HttpRequest, job_id: int) -> HttpResponseRedirect:
    """Give a stopped job up."""
    return _decide(request, job_id, jobs.drop_stuck)


def _decide(
    request: HttpRequest, job_id: int, decision: Callable[[Actor, int, datetime], None]
) -> HttpResponseRedirect:
    actor = _require_operator(request)
    with suppress(Refused):  # somebody else was faster: the page shows what is left
        decision(actor, job_id, timezone.now())
    return redirect(reverse("operations"))


def _require_operator(request: HttpRequest) -> Actor:
    actor = require_actor(request)
    if actor.role is not Role.OPERATOR:
        raise Denied("operate")
    return actor

"""What was refused, by county and quarter, and for which reasons. Nobody's child stands in it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.agencies.presenting import reader_of
from allhands.alerts import queries, refusing
from allhands.platform.web.asking import require_actor


@require_GET
def refusals(request: HttpRequest) -> HttpResponse:
    """The report."""
    reader = reader_of(require_actor(request))
    access.check_report(reader.actor)
    cells = refusing.hide(queries.count_requests(reader.lang))
    reasons = [(words, n) for words, n in queries.count_reasons(reader.lang) if n >= refusing.SMALLEST]
    context = {"cells": cells, "reasons": reasons, "smallest": refusing.SMALLEST}
    return render(request, "alerts/refusals.html", context)

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
    counted, left_out = queries.count_requests(reader.lang)
    reasons = [(words, n) for words, n in queries.count_reasons(reader.lang) if n >= refusing.SMALLEST]
    context = {
        "cells": refusing.hide(counted),
        "reasons": reasons,
        "smallest": refusing.SMALLEST,
        # A small number could point at the nation's child; that somebody is left out is said all the same.
        "left_out": left_out if left_out >= refusing.SMALLEST else 0,
        "some_left_out": 0 < left_out < refusing.SMALLEST,
    }
    return render(request, "alerts/refusals.html", context)

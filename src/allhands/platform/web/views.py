"""Pages for machines: alive, ready, metrics."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from allhands.platform.jobs import api as jobs
from allhands.platform.web import health, metrics
from allhands.platform.web.asking import for_machines

_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})


@for_machines
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while the process answers at all."""
    return JsonResponse({"status": "alive"})


@for_machines
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when database, migrations and worker are in order and maps and packs are read; 503 says what is not."""
    problems = health.list_problems()
    return JsonResponse(
        {"status": "not ready" if problems else "ready", "problems": problems}, status=503 if problems else 200
    )


@for_machines
@require_safe
def show_metrics(request: HttpRequest) -> HttpResponse:
    """Counts and times, for this machine or for who brings ALLHANDS_METRICS_TOKEN; others find no such page."""
    if not _may_read(request):
        raise Http404
    return HttpResponse(metrics.write(jobs.count_by_state()), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = settings.ALLHANDS_METRICS_TOKEN
    if token:
        return hmac.compare_digest(request.headers.get("Authorization", "").encode(), f"Bearer {token}".encode())
    return request.META.get("REMOTE_ADDR") in _THIS_MACHINE and "X-Forwarded-For" not in request.headers

"""What a witness reads: the newest checkpoint, the key, and the proof between two checkpoints. No entry, ever."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from allhands.platform.proof import api
from allhands.platform.web.asking import for_machines

_TEXT = "text/plain; charset=utf-8"


@for_machines
@require_safe
def show_checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest signed checkpoint; 404 before the first."""
    last = api.last_checkpoint()
    if last is None:
        raise Http404
    return HttpResponse(last.note, content_type=_TEXT)


@for_machines
@require_safe
def show_key(request: HttpRequest) -> HttpResponse:
    """The public key as one line. A witness keeps its own copy: a key fetched anew each time proves nothing."""
    return HttpResponse(api.verifier().line() + "\n", content_type=_TEXT)


@for_machines
@require_safe
def show_growth(request: HttpRequest, old: int, new: int) -> HttpResponse:
    """The proof that the newer checkpoint only added to the older; 404 when we signed no such two."""
    try:
        return JsonResponse(api.prove_growth(old, new))
    except api.NoProof as none:
        raise Http404 from none

"""Where providers of text messages tell us what became of one, and what people answered: signed, or not at all."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from allhands.channels import api as channels


@csrf_exempt
@require_POST
def sms(request: HttpRequest) -> HttpResponse:
    """Every word counts once, however often it is told; 403 when it is not signed with the account's token."""
    if request.content_type == "multipart/form-data":  # no provider signs one, and its raw bytes are gone by now
        return HttpResponse(status=415)
    url = channels.sms_callback_url()
    query = request.META.get("QUERY_STRING", "")
    heard = channels.hear_provider(
        f"{url}?{query}" if query else url,
        request.body,
        request.content_type or "",
        request.headers.get(channels.SMS_SIGNATURE_HEADER, ""),
        timezone.now(),
    )
    return HttpResponse(status=204 if heard else 403)

"""The public page of an alert: have I seen this child, and whom do I tell? Afterwards it says only that it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from allhands.alerts import api as alerts
from allhands.alerts.contracts import AlertMessage, AlertStatus, AlertText, Ending, PublicAlert
from allhands.channels import api as channels
from allhands.channels.contracts import Way
from allhands.ui.wording import Hours, Lang, Moment, as_lang, moment

_GONE_FOR_ALL = "noindex, nofollow, noarchive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What a link to the page shows where it is shared (Open Graph)."""

    description: str
    image: str
    image_alt: str


@require_GET
def alert(request: HttpRequest, code: str) -> HttpResponse:
    """The alert while it is out; a thank-you or a placeholder afterwards, for ever."""
    found = _find(code)
    now, lang = timezone.now(), as_lang(get_language())
    message = found.message if found.message and found.message.expires_at > now else None
    text = _text(message, lang) if message else None
    context = {
        "found": found,
        "is_home": found.ending == Ending.FOUND.value,
        "message": message,
        "text": text,
        "shared": _shared(message, text, lang) if message and text else None,
        "ends": _ends(message, found.time_zone, now, lang) if message else None,
        "mark": _mark(message) if message else "",
        "said_mark": _said_mark(message) if message else "",
        "has_other_language": message is not None and lang not in message.texts,
        "tel": message.call.e164 if message else "",
        "world_is_live": message is None or message.world == "live",
    }
    response = render(request, "alerts/public.html", context, status=200 if message else 410)
    response["X-Robots-Tag"] = _GONE_FOR_ALL
    return response


@require_GET
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """The picture while the alert is out; nothing afterwards."""
    del request
    found = _find(code)
    message = found.message
    if message is None or message.photo is None or message.expires_at <= timezone.now():
        raise Http404
    response = HttpResponse(message.photo.jpeg, content_type="image/jpeg")
    response["X-Robots-Tag"] = _GONE_FOR_ALL
    return response


@require_GET
def card(request: HttpRequest, code: str, lang: str) -> HttpResponse:
    """The card a shared link shows, as it was frozen; nothing once the alert is over."""
    del request
    found = _find(code)
    message = found.message
    if message is None or message.expires_at <= timezone.now() or lang not in message.texts:
        raise Http404
    frozen = channels.artefact(message.transmission_id, Way.CARDS, f"card-1200x630-{lang}.png")
    if frozen is None:
        raise Http404
    response = HttpResponse(frozen.content, content_type=frozen.media_type)
    response["X-Robots-Tag"] = _GONE_FOR_ALL
    response["Cache-Control"] = "public, max-age=60"  # a taking back reaches every reader after this at the latest
    return response


def _shared(message: AlertMessage, text: AlertText, lang: Lang) -> Shared:
    seen = ", ".join(part for part in (text.last_seen_place, text.last_seen_at) if part)
    parts = [f"{gettext('Last seen')}: {seen}." if seen else "", text.instruction]
    spoken = lang if lang in message.texts else "en"
    return Shared(
        description=_said_mark(message) + " ".join(part for part in parts if part),
        image=f"{message.public_url}/card-{spoken}.png",
        image_alt=_said_mark(message)
        + ". ".join(part.rstrip(".") for part in (text.headline, text.description, text.clothing) if part),
    )


def _find(code: str) -> PublicAlert:
    found = alerts.find_public(code)
    if found is None:
        raise Http404
    return found


def _text(message: AlertMessage, lang: str) -> AlertText:
    return next((text for key, text in message.texts.items() if key == lang), message.texts["en"])


def _ends(message: AlertMessage, zone: str, now: datetime, lang: Lang) -> Moment:
    """When it ends, in the zone of whoever sent it."""
    return moment(message.expires_at, now=now, zone=ZoneInfo(zone), lang=lang, hours=Hours.PUBLIC)


def _said_mark(message: AlertMessage) -> str:
    """The same in the reader's language, before the headline and whatever is shared; empty when it is real."""
    said = {AlertStatus.TEST: gettext("TEST"), AlertStatus.EXERCISE: gettext("EXERCISE")}.get(message.status, "")
    return f"{said}: " if said else ""


def _mark(message: AlertMessage) -> str:
    """The word that nobody can overlook when this is not real."""
    return "" if message.status is AlertStatus.ACTUAL else message.status.value

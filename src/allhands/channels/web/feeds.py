"""The public lists: cacheable by anybody, the same for everybody, and nothing of an alert in them once it has ended."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from allhands.channels import api as channels
from allhands.channels.feeds import listing
from allhands.channels.feeds.listing import Listed
from allhands.wire import feeds

# A taking back reaches every reader after this at the latest.
_FRESH_SECONDS = 60
_ATOM, _JSON, _CAP = "application/atom+xml", "application/feed+json", "application/cap+xml"


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """Alerts as Atom, each with its CAP document."""
    listed = channels.list_public(timezone.now())
    return _answer(request, feeds.encode_atom(_feed(request, listed)), _ATOM, listing.changed_at(listed))


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """Alerts as JSON Feed."""
    listed = channels.list_public(timezone.now())
    return _answer(request, feeds.encode_json(_feed(request, listed)), _JSON, listing.changed_at(listed))


@require_safe
def signs(request: HttpRequest) -> HttpResponse:
    """Alerts for traffic centres: the CAP documents with a MULTI text for each type of sign, as Atom."""
    listed = channels.list_for_signs(timezone.now())
    feed = listing.feed_of(listed, _origin(), "/feeds/signs.atom", "en", document="/feeds/signs/{alert}.cap")
    return _answer(request, feeds.encode_atom(feed), _ATOM, listing.changed_at(listed))


@require_safe
def document(request: HttpRequest, alert_id: str) -> HttpResponse:
    """The CAP document of one alert, that of its end included."""
    return _document(request, channels.list_public(timezone.now()), alert_id)


@require_safe
def sign_document(request: HttpRequest, alert_id: str) -> HttpResponse:
    """The CAP document with MULTI texts of one alert."""
    return _document(request, channels.list_for_signs(timezone.now()), alert_id)


def _document(request: HttpRequest, listed: tuple[Listed, ...], alert_id: str) -> HttpResponse:
    found = next((one for one in listed if one.alert_id == alert_id), None)
    if found is None:
        return HttpResponseNotFound("No alert of this name is in force.", content_type="text/plain; charset=utf-8")
    return _answer(request, found.document, _CAP, found.changed_at)


def _feed(request: HttpRequest, listed: tuple[Listed, ...]) -> feeds.Feed:
    language = "es" if request.GET.get("lang") == "es" else "en"
    return listing.feed_of(listed, _origin(), request.get_full_path(), language, document="/feeds/alerts/{alert}.cap")


def _origin() -> str:
    return str(settings.ALLHANDS_ORIGIN).rstrip("/")


def _answer(request: HttpRequest, content: bytes, media_type: str, changed_at: datetime) -> HttpResponse:
    etag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    changed = int(changed_at.timestamp())
    response = HttpResponse(content, content_type=f"{media_type}; charset=utf-8")
    response["ETag"], response["Last-Modified"] = etag, http_date(changed)
    response["Cache-Control"] = f"public, max-age={_FRESH_SECONDS}"
    # Search engines would keep a child's name long after the alert has ended.
    response["X-Robots-Tag"] = "noindex, noarchive"
    response["Access-Control-Allow-Origin"] = "*"
    answered = get_conditional_response(request, etag=etag, last_modified=changed, response=response)
    assert isinstance(answered, HttpResponse)
    return answered

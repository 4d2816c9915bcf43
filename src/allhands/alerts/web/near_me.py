"""Tell me when a child is missing near me: pick a place, confirm with a code, change or stop in one press."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from allhands.alerts import presenting, queries, sending_codes
from allhands.alerts.actions import subscribing
from allhands.alerts.contracts import LatLon
from allhands.channels import api as channels
from allhands.geo.counties import find_county, list_counties
from allhands.geo.states import STATE_NAMES
from allhands.kernel.errors import Refused
from allhands.platform.web.too_many import check_not_too_many, status_of
from allhands.ui.components.error_summary.presenter import Problem
from allhands.ui.wording import as_lang

_YEAR = timedelta(days=365)


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Where, how, in which language."""
    state = str(request.POST.get("state") or request.GET.get("state") or "")
    problem, answer = Problem(words=""), 200
    if request.method == "POST" and "channel" in request.POST:
        try:
            check_not_too_many(request, "sign_up", field="address")
            wished = _typed(request)
            wish = subscribing.sign_up(wished, timezone.now())
            return redirect(f"{reverse('near-me-confirm')}?{urlencode({'by': wished.channel, 'wish': wish})}")
        except Refused as refused:
            problem, answer = presenting.problem_of(refused), status_of(refused)
    counted = queries.count_sent_since(timezone.now() - _YEAR)
    context = {
        "states": sorted(STATE_NAMES.items(), key=lambda one: one[1]),
        "state": state,
        "counties": list_counties(state, with_invented=settings.ALLHANDS_WORLD == "demo") if state else (),
        "typed": request.POST,
        "can_text": sending_codes.is_offered("SMS"),
        "text_to": channels.sms_number(),
        "language": request.POST.get("language") or as_lang(get_language()),
        "last_year": counted.count,
        "some_left_out": counted.left_out > 0,
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/near_me.html", context, status=answer)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The code that was sent. It says the same whether or not the address is known."""
    problem, answer = Problem(words=""), 200
    channel = "SMS" if (request.POST.get("channel") or request.GET.get("by")) == "SMS" else "EMAIL"
    if request.method == "POST":
        try:
            check_not_too_many(request, "sign_up_code", field="code")
            said = request.POST
            address, code = (str(said.get(name, "")) for name in ("address", "code"))
            key = subscribing.confirm(channel, address, code, timezone.now(), wish=str(said.get("wish", "")))
            return redirect("near-me-manage", stop_key=key)
        except Refused as refused:
            problem, answer = presenting.problem_of(refused), status_of(refused)
    context = {
        "channel": channel,
        "wish": request.POST.get("wish") or request.GET.get("wish", ""),
        "typed": request.POST,
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/near_me_confirm.html", context, status=answer)


@csrf_exempt  # a mail program posts here by itself when somebody presses its own "unsubscribe" (RFC 8058)
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, stop_key: str) -> HttpResponse:
    """Change, pause or stop. The address is not shown; an unknown link looks like one that was stopped."""
    now = timezone.now()
    if request.method == "POST":
        if request.POST.get("List-Unsubscribe") == "One-Click" or request.POST.get("act") == "stop":
            subscribing.stop(stop_key, str(request.GET.get("t", "")), now)
        elif request.POST.get("act") in {"pause", "go-on", "language"}:
            subscribing.change(
                stop_key,
                language=str(request.POST.get("language", "")),
                pause=request.POST.get("act") == "pause",
                now=now,
            )
        return redirect(request.get_full_path())
    if len(stop_key) > 64:
        raise Http404
    found = subscribing.find(stop_key)
    context = {
        "is_on": found is not None and found.state == "ACTIVE",
        "is_paused": found is not None and found.paused_until is not None,
        "language": found.language if found else "",
        "place": _place(found.county_fips) if found else "",
        "languages": _languages(),
    }
    response = render(request, "alerts/near_me_manage.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _place(county_fips: str) -> str:
    county = find_county(county_fips) if county_fips else None
    return f"{county.name}, {STATE_NAMES.get(county.state, county.state)}" if county else ""


def _languages() -> Mapping[str, str]:
    return {"en": "English", "es": "Español"}


def _typed(request: HttpRequest) -> subscribing.SignUp:
    said = request.POST
    language = str(said.get("language", ""))
    return subscribing.SignUp(
        channel="SMS" if said.get("channel") == "SMS" and sending_codes.is_offered("SMS") else "EMAIL",
        address=str(said.get("address", "")),
        language=language if language in {"en", "es"} else "en",
        county_fips=str(said.get("county_fips", ""))[:5],
        point=_point(str(said.get("point", ""))),
    )


def _point(typed: str) -> LatLon | None:
    parts = typed.replace(",", " ").split()
    if not parts:
        return None
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        lat, lon = 999.0, 999.0
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        words = _("Write the place as latitude, longitude, for example 46.877, -96.789, or choose a county.")
        raise Refused("somewhere", words, field="point")
    return (lat, lon)

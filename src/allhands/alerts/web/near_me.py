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

from allhands.alerts import cells, presenting, queries, refusing, sending_codes
from allhands.alerts.actions import subscribing
from allhands.alerts.contracts import LatLon
from allhands.alerts.web import cell_map
from allhands.channels import api as channels
from allhands.geo.counties import find_county, list_counties
from allhands.geo.states import STATE_NAMES
from allhands.geo.zips import find_zip
from allhands.kernel.errors import Refused
from allhands.platform.web.too_many import check_not_too_many, status_of
from allhands.ui.components.error_summary.presenter import Problem
from allhands.ui.wording import as_lang

_YEAR = timedelta(days=365)


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Where, how, in which language."""
    problem, answer = Problem(words=""), 200
    state, cell = str(request.POST.get("state") or request.GET.get("state") or ""), None
    try:
        state, cell = _looked_up(request, state)
    except Refused as refused:
        problem, answer = presenting.problem_of(refused), status_of(refused)
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
        "map": cell_map.present(cell) if cell is not None else None,
        "typed": request.POST,
        "around": request.GET.get("around", ""),
        "can_text": sending_codes.is_offered("SMS"),
        "text_to": channels.sms_number(),
        "language": request.POST.get("language") or as_lang(get_language()),
        "at_least": refusing.at_least(counted.count),
        "smallest": refusing.SMALLEST,
        "some_left_out": counted.left_out > 0,
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/near_me.html", context, status=answer)


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """The code that was sent, typed or come by the letter's link. It says the same whether or not the address is known.

    Nothing is confirmed by opening the link: programs that look through letters open it, too.
    """
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
    wish = str(request.POST.get("wish") or request.GET.get("wish", ""))
    wished = subscribing.read_wish(wish)
    context = {
        "channel": channel,
        "wish": wish if wished else "",
        "place": _place(wished.county_fips) if wished else "",
        "typed": request.POST,
        "code": request.POST.get("code", request.GET.get("code", ""))[:6],
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/near_me_confirm.html", context, status=answer)


@csrf_exempt  # a mail program posts here by itself when somebody presses its own "unsubscribe" (RFC 8058)
@require_http_methods(["GET", "POST"])
def manage(request: HttpRequest, stop_key: str) -> HttpResponse:
    """Change, pause or stop. The address is not shown; an unknown link looks like one that was stopped."""
    if len(stop_key) > 64:
        raise Http404
    is_one_click = request.POST.get("List-Unsubscribe") == "One-Click"
    if request.method == "POST":
        _obey(request, stop_key, "stop" if is_one_click else str(request.POST.get("act", "")))
        if not is_one_click:  # a mail program is answered at once: it follows no redirect (RFC 8058, section 3.1)
            return redirect(request.get_full_path())
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


def _obey(request: HttpRequest, stop_key: str, act: str) -> None:
    now = timezone.now()
    match act:
        case "stop":
            subscribing.stop(stop_key, str(request.GET.get("t", "")), now)
        case "pause" | "go-on":
            subscribing.change(stop_key, now, pause=act == "pause")
        case "language":
            subscribing.change(stop_key, now, language=str(request.POST.get("language", "")))


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
        point=_point_of(str(said.get("cell", "")), str(said.get("point", ""))),
    )


def _looked_up(request: HttpRequest, state: str) -> tuple[str, int | None]:
    """The state to show, and the cell that was pressed on the map or lies around what was typed."""
    pressed = cells.read_cell(str(request.POST.get("cell") or request.GET.get("cell") or ""))
    typed = str(request.GET.get("around", "")).strip()
    if not (pressed or typed or state) and "around" in request.GET:
        raise Refused("somewhere", _("Choose a state, or write a ZIP code."), field="state")
    if pressed is not None or not typed:
        return state, pressed
    found = find_zip(typed)
    if found is None and typed.isdigit():
        words = _("No ZIP code on our list is %(zip)s. Choose a county, or try the ZIP code of a town nearby.")
        raise Refused("somewhere", words % {"zip": typed[:5]}, field="around")
    if found is not None and found.point is None:
        words = _("We know no place for this ZIP code: it may be for post boxes. Choose a county, or try another.")
        raise Refused("somewhere", words, field="around")
    point = found.point if found else _point(typed, field="around")
    return (found.state if found else state), cells.cell_at(point) if point else None


def _point_of(cell: str, typed: str) -> LatLon | None:
    pressed = cells.read_cell(cell)
    return cells.middle_of(pressed) if pressed is not None else _point(typed)


def _point(typed: str, field: str = "point") -> LatLon | None:
    parts = typed.replace(",", " ").split()
    if not parts:
        return None
    try:
        lat, lon = (float(part) for part in parts)
    except ValueError:
        lat, lon = 999.0, 999.0
    if not (abs(lat) <= 90 and abs(lon) <= 180):
        words = _(
            "Write a ZIP code of five digits, or latitude, longitude such as 46.877, -96.789, or choose a county."
        )
        raise Refused("somewhere", words, field=field)
    return (lat, lon)

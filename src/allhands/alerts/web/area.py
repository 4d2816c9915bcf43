"""Choose the area: names and numbers are the control; it says how far it reaches and what lies just outside."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.alerts import api as alerts
from allhands.alerts import drafting, presenting, queries
from allhands.alerts.contracts import LatLon
from allhands.alerts.web import area_page
from allhands.alerts.web.opened import Opened, open_alert, steps
from allhands.geo import outlines
from allhands.kernel.errors import Refused
from allhands.ui.components.error_summary.presenter import Problem

_MOST_COUNTIES, _MOST_POINTS = 60, 100


@require_GET
def land(request: HttpRequest, state: str) -> HttpResponse:
    """Counties and tribal areas of a state for the map, as GeoJSON. No data of anybody."""
    del request
    if state not in outlines.state_shapes():
        raise Http404
    response = JsonResponse(outlines.land_geojson(state), content_type="application/geo+json")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_http_methods(["GET", "POST"])
def area(request: HttpRequest, alert_id: str) -> HttpResponse:
    """Who will get it?"""
    opened = open_alert(request, alert_id, to_write=True)
    chosen, problems, version = opened.draft.area, list[Problem](), opened.alert.version
    typed = request.POST if request.method == "POST" else QueryDict()
    if request.method == "POST":
        chosen, problems = _read(request.POST, opened)
        given = str(request.POST.get("version", ""))
        version = int(given) if given.isdecimal() else 0
        if not problems:
            try:
                draft = replace(opened.draft, area=chosen)
                version = alerts.save(opened.reader.actor, alert_id, draft, version, opened.reader.now)
                if request.POST.get("next") == "look":
                    return redirect("alert-look", alert_id=alert_id)
                return redirect("alert-area", alert_id=alert_id)
            except Refused as refused:
                problems = [presenting.problem_of(refused)]
                newest = queries.find_alert(alert_id)
                version = newest.version if newest else version
    # What cannot be drawn is not: the boxes that were ticked stay, and the fields keep what was typed.
    drawable = replace(chosen, polygon=(), centre=None, radius_km=0) if problems else chosen
    context = {
        "opened": opened,
        "alert": opened.alert,
        "version": version,
        "steps": steps(opened, "alert-area"),
        "chosen": chosen,
        "polygon": typed.get("polygon", _points_text(chosen.polygon)),
        "centre": typed.get("centre", _points_text((chosen.centre,) if chosen.centre else ())),
        "radius": typed.get("radius_km", f"{chosen.radius_km:g}" if chosen.radius_km else ""),
        "minutes": typed.get("minutes", ""),
        "speed": typed.get("speed", ""),
        "tools": area_page.tools(),
        "page": area_page.present(drawable, opened.alert, opened.reader, opened.zone),
        "summary": presenting.summary_of(problems),
        "faults": {problem.field_id: problem.words for problem in problems},
    }
    return render(request, "alerts/area.html", context, status=422 if problems else 200)


def _read(posted: QueryDict, opened: Opened) -> tuple[drafting.DraftArea, list[Problem]]:
    problems: list[Problem] = []
    polygon = _points(str(posted.get("polygon", "")), "polygon", problems)
    centre = _points(str(posted.get("centre", "")), "centre", problems)[:1]
    # A travel time was typed just now; the radius may be the one that is kept.
    radius = _travelled(posted, problems) or _radius(str(posted.get("radius_km", "")), problems)
    if centre and not radius and not problems:
        problems.append(Problem(words=_("Say how far around the point, in kilometres."), field_id="radius_km"))
    counties = [one for one in posted.getlist("county_fips") if one]
    if len(counties) > _MOST_COUNTIES:
        problems.append(Problem(words=_("Choose at most 60 counties, or draw the area."), field_id="county_fips"))
    chosen = drafting.DraftArea(
        county_fips=tuple(dict.fromkeys(counties)),
        nations=tuple(dict.fromkeys(one for one in posted.getlist("nations") if one)),
        polygon=_closed(polygon),
        centre=centre[0] if centre and radius else None,
        radius_km=radius if centre else 0,
    )
    problems.extend(area_page.find_faults(chosen, opened.alert))
    return chosen, problems


def _points(typed: str, field: str, problems: list[Problem]) -> tuple[LatLon, ...]:
    """Latitude, longitude pairs, one a line."""
    found: list[LatLon] = []
    for line in typed.replace(";", "\n").splitlines():
        parts = line.replace(",", " ").split()
        if not parts:
            continue
        try:
            lat, lon = (float(part) for part in parts)
        except ValueError:
            words = _("Write each point as latitude, longitude, for example 46.877, -96.789.")
            problems.append(Problem(words=words, field_id=field))
            return ()
        found.append((lat, lon))
    if len(found) > _MOST_POINTS:
        problems.append(Problem(words=_("At most 100 points. Leave some out."), field_id=field))
    return tuple(found)


def _radius(typed: str, problems: list[Problem]) -> float:
    if not typed.strip():
        return 0
    try:
        radius = float(typed.replace(",", "."))
    except ValueError:
        radius = -1
    if not 0.1 <= radius <= 500:
        problems.append(Problem(words=_("A radius lies between 0.1 and 500 km."), field_id="radius_km"))
        return 0
    return radius


def _travelled(posted: QueryDict, problems: list[Problem]) -> float:
    """The radius of a travel time at a speed, both the writer's own; 0 when neither was written."""
    minutes, speed = str(posted.get("minutes", "")).strip(), str(posted.get("speed", "")).strip()
    if not minutes and not speed:
        return 0
    if not (minutes.isdecimal() and speed.isdecimal() and 0 < int(minutes) * int(speed) / 60 <= 500):
        words = _("Write both the minutes and the speed as whole numbers; at most 500 km come of it.")
        problems.append(Problem(words=words, field_id="minutes"))
        return 0
    return round(int(minutes) * int(speed) / 60, 1)


def _closed(points: tuple[LatLon, ...]) -> tuple[LatLon, ...]:
    return (*points, points[0]) if points and points[0] != points[-1] else points


def _points_text(points: tuple[LatLon, ...]) -> str:
    return "\n".join(f"{lat:.5f}, {lon:.5f}" for lat, lon in points)

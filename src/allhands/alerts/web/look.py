"""Look at all: every artefact as it will look, who gets it, what is left out; below it the one act that may follow."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import api as access
from allhands.alerts import api as alerts
from allhands.alerts import (
    areas,
    consents,
    domain,
    drafting,
    own_work,
    presenting,
    previewing,
    queries,
    sign_pictures,
    ways,
)
from allhands.alerts.contracts import AlertState
from allhands.alerts.web import area_page, artefacts_view, wordings
from allhands.alerts.web.opened import Opened, open_alert, steps
from allhands.channels.contracts import Artefact, Way
from allhands.kernel.errors import Denied, Refused
from allhands.ui.components.area_preview.presenter import number
from allhands.ui.components.error_summary.presenter import Problem
from allhands.ui.components.interruption.presenter import Interruption
from allhands.ui.components.poster_preview.presenter import PosterState


@require_http_methods(["GET", "POST"])
def look(request: HttpRequest, alert_id: str) -> HttpResponse:
    """Exactly what goes out, and to whom."""
    opened = open_alert(request, alert_id)
    problem = Problem(words="")
    if request.method == "POST":
        try:
            _act(request, opened)
            return redirect("alert", alert_id=alert_id)
        except alerts.AlertLacks:
            problem = Problem(words=_("Something is still missing. It is listed below."))
        except Refused as refused:
            problem = _beside_its_field(presenting.problem_of(refused), str(request.POST.get("act", "")))
    status = 422 if problem.words else 200
    return render(request, "alerts/look.html", _context(request, opened, problem), status=status)


@require_GET
def artefact(request: HttpRequest, alert_id: str, way: str, name: str) -> HttpResponse:
    """One file of the draft, as it would leave."""
    opened = open_alert(request, alert_id)
    for one in _artefacts(opened):
        if one.way.value == way and one.name == name:
            return file_response(one)
        if one.way is Way.SIGNS and way == one.way.value and sign_pictures.picture_name(one.name) == name:
            return HttpResponse(sign_pictures.draw(one.name, one.content), content_type="image/png")
    raise Http404


def file_response(one: Artefact) -> HttpResponse:
    """The bytes of an artefact; a page of HTML is handed over as a file, never run here."""
    response = HttpResponse(one.content, content_type=one.media_type)
    is_shown = one.media_type.startswith(("image/", "application/pdf", "text/plain"))
    response["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{one.name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _context(request: HttpRequest, opened: Opened, problem: Problem) -> dict[str, object]:
    reader, view, draft = opened.reader, opened.alert, opened.draft
    found = areas.resolve(draft.area)
    reach = areas.reach_of(draft.area, local_hour=reader.now.astimezone(opened.zone).hour, own=_own_land(opened))
    needed = domain.second_looks(reach)
    read = tuple(one for one in request.GET.get("again", "").split(".") if one in needed)
    harms = drafting.look_through(draft, now=reader.now, zone=opened.zone)
    previews = _previews(opened)
    return {
        "opened": opened,
        "alert": view,
        "steps": steps(opened, "alert-look"),
        "previews": previews,
        "count": sum(one.count for one in previews),
        "area": area_page.preview_of(found, reach, reader),
        "outside": number(reach.outside_km2, reader.lang) if "outside" in needed and reach.outside_km2 else "",
        "stop": _interruption(opened, needed) if set(needed) - set(read) else None,
        "read": read,
        "lacks": [
            (reverse("alert-area" if lack.field == "area" else "alert-write", args=[view.alert_id]), lack.field,
             wordings.lack_words(lack.code))
            for lack in drafting.lacks(
                draft, now=reader.now, zone=opened.zone, on_record=consents.on_record(view, reader.now)
            )
        ],
        "conflicts": [
            (one.code, wordings.harm_words(one.code), one.words, draft.demanded.get(one.code, "")) for one in harms
        ],
        "people": number(found.people, reader.lang) if found.people else "",
        "may": _may(opened),
        "left_out": _left_out(draft),
        "typed": request.POST,
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }  # fmt: skip


def _own_land(opened: Opened) -> drafting.DraftArea:
    """The land of the agency that looks, where it may send; of whoever is asked first otherwise."""
    asked, actor = opened.alert.request.authority_ids, opened.reader.actor
    agency_id = actor.agency_id if actor.agency_id in asked else next(iter(asked), "")
    return areas.land_of(queries.authorities_of([agency_id]))


def _act(request: HttpRequest, opened: Opened) -> None:
    actor, alert_id, now = opened.reader.actor, opened.alert.alert_id, opened.reader.now
    said = request.POST
    match said.get("act"):
        case "offer":
            alerts.offer(actor, alert_id, now)
        case "return":
            alerts.give_back(actor, alert_id, str(said.get("reason", "")), now)
        case "send" | "alone":
            version = str(said.get("version", ""))
            approval = alerts.Approval(
                version=int(version) if version.isdecimal() else 0,
                looked="looked" in said,
                second_looks=tuple(one for one in str(said.get("again", "")).split(".") if one),
                demanded=tuple(said.getlist("demanded")),
                alone=said.get("act") == "alone",
                reason=str(said.get("reason", "")),
            )
            alerts.send(actor, alert_id, approval, now)
        case _:
            raise Denied("alert")


def _beside_its_field(problem: Problem, act: str) -> Problem:
    """The page has a reason and a tick for each act: what is wrong stands beside the one that was pressed."""
    fields = {("return", "reason"): "give-back", ("alone", "reason"): "alone", ("alone", "looked"): "looked-alone"}
    return replace(problem, field_id=fields.get((act, problem.field_id), problem.field_id))


def _may(opened: Opened) -> dict[str, bool]:
    view, actor = opened.alert, opened.reader.actor
    door = own_work.door_of(actor, view)
    waits = view.state is AlertState.OFFERED or (view.state is AlertState.LIVE and view.offered_at is not None)
    draft = view.state in {AlertState.DRAFT, AlertState.RETURNED} or (
        view.state is AlertState.LIVE and view.offered_at is None
    )
    alone = own_work.door_of(actor, view, alone=True)
    unsent = view.state is not AlertState.LIVE or alerts.is_unsent(view)
    approves = access.can(access.check_approve_alert, actor, door)
    return {
        "offer": draft and access.can(access.check_write_alert, actor, door),
        "send": waits and approves,
        "return": waits and access.can(access.check_decide_alert, actor, door),
        "alone": (waits or (draft and unsent))
        and not approves
        and access.can(access.check_approve_alert, actor, alone),
        "own_work": waits and not approves and actor.member_id in door.writer_ids,
    }


def _interruption(opened: Opened, needed: tuple[str, ...]) -> Interruption:
    alert_id = opened.alert.alert_id
    return Interruption(
        heading=_("Look again before it goes out"),
        text=(*(wordings.look_words(one) for one in needed), _("You can take it back, not unsend it.")),
        go_on=_("I have looked again"),
        go_on_href=f"{reverse('alert-look', args=[alert_id])}?again={'.'.join(needed)}#approve",
        go_back=_("Change the area"),
        go_back_href=reverse("alert-area", args=[alert_id]),
        is_h1=False,
    )


def _artefacts(opened: Opened) -> tuple[Artefact, ...]:
    message = previewing.message_of(opened.alert, opened.draft)
    return previewing.artefacts_of(message, ways.chosen_for(opened.alert.request.way)) if message else ()


def _previews(opened: Opened) -> tuple[artefacts_view.WayPreview, ...]:
    message = previewing.message_of(opened.alert, opened.draft)
    if message is None:
        return ()

    def href(one: Artefact) -> str:
        return reverse("alert-artefact", args=[opened.alert.alert_id, one.way.value, one.name])

    found = previewing.artefacts_of(message, ways.chosen_for(opened.alert.request.way))
    standing = ways.standing(opened.reader.now)
    return artefacts_view.present(found, standing, href, state=PosterState.DRAFT, sender=message.sender_name)


def _left_out(draft: drafting.Draft) -> list[str]:
    """What does not go out although it is known."""
    found = [
        (not draft.name, _("The name: nobody released it.")),
        (not draft.photo_id, _("A picture: none was chosen or released.")),
        ("es" not in draft.languages, _("Spanish: it is not written.")),
        (not draft.companion_approved, _("Who may be with the child: police did not approve it.")),
    ]
    return [words for is_out, words in found if is_out]

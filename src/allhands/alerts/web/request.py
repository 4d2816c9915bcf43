"""One request: what was asked, criterion by criterion, and the answer; the authority answers here, others appeal."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from allhands.access import api as access
from allhands.agencies.presenting import Reader, reader_of
from allhands.alerts import api as alerts
from allhands.alerts import domain, presenting, queries
from allhands.alerts.contracts import RequestState, RequestView
from allhands.kernel.errors import Denied, Refused
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import Problem


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, request_id: str) -> HttpResponse:
    """The request and what may be done about it."""
    reader = reader_of(require_actor(request))
    one = _open(request_id, reader)
    problem = Problem(words="")
    if request.method == "POST":
        try:
            return redirect(_act(request, one, reader))
        except Refused as refused:
            problem = presenting.problem_of(refused)
    context = {
        "one": one,
        "line": presenting.request_line(one, reader),
        "answer": presenting.answer_sentence(one.state),
        "needs": [presenting.need(need, reader) for need in one.needs],
        "counts": presenting.criteria_words(one.needs),
        "yes": presenting.grant_words(one.needs),
        "is_unsettled": any(need.verdict != "TRUE" for need in one.needs),
        "sources": one.sources,
        "land": reader.said(one.land),
        "authorities": [reader.agency_name(agency_id) for agency_id in one.authority_ids],
        "calls": presenting.calls(one.authority_ids[:2], reader),
        "reasons": _reasons(one, reader),
        "chosen": request.POST.getlist("codes"),
        "typed": request.POST.get("reason", ""),
        "may": _may(one, reader),
        "alert": queries.find_alert_of(one.request_id),
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/request.html", context, status=422 if problem.words else 200)


@require_POST
def start(request: HttpRequest, request_id: str) -> HttpResponse:
    """Begin to write."""
    reader = reader_of(require_actor(request))
    alert_id = alerts.start(reader.actor, _open(request_id, reader).request_id, reader.now)
    return redirect("alert-write", alert_id=alert_id)


def _open(request_id: str, reader: Reader) -> RequestView:
    one = queries.find_request(request_id)
    if one is None:
        raise Denied("alert-request")
    access.check_view_alert(reader.actor, queries.access_of(one))
    return one


def _act(request: HttpRequest, one: RequestView, reader: Reader) -> str:
    words = str(request.POST.get("reason", ""))
    here = f"/alerts/requests/{one.request_id}"
    match request.POST.get("act"):
        case "grant":
            alerts.grant(reader.actor, one.request_id, reader.now)
        case "refuse":
            alerts.refuse(reader.actor, one.request_id, request.POST.getlist("codes"), words, reader.now)
        case "appeal":
            return f"/alerts/requests/{alerts.appeal(reader.actor, one.request_id, words, reader.now)}"
        case "withdraw":
            alerts.withdraw(reader.actor, one.request_id, reader.now)
        case _:
            raise Denied("alert-request")
    return here


def _may(one: RequestView, reader: Reader) -> dict[str, bool]:
    door = queries.access_of(one)
    waits = one.state is RequestState.ASKED
    asks = access.can(access.check_ask_alert, reader.actor, door)
    return {
        "decide": waits and access.can(access.check_decide_alert, reader.actor, door),
        "withdraw": waits and asks and one.asked_agency_id == reader.actor.agency_id,
        "appeal": one.state is RequestState.REFUSED and asks and not _is_appealed(one),
        "write": one.state in {RequestState.ASKED, RequestState.GRANTED}
        and access.can(access.check_write_alert, reader.actor, door),
        "see_child": access.can(access.check_view_episode, reader.actor, door.episode),
    }


def _is_appealed(one: RequestView) -> bool:
    return any(other.appeals == one.request_id for other in queries.list_requests(one.episode_id))


def _reasons(one: RequestView, reader: Reader) -> list[tuple[str, str]]:
    """Codes and words a no may rest on: each criterion that is not met, then the others."""
    open_needs = [f"{domain.NEED}{need.id}" for need in one.needs if need.verdict != "TRUE"]
    return [(code, presenting.reason_words(code, one, reader)) for code in (*open_needs, *domain.REASONS)]

"""One page for someone who types while listening: the facts of the wizard, and beside them what to ask next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from allhands.episodes.contracts import Json, ReportChannel
from allhands.episodes.intake import steps
from allhands.episodes.intake.answers import text_of
from allhands.episodes.web import check, intake, intake_state, running, step_page
from allhands.episodes.web.intake_state import Intake
from allhands.episodes.web.step_page import Asked, Said
from allhands.episodes.web.typed import REPORTER, typed
from allhands.platform import packs
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A column of questions in the order in which people talk."""

    slug: str
    title: str
    asked: tuple[Asked, ...]
    said: Said


@require_http_methods(["GET", "POST"])
def call(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What has the caller said, and what should I ask next?"""
    actor, now = require_actor(request), timezone.now()
    gone = intake.sent_already(actor, draft_id)
    if gone is not None:
        return gone
    if request.method == "GET":
        return _show(request, intake_state.load(actor, draft_id, now))
    before = intake_state.load(actor, draft_id, now)
    state = intake_state.keep(
        actor, draft_id, {**typed(request.POST), **_asked(request, before), intake_state.BY_CALL: True}, now
    )
    if state.problem:
        return _show(request, state, problems=True)
    return _after(request, state)


def _after(request: HttpRequest, state: Intake) -> HttpResponse:
    draft_id = state.draft.draft_id
    if "hold" in request.POST:
        return redirect("board")
    if "check" in request.POST:
        return redirect("report-check", draft_id=draft_id)
    if "answer" in request.POST:
        return redirect(reverse("report-step", args=[draft_id, request.POST["answer"]]) + "?to=call")
    if "send" not in request.POST:
        return redirect("report-call", draft_id=draft_id)
    if check.problems_before(state):
        return _show(request, state, problems=True)
    if check.find_similar(state):
        return redirect("report-check", draft_id=draft_id)
    return check.send(request, state, ReportChannel.CALL)


@require_http_methods(["GET", "POST"])
def running_part(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What stands beside the questions, alone, for the page to lay in after it was saved."""
    actor, now = require_actor(request), timezone.now()
    state = intake_state.load(actor, draft_id, now)
    if request.method == "POST":
        state = intake_state.keep(actor, draft_id, {**typed(request.POST), **_asked(request, state)}, now)
    side = _side(state)
    had = request.POST.get("had") or request.GET.get("had", "")
    is_call = "call" in (request.GET.get("by"), request.POST.get("by"))
    context = {**side, "is_call": is_call, "is_news": had != running.present(state).state}
    return render(request, "episodes/intake/_side_part.html", context)


def _asked(request: HttpRequest, before: Intake) -> dict[str, Json]:
    """The answer given at once beside "Ask next": `fact=yes`, `fact=?` for nobody knows, `fact=` for later."""
    fact, _equals, value = request.POST.get("ask", "").partition("=")
    declared = packs.library().facts.get(fact)
    if declared is None:
        return {}
    if not value:
        return {intake_state.SKIPPED: [*before.skipped, fact]}
    if value == "?" and declared.type.value not in {"boolean", "code"}:
        return {f"{fact}.unknown": "yes"}
    return {fact: [value] if declared.many else value}


def _show(request: HttpRequest, state: Intake, *, problems: bool = False) -> HttpResponse:
    if problems:
        state = replace(state, faults=check.problems_before(state))
    groups = tuple(
        Group(
            slug=step.slug,
            title=step.label.get(state.lang),
            asked=step_page.asked_on(state, step.slug, more=step.on_the_phone),
            said=step_page.said_on(state, step.slug),
        )
        for step in steps.OPENING
    )
    context = {
        **_side(state),
        "groups": groups,
        "reporter": {name: text_of(state.answers, name) for name in REPORTER},
        "reporter_faults": {name: state.faults.get(name, "") for name in REPORTER},
        "summary": _summary(state, groups) if problems else ErrorSummary(),
        "draft": step_page.draft_line(state),
        "name": state.call_name,
    }
    return render(request, "episodes/intake/call.html", context, status=422 if problems else 200)


def _side(state: Intake) -> dict[str, object]:
    return {
        "running": running.present(state),
        "similar": check.find_similar(state),
        "name": state.call_name,
        "draft_id": state.draft.draft_id,
    }


def _summary(state: Intake, groups: tuple[Group, ...]) -> ErrorSummary:
    """What is wrong, in the order of the page, each with the way to its field."""
    fields = [field for group in groups for one in group.asked for field in (one.field, *one.then)]
    places = {
        **{name: name for name in REPORTER},
        **{field.fact: field.first_id for field in fields},
        **{f"{group.slug}.who": f"{group.slug}-who" for group in groups},
    }
    whole = [Problem(words=state.problem)] if state.problem else []
    faults = check.problems_before(state)
    known = [Problem(words=faults[name], field_id=place) for name, place in places.items() if name in faults]
    elsewhere = [Problem(words=words) for name, words in faults.items() if name not in places]
    return ErrorSummary(problems=(*whole, *known, *elsewhere))

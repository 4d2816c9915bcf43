"""Check and send: everything that was said, unknowns too, and what happens when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from allhands.episodes import api as episodes
from allhands.episodes import identity
from allhands.episodes.contracts import ReportChannel, SimilarChild
from allhands.episodes.intake import faults as fault_words
from allhands.episodes.web import intake_state, running, step_page, summary
from allhands.episodes.web.intake import sent_already
from allhands.episodes.web.intake_state import Intake
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem
from allhands.ui.components.progress.presenter import Progress, Step

# Fields of the command that stand on the page under the name of a fact.
NAMES_OF_FIELDS = {"call_name": "child.given_name"}


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Everything that was said, and one button."""
    actor, now = require_actor(request), timezone.now()
    gone = sent_already(actor, draft_id)
    if gone is not None:
        return gone
    intake = intake_state.load(actor, draft_id, now)
    if request.method == "POST":
        return send(request, intake, channel_of(intake))
    return show(request, intake)


def send(request: HttpRequest, intake: Intake, channel: ReportChannel) -> HttpResponse:
    """Report it. Nothing that was typed is left behind: an answer that cannot be read stops it, and says why."""
    faults = problems_before(intake)
    if faults:
        return show(request, intake, faults)
    try:
        reported = episodes.report_missing(intake.actor, intake_state.command(intake, channel), intake.now)
    except Refused as refused:
        found = intake_state.fault_list(getattr(refused, "findings", ()), intake.lang)
        return show(request, intake, found or {refused.field: refused.reason})
    episodes.mark_sent(intake.actor, intake.draft.draft_id, reported.episode_id, intake.now)
    return redirect("report-sent", episode_id=reported.episode_id)


def problems_before(intake: Intake) -> dict[str, str]:
    """What stands in the way of sending: answers that cannot be read, and a missing name."""
    faults = dict(intake.faults)
    named = any(name in faults for name in ("child.nickname", "child.given_name"))
    if not intake.call_name and not named:
        faults["child.given_name"] = fault_words.words("name.empty", intake.lang)
    return faults


def channel_of(intake: Intake) -> ReportChannel:
    """How the report reached us: by phone when the page for calls was used."""
    return ReportChannel.CALL if intake.answers.get(intake_state.BY_CALL) else ReportChannel.WIZARD


def show(request: HttpRequest, intake: Intake, faults: Mapping[str, str] | None = None) -> HttpResponse:
    """The page, with what is wrong on top and beside each line."""
    shown = {NAMES_OF_FIELDS.get(name, name): words for name, words in (faults or {}).items()}
    intake = replace(intake, faults=shown) if faults else intake
    problems = tuple(Problem(words=words, field_id=_place_of(name)) for name, words in shown.items())
    context = {
        "draft_id": intake.draft.draft_id,
        "name": intake.call_name,
        "groups": summary.groups(intake),
        "reporter": summary.reporter(intake),
        "open_questions": summary.open_questions(intake),
        "running": running.present(intake),
        "similar": find_similar(intake),
        "faults": shown,
        "summary": ErrorSummary(problems=problems),
        "progress": Progress(step=Step.CHECK),
        "draft": step_page.draft_line(intake),
    }
    return render(request, "episodes/intake/check.html", context, status=422 if faults else 200)


def find_similar(intake: Intake) -> tuple[SimilarChild, ...]:
    """Children with an open episode who may be the same, by every name that was typed and the birthday."""
    if not intake.call_name:
        return ()
    born_on = identity.born_on(intake.statements)
    found: dict[str, SimilarChild] = {}
    for name in identity.names_of(intake.call_name, intake.statements):
        for child in episodes.find_similar(intake.actor, name.text, born_on):
            found.setdefault(child.child_id, child)
    return tuple(found.values())


def _place_of(name: str) -> str:
    """The id of the line of a fact, or of the page's informant, where a problem stands."""
    page = name.removesuffix(".who")
    return "reporter" if name.startswith("reporter_") else page.replace(".", "-")

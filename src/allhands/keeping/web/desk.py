"""The desk of those who keep records: what waits for a second person, what was done, how long records are kept."""

from __future__ import annotations

import csv
import io

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from allhands.access import api as access
from allhands.agencies.presenting import Reader, reader_of
from allhands.episodes import api as episodes
from allhands.keeping import api as keeping
from allhands.keeping.contracts import StepKind, StepState
from allhands.keeping.web.showing import row_of
from allhands.keeping.web.typing import days_of, problem_of
from allhands.kernel.actors import AgencyKind
from allhands.kernel.errors import Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.web.asking import require_actor, typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Everything of the agency, on one page."""
    reader = _open(request)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            step_id = _act(request, reader)
            return redirect("keeping-step", step_id=step_id) if step_id else redirect("keeping")
        except Refused as refused:
            problem = problem_of(refused)
    rows = [row_of(view, reader) for view in keeping.list_steps(reader.actor)]
    context = {
        "waiting": [row for row in rows if row.state == StepState.WAITING.value],
        "done": [row for row in rows if row.state != StepState.WAITING.value],
        "holds": [(hold, _name(hold.episode_id), reader.moment(hold.at)) for hold in keeping.list_holds()],
        "periods": [(one, reader.moment(one.at)) for one in keeping.list_periods(reader.actor.agency_id)],
        "due": [
            (one, reader.moment(one.closed_at), reader.moment(one.kept_until))
            for one in keeping.list_due(reader.actor, reader.now)
        ],
        "is_nation": reader.actor.agency_kind is AgencyKind.TRIBAL_GOVERNMENT,
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "keeping/desk.html", context, status=422 if problem else 200)


@require_GET
def report(request: HttpRequest) -> HttpResponse:
    """What was disposed of: which record, on which ground, by whom and when; no name."""
    reader = _open(request)
    return render(request, "keeping/report.html", {"rows": _disposed(reader)})


@require_GET
def report_csv(request: HttpRequest) -> HttpResponse:
    """The same as a table for the records office."""
    reader = _open(request)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["record", "closed", "ground", "proposed by", "confirmed by", "disposed at (UTC)"])
    for view in keeping.list_steps(reader.actor, StepKind.DISPOSE):
        if view.state is StepState.DONE and view.closed_at and view.decided_at:
            who = (_safe(view.asked_by), _safe(view.second_by))
            closed, done = view.closed_at.isoformat(timespec="seconds"), view.decided_at.isoformat(timespec="seconds")
            writer.writerow([view.episode_id, closed, _safe(view.ground), *who, done])
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="disposed-{reader.now:%Y-%m-%d}.csv"'
    return response


def _safe(words: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@", "\t", "\r"} else words


def _act(request: HttpRequest, reader: Reader) -> str:
    """The step that was made, if one was."""
    match typed(request, "act"):
        case "dispose":
            return keeping.propose_disposal(reader.actor, EpisodeId(typed(request, "episode")), reader.now)
        case "lift":
            keeping.lift_hold(reader.actor, typed(request, "hold"), reader.now)
        case "end":
            keeping.end_period(reader.actor, typed(request, "law"), reader.now)
        case _:
            keeping.set_period(reader.actor, typed(request, "law"), days_of(request), reader.now)
    return ""


def _disposed(reader: Reader) -> list[tuple[object, object]]:
    views = keeping.list_steps(reader.actor, StepKind.DISPOSE)
    return [
        (row_of(view, reader), reader.moment(view.closed_at) if view.closed_at else None)
        for view in views
        if view.state is StepState.DONE
    ]


def _name(episode_id: EpisodeId) -> str:
    one = episodes.find_episode(episode_id)
    return one.child.call_name if one else episode_id


def _open(request: HttpRequest) -> Reader:
    """The reader, who keeps records.

    Raises:
        Denied: the reader does not.
    """
    reader = reader_of(require_actor(request))
    access.check_keep_records(reader.actor, reader.actor.agency_id)
    return reader

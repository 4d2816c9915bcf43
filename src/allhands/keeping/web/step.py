"""One step: what was ordered, for the second person to decide; and for a sealed record, the next order."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allhands.access import api as access
from allhands.agencies.presenting import Reader, reader_of
from allhands.keeping import api as keeping
from allhands.keeping.contracts import StepView
from allhands.keeping.web.showing import row_of
from allhands.keeping.web.typing import order_of, problem_of
from allhands.kernel.errors import Denied, Refused
from allhands.platform.web.asking import require_actor, typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, step_id: str) -> HttpResponse:
    """The step, and what this reader may do about it."""
    reader = reader_of(require_actor(request))
    access.check_keep_records(reader.actor, reader.actor.agency_id)
    view = keeping.find_step(reader.actor, step_id)
    if view is None:
        raise Denied("access.keep-records")
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return redirect("keeping-step", step_id=_act(request, reader, view))
        except Refused as refused:
            problem = problem_of(refused)
    context = {
        "row": row_of(view, reader),
        "holds": keeping.list_holds([view.episode_id]),
        "kinds": [("OPEN", _("Open it again")), ("EXPUNGE", _("Expunge it: destroy the key, for good"))],
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "keeping/step.html", context, status=422 if problem else 200)


def _act(request: HttpRequest, reader: Reader, view: StepView) -> str:
    """The id of the step to look at next."""
    if typed(request, "act") == "order":
        return keeping.enter_order(reader.actor, view.episode_id, order_of(request), reader.now)
    agrees = typed(request, "act") == "agree"
    keeping.decide(reader.actor, view.step_id, agrees=agrees, why_not=typed(request, "why_not"), now=reader.now)
    return view.step_id

"""One child's record: enter an order about it, or a legal hold."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allhands.access import api as access
from allhands.agencies.presenting import reader_of
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.keeping import api as keeping
from allhands.keeping.web.typing import order_of, problem_of
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import require_actor, typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Two forms about one record; nothing happens before a second person confirms."""
    reader = reader_of(require_actor(request))
    access.check_keep_records(reader.actor, reader.actor.agency_id)
    one = episodes.get_episode(reader.actor, episode_id)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            if typed(request, "act") == "hold":
                keeping.set_hold(reader.actor, one.episode_id, typed(request, "matter"), reader.now)
                return redirect("keeping-child", episode_id=episode_id)
            step_id = keeping.enter_order(reader.actor, one.episode_id, order_of(request), reader.now)
            return redirect("keeping-step", step_id=step_id)
        except Refused as refused:
            problem = problem_of(refused)
    context = {
        "episode_id": episode_id,
        "name": one.child.call_name,
        "is_owner": one.owner_agency_id == reader.actor.agency_id,
        "is_closed": one.state is EpisodeState.CLOSED,
        "holds": [(hold, reader.moment(hold.at)) for hold in keeping.list_holds([episode_id])],
        "kinds": [
            ("SEAL", _("Seal it: out of sight, and another order can open it again")),
            ("EXPUNGE", _("Expunge it: destroy the key, for good")),
        ],
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "keeping/child.html", context, status=422 if problem else 200)

"""Lower the tier: the reasons that raised it stand above the form, the person's name below."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from allhands.access import api as access
from allhands.agencies.presenting import reader_of
from allhands.duties import api as duties
from allhands.duties import presenting
from allhands.duties.actions.tier import LOWER
from allhands.episodes import api as episodes
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import require_actor
from allhands.ui.components.error_summary.presenter import ErrorSummary, Problem


@require_http_methods(["GET", "POST"])
def lower(request: HttpRequest, episode_id: str) -> HttpResponse:
    """A named supervisor lowers the tier, with the reason for all to read."""
    reader = reader_of(require_actor(request))
    episode = episodes.get_episode(reader.actor, episode_id)
    access.check_waive_duty(reader.actor, episodes.access_of(episode), episode.owner_agency_id)
    problem = Problem(words="")
    level, reason = str(request.POST.get("level", "")), str(request.POST.get("reason", ""))
    if request.method == "POST":
        try:
            duties.lower_tier(reader.actor, episode.episode_id, level, reason, reader.now)
            return redirect("episode", episode_id=episode_id)
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    current = duties.list_tiers([episode.episode_id]).get(episode.episode_id)
    context = {
        "name": episode.child.call_name,
        "episode_id": episode_id,
        "tier": presenting.tier_badge(current, reader),
        "levels": LOWER[current.level] if current else (),
        "level": level,
        "reason": reason,
        "problem": problem,
        "summary": ErrorSummary(problems=(problem,) if problem.words else ()),
    }
    return render(request, "duties/tier.html", context, status=422 if problem.words else 200)

"""After sending: what has been done, and what the reporter does now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allhands.episodes import api as episodes
from allhands.episodes.web.episode import notices, reader_of
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import moment


@require_GET
def sent(request: HttpRequest, episode_id: str) -> HttpResponse:
    """The report is in."""
    reader = reader_of(require_actor(request))
    one = episodes.get_episode(reader.actor, episode_id)
    context = {
        "name": one.child.call_name,
        "episode_id": one.episode_id,
        "received": moment(one.opened_at, now=reader.now, zone=reader.zone, lang=reader.lang),
        "notices": notices(one, reader),
    }
    return render(request, "episodes/intake/sent.html", context)

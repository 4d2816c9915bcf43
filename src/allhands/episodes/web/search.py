"""Find a child by name, among those the reader's agency takes part in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.episodes.web.episode import reader_of
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import moment

MOST_SHOWN = 30


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Who is called that? Marks, case and small slips do not matter."""
    reader = reader_of(require_actor(request))
    access.check_report(reader.actor)  # hats that run the house see no child
    typed = str(request.GET.get("q", "")).strip()[:200]
    found = episodes.search(typed, limit=MOST_SHOWN) if typed else ()
    rows = [
        {
            "name": one.child.call_name,
            "others": [name.text for name in one.child.names if name.text != one.child.call_name],
            "href": f"/e/{one.episode_id}",
            "opened": moment(one.opened_at, now=reader.now, zone=reader.zone, lang=reader.lang),
            "is_open": one.state is EpisodeState.OPEN,
        }
        for one in found
    ]
    return render(request, "episodes/search.html", {"q": typed, "rows": rows, "full": len(rows) == MOST_SHOWN})

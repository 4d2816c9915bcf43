"""Find a child by name, among those the reader's agency takes part in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.access.contracts import ORIGIN_OF_REGIME, EpisodeAccess
from allhands.agencies import api as agencies
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.episodes.web.episode import reader_of
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.web.asking import require_actor
from allhands.ui.wording import moment

MOST_SHOWN = 30
_CALLER = "P2"  # the class of a reporter's phone


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Who is called that? Marks, case and small slips do not matter."""
    reader = reader_of(require_actor(request))
    access.check_report(reader.actor)  # hats that run the house see no child
    typed = str(request.GET.get("q", "")).strip()[:200]
    found = episodes.search(typed, limit=MOST_SHOWN, callers=_callers(reader.actor)) if typed else ()
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


def _callers(actor: Actor) -> episodes.Callers:
    """Who called belongs to the case (P2): the number finds the child for those who may read it, and nobody else."""
    ours = EpisodeAccess(
        episode_id=EpisodeId(""), owner_agency_id=actor.agency_id, party_agency_ids=frozenset({actor.agency_id})
    )
    return episodes.Callers(
        agency_id=actor.agency_id,
        own=_CALLER in access.visible_classes(actor, ours, stated_by=actor.agency_id),
        of_others=_CALLER in access.visible_classes(actor, ours),
        walled=frozenset(agencies.agencies_under(ORIGIN_OF_REGIME)) - {actor.agency_id},
    )

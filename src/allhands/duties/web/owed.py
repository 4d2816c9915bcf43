"""What my agency owes, over every child: clocks that run, what has no time limit, clocks that have not started."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from allhands.access import api as access
from allhands.agencies.presenting import Reader, reader_of
from allhands.duties import presenting
from allhands.duties import queries as ledger
from allhands.episodes import api as episodes
from allhands.episodes.contracts import EpisodeState
from allhands.platform.web.asking import require_actor
from allhands.ui.components.duty_row.presenter import DutyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What one agency owes. `running` has clocks, the most urgent first."""

    running: tuple[DutyRow, ...]
    standing: tuple[DutyRow, ...]
    waiting: tuple[DutyRow, ...]


@require_GET
def owed(request: HttpRequest) -> HttpResponse:
    """Everything my agency owes, over every child."""
    actor = require_actor(request)
    access.check_report(actor)
    reader = reader_of(actor)
    return render(request, "duties/owed.html", {"owed": gather(reader)})


def gather(reader: Reader) -> Owed:
    """The ledger of the reader's agency, sorted."""
    found = episodes.list_episodes([EpisodeState.OPEN, EpisodeState.RETURNED])
    names = {one.episode_id: one.child.call_name for one in found}
    duties = [one for one in ledger.list_owed(reader.actor.agency_id) if one.episode_id in names and one.governs]
    rows = [(one, presenting.duty_row(one, reader, about=names[one.episode_id])) for one in duties]
    rows.sort(key=lambda pair: presenting.urgency(pair[0], pair[1]))
    return Owed(
        running=tuple(row for duty, row in rows if presenting.has_clock(duty)),
        standing=tuple(row for duty, row in rows if presenting.is_standing(duty)),
        waiting=tuple(row for duty, row in rows if duty.clock_starts_at is None),
    )

"""Break glass: ask, be the second, close, review."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from allhands.access import queries
from allhands.access.actions import glass
from allhands.access.contracts import GlassState
from allhands.access.permissions import (
    can,
    check_break_glass,
    check_review_glass,
    check_second_glass,
    check_view_ledger,
)
from allhands.access.queries import GlassView
from allhands.access.web.opening import Opened, open_episode
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one
from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One emergency, with what this reader may do about it."""

    glass_id: str
    by: str
    agency: str
    reason: str
    asked: Moment
    closes: Moment
    state: str
    second_by: str
    reviewed_by: str
    was_right: bool | None
    review: str
    may_second: bool
    may_close: bool
    may_review: bool


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, episode_id: str) -> HttpResponse:
    """Every emergency of this child's record, and a new one."""
    opened = open_episode(request, episode_id)
    check_view_ledger(opened.reader.actor, opened.access)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            _act(request, opened)
            return redirect("glass", episode_id=episode_id)
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    found = queries.glasses(opened.episode.episode_id)
    context = {
        **opened.frame(),
        "rows": [_row(one, opened) for one in found],
        "may_ask": can(check_break_glass, opened.reader.actor, opened.access),
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }
    return render(request, "access/glass.html", context, status=422 if problem else 200)


def _act(request: HttpRequest, opened: Opened) -> None:
    actor, now, act, glass_id = opened.reader.actor, opened.reader.now, typed(request, "act"), typed(request, "glass")
    match act:
        case "second":
            glass.second(actor, opened.access, glass_id, now)
        case "close":
            glass.close(actor, opened.access, glass_id, now)
        case "review":
            found = typed(request, "right")
            if found not in {"yes", "no"}:
                raise Refused("glass-review-words", _("Say whether it was right."), field="review")
            glass.review(actor, opened.access, glass_id, found == "yes", typed(request, "review"), now)
        case _:
            glass.ask(actor, opened.access, typed(request, "reason"), now)


def _row(one: GlassView, opened: Opened) -> Row:
    reader, now = opened.reader, opened.reader.now
    is_running = one.state in {GlassState.WAITING, GlassState.OPEN} and one.closes_at > now
    state = one.state if is_running or one.reviewed_by else _over(one.state)
    is_mine = one.member_id == reader.actor.member_id
    leads = can(check_second_glass, reader.actor, opened.access)
    may_review = can(check_review_glass, reader.actor, opened.access)
    took_part = reader.actor.member_id in {one.member_id, one.second_id}
    return Row(
        glass_id=one.glass_id,
        by=one.by,
        agency=reader.agency_name(one.agency),
        reason=one.reason,
        asked=reader.moment(one.asked_at),
        closes=reader.moment(one.closes_at),
        state=state.value,
        second_by=one.second_by,
        reviewed_by=one.reviewed_by,
        was_right=one.was_right,
        review=one.review,
        may_second=is_running and one.state is GlassState.WAITING and leads and not is_mine,
        may_close=is_running and (is_mine or leads),
        may_review=not is_running and not one.reviewed_by and may_review and not took_part,
    )


def _over(state: GlassState) -> GlassState:
    """What an emergency is whose time is over, also before the job has written it down."""
    ends = {GlassState.WAITING: GlassState.EXPIRED, GlassState.OPEN: GlassState.CLOSED}
    return ends.get(state, state)

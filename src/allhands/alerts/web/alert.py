"""One alert: shall it go out, and what has become of it? What is not confirmed stands first; taking back is one act."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from allhands.access import api as access
from allhands.agencies.presenting import Reader
from allhands.alerts import api as alerts
from allhands.alerts import consents, own_work, presenting, queries, ways
from allhands.alerts.contracts import AlertState, Ending, TakeDownView
from allhands.alerts.web import after_figures, live_table, readiness, wordings
from allhands.alerts.web.opened import Opened, open_alert
from allhands.kernel.errors import Denied, Refused
from allhands.ui.components.clock.presenter import Clock, ClockTimes, present_clock
from allhands.ui.components.error_summary.presenter import Problem

OUT = frozenset({AlertState.LIVE, AlertState.TAKEN_BACK, AlertState.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeDownLine:
    """What must come down, with its clock; the form is drawn while it is not done."""

    id: str
    way: str
    clock: Clock | None
    done: str
    words: str

    @property
    def field_id(self) -> str:
        """Of the field that asks how one knows."""
        return f"take-down-{self.id}"


@require_GET
def alert(request: HttpRequest, alert_id: str) -> HttpResponse:
    """Where it stands."""
    return _show(request, open_alert(request, alert_id), Problem(words=""))


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, alert_id: str) -> HttpResponse:
    """Why, and then everywhere at once."""
    opened = open_alert(request, alert_id)
    access.check_take_back_alert(opened.reader.actor, queries.alert_access(opened.alert))
    problem = Problem(words="")
    if request.method == "POST":
        try:
            ending = str(request.POST.get("ending", ""))
            if ending not in {one.value for one in Ending}:
                raise Refused("ending", _("Choose why it is taken back."), field="ending")
            alerts.take_back(opened.reader.actor, alert_id, Ending(ending), opened.reader.now)
            return redirect(f"{reverse('alert', args=[alert_id])}#channels")
        except Refused as refused:
            problem = presenting.problem_of(refused)
    context = {
        "opened": opened,
        "alert": opened.alert,
        "ways": [presenting.way_words(way) for way in _ways_used(opened)],
        "problem": problem,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/take_back.html", context, status=422 if problem.words else 200)


@require_POST
def act(request: HttpRequest, alert_id: str, act: str) -> HttpResponse:
    """What may be done after it left: review, take down, count tips."""
    opened = open_alert(request, alert_id)
    actor, now, said = opened.reader.actor, opened.reader.now, request.POST
    words = str(said.get("reason", ""))
    try:
        match act:
            case "review":
                stands = _yes_or_no(str(said.get("stands", "")))
                alerts.review(actor, alert_id, stands=stands, words=words, now=now)
            case "take-down":
                alerts.take_down(actor, alert_id, str(said.get("take_down", "")), words, now)
            case "tally":
                alerts.tally(actor, alert_id, str(said.get("source", "")), _number(said.get("tips")),
                             _number(said.get("useful")), now)  # fmt: skip
            case _:
                raise Denied("alert")
    except Refused as refused:
        problem = presenting.problem_of(refused)
        fields = {"review": "review-reason", "take-down": f"take-down-{said.get('take_down', '')}"}
        is_reason = problem.field_id == "reason"
        return _show(request, opened, replace(problem, field_id=fields.get(act, "")) if is_reason else problem, act)
    return redirect("alert", alert_id=alert_id)


def _yes_or_no(said: str) -> bool:
    """Raises Refused: nobody's silence is a no."""
    if said not in {"yes", "no"}:
        raise Refused("review-stands", _("Choose yes or no."), field="stands-yes")
    return said == "yes"


def _show(request: HttpRequest, opened: Opened, problem: Problem, act: str = "") -> HttpResponse:
    reader, view = opened.reader, opened.alert
    is_out = view.state in OUT
    may_count = not is_out or queries.may_count(view)
    context = {
        "opened": opened,
        "alert": view,
        "state": presenting.alert_state(view),
        "name": view.request.child,
        "sent": reader.moment(view.sent_at) if view.sent_at else None,
        "ends": reader.moment(view.expires_at) if view.expires_at else None,
        "ended": reader.moment(view.ended_at) if view.ended_at else None,
        "ending": ending_words(view.ending),
        "may": _may(opened),
        "ready": readiness.list_ready(opened),
        "lost": [wordings.consent_words(one) for one in consents.lost(view, reader.now)],
        "tables": live_table.tables(opened) if is_out else (),
        "sent_before": queries.list_transmissions(view.alert_id),
        "review_clock": _review_clock(opened),
        "review": queries.find_review(view.alert_id),
        "take_downs": [_take_down(one, reader) for one in queries.list_take_downs(view.alert_id)],
        "after": after_figures.figures(view, reader) if is_out and may_count else None,
        "not_counted": not may_count,
        "public": f"/a/{view.code}" if is_out else "",
        "problem": problem,
        "typed": request.POST,
        "act": act,
        "summary": presenting.summary_of([problem] if problem.words else []),
    }
    return render(request, "alerts/alert.html", context, status=422 if problem.words else 200)


def ending_words(ending: str) -> str:
    """Why it was taken back."""
    return {
        Ending.FOUND.value: _("the child is back"),
        Ending.WRONG.value: _("something in it was wrong"),
        Ending.UNSAFE.value: _("it put the child in danger"),
    }.get(ending, "")


def _may(opened: Opened) -> dict[str, bool]:
    view, actor = opened.alert, opened.reader.actor
    door = own_work.door_of(actor, view)
    is_live = view.state is AlertState.LIVE
    writes = access.can(access.check_write_alert, actor, door)
    unreviewed = view.review_due_at is not None and view.reviewed_at is None
    return {
        "take_back": is_live and access.can(access.check_take_back_alert, actor, door),
        "write": writes and view.state in {AlertState.DRAFT, AlertState.RETURNED, AlertState.LIVE},
        "look": view.state in {AlertState.OFFERED, AlertState.DRAFT, AlertState.RETURNED}
        or (is_live and view.offered_at is not None),
        "decide": access.can(access.check_approve_alert, actor, door),
        "review": unreviewed and access.can(access.check_approve_alert, actor, door),
        "work": writes,
        "see_child": access.can(access.check_view_episode, actor, door.episode),
    }


def _ways_used(opened: Opened) -> tuple[str, ...]:
    sent = queries.list_transmissions(opened.alert.alert_id)
    return tuple(dict.fromkeys(way for one in sent for way in one.ways)) or ways.chosen_for(opened.alert.request.way)


def _review_clock(opened: Opened) -> Clock | None:
    view, reader = opened.alert, opened.reader
    if view.review_due_at is None or view.reviewed_at is not None:
        return None
    times = ClockTimes(starts_when="", started_at=view.sent_at or view.changed_at, due_at=view.review_due_at)
    return present_clock(times, now=reader.now, zone=reader.zone, lang=reader.lang)


def _take_down(one: TakeDownView, reader: Reader) -> TakeDownLine:
    times = ClockTimes(starts_when="", started_at=one.made_at, due_at=one.due_at)
    done = f"{one.done_by}, {reader.moment(one.done_at).words}" if one.done_at else ""
    return TakeDownLine(
        id=one.id,
        way=presenting.way_words(one.way),
        clock=None if one.done_at else present_clock(times, now=reader.now, zone=reader.zone, lang=reader.lang),
        done=done,
        words=one.words,
    )


def _number(typed: object) -> int:
    text = str(typed or "").strip()
    return int(text) if text.isdecimal() and len(text) < 7 else 0

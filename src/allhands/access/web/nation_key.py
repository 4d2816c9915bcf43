"""A nation's own key: what it is, which one stands, one offered by the steward and confirmed by a second person."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from allhands.access import annex
from allhands.access.actions import nation_keys, sealing_earlier
from allhands.access.contracts import NationKeyState, SealingState
from allhands.access.permissions import can, check_steward
from allhands.agencies import api as agencies
from allhands.agencies.presenting import Reader, reader_of
from allhands.kernel.errors import Denied, Refused
from allhands.platform.web.asking import require_actor, typed
from allhands.ui.components.error_summary.presenter import Problem, summary_of_one
from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A key ready to draw. `stops` when it is the word that nothing more is sealed."""

    key_id: str
    fingerprint: str
    stops: bool
    reason: str
    offered_by: str
    offered_at: Moment
    answered_by: str
    answered_at: Moment | None
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What was said before the key: what lies open, what was asked, how far it is.

    Args:
        begun: when the second person confirmed; None while it waits.
    """

    left: sealing_earlier.Left
    one: annex.SealingView | None
    asked: Moment | None
    begun: Moment | None
    ended: Moment | None
    is_mine: bool

    @property
    def waits(self) -> bool:
        """Whether it waits for the second person."""
        return self.one is not None and self.one.state is SealingState.WAITING

    @property
    def runs(self) -> bool:
        """Whether it is being done."""
        return self.one is not None and self.one.state is SealingState.RUNNING

    @property
    def was_stopped(self) -> bool:
        """Whether the key ended before everything was sealed."""
        return self.one is not None and self.one.state is SealingState.ENDED


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Offer a key, confirm the one that waits, or read which one stands."""
    reader = reader_of(require_actor(request))
    nation_keys.check_lead_of_nation(reader.actor)
    nation = _nation(reader)
    problem: Problem | None = None
    if request.method == "POST":
        try:
            _act(request, reader, nation)
            return redirect("nation-key")
        except Refused as refused:
            problem = Problem(words=refused.reason, field_id=refused.field)
    context = _context(request, reader, nation, problem)
    return render(request, "access/nation_key.html", context, status=422 if problem else 200)


def _nation(reader: Reader) -> str:
    nations = agencies.nations_of(reader.actor.agency_id)
    if not nations:
        raise Denied("access.steward")
    return nations[0]


def _act(request: HttpRequest, reader: Reader, nation: str) -> None:
    act, actor, now = typed(request, "act"), reader.actor, reader.now
    if act == "confirm":
        nation_keys.confirm(actor, nation, typed(request, "key"), now)
    elif act == "withdraw":
        nation_keys.withdraw(actor, nation, typed(request, "key"), now)
    elif act == "seal-earlier":
        sealing_earlier.ask(actor, nation, typed(request, "earlier_reason"), now)
    elif act == "confirm-earlier":
        sealing_earlier.confirm(actor, nation, typed(request, "sealing"), now)
    elif act == "withdraw-earlier":
        sealing_earlier.withdraw(actor, nation, typed(request, "sealing"), now)
    elif act == "stop":
        nation_keys.offer(actor, nation, "", typed(request, "reason"), now)
    else:
        line = typed(request, "public_key")
        if not line:
            raise Refused("nation-key", nation_keys.wanted(), field="public_key")
        nation_keys.offer(actor, nation, line, typed(request, "reason"), now)


def _context(request: HttpRequest, reader: Reader, nation: str, problem: Problem | None) -> dict[str, object]:
    found = annex.keys_of_nation(nation)
    lines = {one.state: _line(one, reader) for one in reversed(found)}  # of each state the newest
    in_force = lines.get(NationKeyState.IN_FORCE)
    return {
        "nation": nation,
        "in_force": in_force if in_force and not in_force.stops else None,
        "waiting": lines.get(NationKeyState.WAITING),
        "earlier": [_line(one, reader) for one in found if one.state is NationKeyState.ENDED and one.public_key],
        "before": _before(reader, nation),
        "may_offer": can(check_steward, reader.actor),
        "posted": request.POST,
        "problem": problem,
        "summary": summary_of_one(problem),
    }


def _before(reader: Reader, nation: str) -> Earlier:
    one = annex.newest_sealing(nation)
    return Earlier(
        left=sealing_earlier.left_of(nation),
        one=one,
        asked=reader.moment(one.asked_at) if one else None,
        begun=reader.moment(one.answered_at) if one and one.answered_at else None,
        ended=reader.moment(one.ended_at) if one and one.ended_at else None,
        is_mine=one is not None and agencies.is_same_person(one.asked_member, reader.actor.member_id),
    )


def _line(one: annex.NationKeyView, reader: Reader) -> KeyLine:
    return KeyLine(
        key_id=one.key_id,
        fingerprint=one.fingerprint,
        stops=not one.public_key,
        reason=one.reason,
        offered_by=one.offered_by,
        offered_at=reader.moment(one.offered_at),
        answered_by=one.answered_by,
        answered_at=reader.moment(one.answered_at) if one.answered_at else None,
        is_mine=agencies.is_same_person(one.offered_member, reader.actor.member_id),
    )

"""Steps, holds and periods as a page says them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from allhands.agencies.presenting import Reader
from allhands.episodes import api as episodes
from allhands.keeping.contracts import Scope, StepKind, StepState, StepView
from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One step. `name` only while the record can still be seen by the reader."""

    step_id: str
    kind: str
    kind_words: str
    state: str
    record: str
    name: str
    order: str
    scope_words: str
    asked: Moment
    asked_by: str
    decided: Moment | None
    second_by: str
    why_not: str
    is_mine: bool
    takes_orders: bool


def row_of(view: StepView, reader: Reader) -> Row:
    is_gone = view.kind in {StepKind.EXPUNGE, StepKind.DISPOSE} and view.state is StepState.DONE
    one = None if is_gone else episodes.find_episode(view.episode_id)
    is_sealed = view.kind is StepKind.SEAL and view.state is StepState.DONE and view.is_newest
    return Row(
        step_id=view.step_id,
        kind=view.kind.value,
        kind_words=kind_words(view.kind),
        state=view.state.value,
        record=view.episode_id,
        name=one.child.call_name if one else "",
        order=order_words(view),
        scope_words=scope_words(view.scope),
        asked=reader.moment(view.asked_at),
        asked_by=view.asked_by,
        decided=reader.moment(view.decided_at) if view.decided_at else None,
        second_by=view.second_by,
        why_not=view.why_not,
        is_mine=view.asked_member == reader.actor.member_id,
        takes_orders=is_sealed,
    )


def kind_words(kind: StepKind) -> str:
    return {
        StepKind.SEAL: _("Seal"),
        StepKind.OPEN: _("Open again"),
        StepKind.EXPUNGE: _("Expunge"),
        StepKind.DISPOSE: _("Dispose of"),
    }[kind]


def scope_words(scope: Scope) -> str:
    if scope is Scope.CHILD:
        return _("every record of this child that your agency owns")
    return _("this one response")


def order_words(view: StepView) -> str:
    """The order as its record says it, or the ground of a disposal."""
    if view.kind is StepKind.DISPOSE:
        law, _sep, days = view.ground.rpartition(": ")
        return _("%(law)s: %(days)s days after it was closed") % {"law": law, "days": days.removesuffix(" d")}
    values = {"court": view.court, "docket": view.docket, "day": view.issued_on}
    return _("%(court)s, docket %(docket)s, order of %(day)s") % values

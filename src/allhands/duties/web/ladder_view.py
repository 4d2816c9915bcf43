"""The escalation ladder of one duty: who was told, and who will be told when if no proof comes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allhands.agencies.presenting import Reader
from allhands.duties.contracts import DutyState, DutyView, LadderStep, Rung
from allhands.duties.knowing import Knowing
from allhands.kernel.actors import Role
from allhands.kernel.ids import AgencyId
from allhands.ui.roles import role_words
from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderLine:
    """One rung: when the time reaches it, and who hears. `told` is False while it lies ahead."""

    words: str
    who: str
    at: Moment
    told: bool


def lines(duty: DutyView, steps: Sequence[LadderStep], knowing: Knowing, reader: Reader) -> tuple[LadderLine, ...]:
    """The rungs climbed, then those ahead. Who works for an agency whose words are not this reader's has no name."""
    unheard = knowing.unheard(step.agency_id for step in steps if step.agency_id)
    climbed = [
        LadderLine(words=_rung_words(step.rung), who=_who(step, unheard), at=reader.moment(step.at), told=True)
        for step in steps
    ]
    return (*climbed, *_ahead(duty, reader))


def _who(step: LadderStep, unheard: Collection[AgencyId]) -> str:
    return _("their %(role)s") % {"role": role_words(Role(step.role))} if step.agency_id in unheard else step.told


def _ahead(duty: DutyView, reader: Reader) -> Iterable[LadderLine]:
    start, due = duty.clock_starts_at, duty.due_at
    if duty.state is not DutyState.OPEN or start is None or due is None or due == start or not duty.governs:
        return
    who = {
        Rung.HALF: _("whoever works on it"),
        Rung.NEAR: _("a supervisor"),
        Rung.OVER: _("the director"),
    }
    for rung, role in who.items():
        if rung > duty.rung:
            at = start + (due - start) * rung.value / Rung.OVER.value
            yield LadderLine(words=_rung_words(rung), who=role, at=reader.moment(at), told=False)


def _rung_words(rung: Rung) -> str:
    return {
        Rung.HALF: _("half of the time used"),
        Rung.NEAR: _("four fifths of the time used"),
        Rung.OVER: _("time over, or refused"),
    }.get(rung, "")

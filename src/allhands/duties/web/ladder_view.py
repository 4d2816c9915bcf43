"""The escalation ladder of one duty: who was told, and who will be told when if no proof comes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from allhands.agencies.presenting import Reader
from allhands.duties.contracts import DutyState, DutyView, LadderStep, Rung
from allhands.ui.wording import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderLine:
    """One rung: when the time reaches it, and who hears. `told` is False while it lies ahead."""

    words: str
    who: str
    at: Moment
    told: bool


def lines(duty: DutyView, steps: Iterable[LadderStep], reader: Reader) -> tuple[LadderLine, ...]:
    """The rungs climbed, then those ahead."""
    climbed = [
        LadderLine(words=_rung_words(step.rung), who=step.told, at=reader.moment(step.at), told=True) for step in steps
    ]
    return (*climbed, *_ahead(duty, reader))


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

"""Duties, tiers and sources as the components of the interface want them, and what a reader may know of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from allhands.agencies.presenting import Reader
from allhands.duties import wording
from allhands.duties.contracts import Applies, DutyState, DutyView, Sent, TierView
from allhands.duties.knowing import NOT_YOURS
from allhands.duties.knowing import Knowing as Knowing
from allhands.duties.knowing import class_of as class_of
from allhands.duties.knowing import know as know
from allhands.duties.knowing import limits_of as limits_of
from allhands.duties.knowing import narrow as narrow
from allhands.duties.knowing import nothing as nothing
from allhands.duties.proving import REFUSAL
from allhands.duties.wording import act as act
from allhands.duties.wording import who as who
from allhands.kernel.ids import AgencyId
from allhands.ui.components.clock.presenter import Clock, ClockTimes
from allhands.ui.components.duty_row import presenter as rows
from allhands.ui.components.duty_row.presenter import DutyRow, ProofState
from allhands.ui.components.source_line.presenter import Source, SourceLine, cite, present_source
from allhands.ui.components.table.presenter import ClockCell, clock_cell
from allhands.ui.components.tier_badge.presenter import TierBadge

# What needs a hand first: late, did not arrive, late soon, then by deadline.
URGENT = {ProofState.OVERDUE: 0, ProofState.FAILED: 1, ProofState.SOON: 2}


def duty_row(
    duty: DutyView,
    reader: Reader,
    *,
    about: str = "",
    others: Iterable[DutyView] = (),
    may_act: bool = True,
    call: str = "",
) -> DutyRow:
    """One duty as a row.

    Args:
        about: the child's name, where the page is not about one child.
        others: the ledger of the same episode, to name what this duty covers.
        may_act: False where nothing can be added any more.
        call: a number of the recipient from the directory, for when it did not arrive.
    """
    covers = tuple(reader.said(other.title) for other in others if other.covered_by == duty.rule_id)
    title = act_words(duty, reader) + _until(duty, reader)
    shown = rows.Duty(
        title=f"{title} · {about}" if about else title,
        href=duty_href(duty),
        actor=who_owes(duty, reader),
        recipient="" if duty.recipient_code in {duty.actor_code, "everyone"} else wording.who(duty.recipient_code),
        times=clock_times(duty, reader),
        proof=_proof(duty, reader, call),
        covers=covers,
        source=_citation(duty),
        act=_act(duty, reader) if may_act else None,
    )
    return rows.present_duty(shown, now=reader.now, zone=reader.zone, lang=reader.lang)


def _until(duty: DutyView, reader: Reader) -> str:
    """The end of a period, said in the title: the row then has no clock that could seem to ask for an act."""
    if duty.period_ends_at is None:
        return ""
    return " " + _("(until %(moment)s)") % {"moment": reader.moment(duty.period_ends_at).words}


def act_words(duty: DutyView, reader: Reader) -> str:
    """What must be done, short."""
    return wording.act(duty.action, duty.recipient_code, reader.said(duty.title))


def duty_href(duty: DutyView) -> str:
    """The page of the duty."""
    return reverse("duty", args=[duty.episode_id, duty.duty_id])


def clock_times(duty: DutyView, reader: Reader) -> ClockTimes:
    """The facts of the duty's clock."""
    return ClockTimes(
        starts_when=reader.said(duty.starts_when),
        started_at=duty.clock_starts_at,
        due_at=duty.due_at,
        immediate=duty.due_at is not None and duty.due_at == duty.clock_starts_at,
        stopped_at=duty.settled_at if duty.state is not DutyState.OPEN else None,
    )


def who_owes(duty: DutyView, reader: Reader) -> str:
    """The agency that owes the duty as this reader knows it; plainly said when nobody is on record."""
    if duty.agency_id is None:
        return _("%(who)s (nobody has told us which)") % {"who": wording.who(duty.actor_code)}
    if duty.agency_id == reader.actor.agency_id:
        return _("your agency")
    return reader.agency_name(duty.agency_id)


def urgency(duty: DutyView, row: DutyRow) -> tuple[int, float, str]:
    """Sort key: late before failed before soon, then by deadline; no deadline comes last."""
    due = duty.due_at.timestamp() if duty.due_at else float("inf")
    return (URGENT.get(row.state, 3), due, duty.rule_id)


def tier_badge(tier: TierView | None, reader: Reader, *, most: int = 9) -> TierBadge:
    """The tier with its reasons; a missing child is never below T3.

    Args:
        most: how many reasons are told; the rest are counted.
    """
    reasons = [reader.said(why).rstrip(".") for why in tier.reasons] if tier else []
    told = reasons[:most]
    if len(reasons) > most:
        told.append(_("%(count)d more reasons") % {"count": len(reasons) - most})
    return TierBadge(
        level=tier.level if tier else "T3",
        reasons=tuple(told) or (_("every missing child starts here"),),
        lowered_by=tier.lowered_by if tier else "",
    )


def cell_of(duties: Iterable[DutyView], reader: Reader) -> ClockCell:
    """The clocks of one child in one cell. What has no time limit, or has not started, is told on the child's page."""
    shown = [(duty, duty_row(duty, reader)) for duty in duties if counts(duty) and has_clock(duty)]
    waiting = [row.clock for duty, row in shown if duty.state is DutyState.OPEN and duty.due_at is not None]
    return clock_cell((row.state for _duty, row in shown), next_clock=next_of(waiting), lang=reader.lang)


def next_of(clocks: Iterable[Clock]) -> Clock | None:
    """The clock that ends first."""
    return min(
        (clock for clock in clocks if clock.due), key=lambda clock: clock.due.iso if clock.due else "", default=None
    )


def counts(duty: DutyView) -> bool:
    """Whether the duty is one of the child's clocks: it surely applies, nothing earlier covers it, it is not undone."""
    return duty.applies is Applies.TRUE and duty.governs and duty.state is not DutyState.SUPERSEDED


def is_asked(duty: DutyView, agency_id: AgencyId) -> bool:
    """Whether this agency is asked for the duty's proof now."""
    mine = duty.agency_id == agency_id and duty.state is DutyState.OPEN
    return mine and counts(duty) and duty.clock_starts_at is not None


def has_clock(duty: DutyView) -> bool:
    """Whether time runs, or ran until proof."""
    return duty.state is not DutyState.OPEN or (duty.clock_starts_at is not None and duty.due_at is not None)


def is_standing(duty: DutyView) -> bool:
    """Whether an open duty runs without a time limit."""
    return duty.state is DutyState.OPEN and duty.clock_starts_at is not None and duty.due_at is None


def _act(duty: DutyView, reader: Reader) -> rows.Act | None:
    if duty.state is not DutyState.OPEN or duty.applies is not Applies.TRUE:
        return None
    if duty.agency_id not in {None, reader.actor.agency_id}:
        return None
    if duty.act_path:
        return rows.Act(label=_("Do it here"), href=duty.act_path)
    return rows.Act(label=_("Add proof"), href=duty_href(duty))


def _proof(duty: DutyView, reader: Reader, call: str) -> rows.Proof | None:
    if duty.state in {DutyState.PROVED, DutyState.PROVED_LATE}:
        return rows.Proved(at=duty.settled_at or reader.now, words=_proof_words(duty))
    if duty.state is DutyState.WAIVED:
        return rows.Waived(by=duty.settled_by, reason=duty.reason) if duty.is_told else _waived_unsaid(reader)
    if duty.sent is Sent.FAILED and duty.sent_at:
        return rows.Failed(at=duty.sent_at, call=call)
    if duty.sent in {Sent.SENT, Sent.ACKNOWLEDGED} and duty.sent_at:
        return rows.Sent(at=duty.sent_at)
    return None


def _waived_unsaid(reader: Reader) -> rows.Waived:
    return rows.Waived(by=_("the agency that owes it"), reason=reader.said(NOT_YOURS))


def _proof_words(duty: DutyView) -> str:
    proving = [proof for proof in duty.evidence if proof.kind != REFUSAL]
    if not proving:
        return duty.settled_by
    last = proving[-1]
    if not last.is_told:
        return ""
    return _("%(kind)s, recorded by %(who)s") % {
        "kind": wording.proof_short(last.kind, last.value),
        "who": last.recorded_by,
    }


def _citation(duty: DutyView) -> str:
    if not duty.source:
        return ""
    first = duty.source[0]
    return cite(first.get("citation", ""), first.get("pin", ""))


def source_lines(sources: Iterable[Mapping[str, str]], reader: Reader) -> tuple[SourceLine, ...]:
    """Where a rule comes from, how it was read and when."""
    today = reader.now.astimezone(reader.zone).date()
    return tuple(
        present_source(
            Source(
                citation=one.get("citation", ""),
                pin=one.get("pin", ""),
                address=one.get("address", ""),
                level=one.get("confidence", "C"),
                read_on=date.fromisoformat(one["read_on"]) if one.get("read_on") else None,
            ),
            today=today,
            lang=reader.lang,
        )
        for one in sources
    )

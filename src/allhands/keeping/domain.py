"""Pure decisions of keeping and forgetting: what an order needs, what stands in the way, when a period has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from allhands.keeping.contracts import NewOrder, PeriodView, StepKind
from allhands.kernel.errors import Refused

LONGEST_WORDS = 200
LONGEST_DAYS = 36_500  # a hundred years; more is a slip of the keyboard


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a record stands when somebody asks for a step, and again when a second person decides.

    Args:
        is_held: a legal hold stands.
        is_out: an alert about the child is out.
        is_ending: word that an alert is over is still going out.
        is_waiting: another step waits for a second person.
    """

    is_closed: bool
    is_sealed: bool
    is_gone: bool
    is_held: bool
    is_out: bool
    is_waiting: bool = False
    is_ending: bool = False


def check_order(order: NewOrder, today: date) -> None:
    """Nothing, when the order says everything that the record of it needs.

    Raises:
        Refused: `order-kind`, `order-court`, `order-docket`, `order-day`, `order-scope`.
    """
    if order.kind is None or order.kind is StepKind.DISPOSE:
        raise Refused("order-kind", _("Choose what the order says: seal, open or expunge."), field="kind")
    for code, words, field in (("order-court", order.court, "court"), ("order-docket", order.docket, "docket")):
        if not words.strip():
            raise Refused(code, _("The order names this at its top. Copy it from there."), field=field)
        if len(words) > LONGEST_WORDS:
            raise Refused(code, _("This is too long. Up to 200 characters are kept."), field=field)
    if order.issued_on is None:
        raise Refused("order-day", _("Which day is the order from? Write it as year-month-day."), field="issued_on")
    if order.issued_on > today:
        raise Refused("order-day", _("This day has not come yet. Look at the order's date again."), field="issued_on")
    if order.scope is None:
        raise Refused("order-scope", _("Choose what the order covers."), field="scope")


def check_step(kind: StepKind, standing: Standing) -> None:
    """Nothing, when nothing stands in the way of this step.

    Raises:
        Refused: `step-gone`, `step-waiting`, `step-open`, `step-alert`, `step-sealed`, `step-not-sealed`, `step-held`.
    """
    if standing.is_gone:
        raise Refused("step-gone", _("This record was destroyed. There is nothing left to act on."))
    if standing.is_waiting:
        raise Refused("step-waiting", _("Something about this record waits for a second person already. Decide that."))
    if kind is StepKind.OPEN:
        if not standing.is_sealed:
            raise Refused("step-not-sealed", _("This record is not sealed. There is nothing to open."))
        return
    _check_at_rest(standing)
    if kind is not StepKind.EXPUNGE and standing.is_sealed:
        raise Refused("step-sealed", _("This record is sealed already. Enter an order to open or to expunge it."))
    if kind is not StepKind.SEAL and standing.is_ending:
        raise Refused("step-alert", _("Word that an alert is over is still going out to whoever saw it. Wait a day."))
    if kind is not StepKind.SEAL and standing.is_held:
        raise Refused(
            "step-held",
            _("A legal hold stands on this record: nothing of it may be destroyed. Lift the hold first, or ask the "
              "court which of the two goes first."),
        )  # fmt: skip


def is_touched(kind: StepKind, standing: Standing) -> bool:
    """Whether an order about every record of a child has anything to do at this one."""
    if standing.is_gone:
        return False
    wants_sealed = {StepKind.SEAL: False, StepKind.OPEN: True}.get(kind, standing.is_sealed)
    return standing.is_sealed == wants_sealed


def _check_at_rest(standing: Standing) -> None:
    """A child who is still looked for must not vanish from the board."""
    if not standing.is_closed:
        raise Refused(
            "step-open",
            _("This response is still running, and a record that vanishes cannot help to find anybody. Close it "
              "first; if the order does not wait, call the court."),
        )  # fmt: skip
    if standing.is_out:
        raise Refused("step-alert", _("An alert about this child is still out. Take it back first."))


def governing(periods: Iterable[PeriodView]) -> PeriodView | None:
    """The longest of the periods: what any law still wants kept is kept. None: no period set, nothing is disposed."""
    return max(periods, key=lambda period: (period.days, period.law), default=None)


def longest(own: PeriodView, periods: Mapping[str, PeriodView], agency_ids: Iterable[str]) -> PeriodView:
    """The longest among the owner's period and those of the agencies that take part, as far as they set one."""
    return max((own, *(periods[one] for one in agency_ids if one in periods)), key=lambda period: period.days)


def kept_until(closed_at: datetime, period: PeriodView) -> datetime:
    """The instant at which the period of a closed response ends."""
    return closed_at + timedelta(days=period.days)


def check_period(law: str, days: int | None) -> None:
    """Nothing, when the period can be kept.

    Raises:
        Refused: `period-law`, `period-days`.
    """
    if not law.strip() or len(law) > LONGEST_WORDS:
        raise Refused("period-law", _("Name the law or the schedule that says so, with its section."), field="law")
    if days is None or not 1 <= days <= LONGEST_DAYS:
        raise Refused("period-days", _("Write whole days, from 1 to 36500."), field="days")

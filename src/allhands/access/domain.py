"""Decisions of the door that need no table: who may agree, when glass is open, when two people have decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext as _

from allhands.access.contracts import (
    AbuserCheck,
    ConsentKind,
    ConsentState,
    HowGiven,
    LeaseState,
    ObjectionState,
)
from allhands.kernel.errors import Refused

CONSENT_DAYS: Final = 30  # practice 6.4: start/end, default 30 days
LONGEST_CONSENT_DAYS: Final = 365  # "reasonably time-limited"; a new card after a year, in new words
SECOND_PERSON_WITHIN: Final = timedelta(minutes=15)  # issue: second person within 15 minutes or it closes
GLASS_OPEN_FOR: Final = timedelta(hours=4)  # ours: one huddle interval of the highest tier (practice 6.2)
LEASE_DAYS: Final = 30
RECALL_AGAIN_AFTER: Final = timedelta(days=1)
RECALL_UP_AFTER_ROUNDS: Final = 3  # ours: a weekend may pass before whoever sent it is told to call
OBJECTION_REMINDER: Final = timedelta(hours=4)  # ours: half a shift before the clock is over
OBJECTION_WITHIN: Final = timedelta(hours=24)  # issue: a 24-hour clock

# Kinds that are no person's word but a paper: they need its number or the law's name.
PAPERS: Final = frozenset(
    {ConsentKind.COURT, ConsentKind.MANDATED, ConsentKind.AGENCY, ConsentKind.STEWARD, ConsentKind.YOUTH_ALONE}
)
_WRITTEN: Final = frozenset({HowGiven.TYPED, HowGiven.PAPER, HowGiven.ORDER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What somebody said to a card.

    Args:
        witness: who heard it, when it was read aloud.
        not_safe: the young person said that it is not safe if their guardian decides or knows.
    """

    state: ConsentState
    how: HowGiven
    witness: str = ""
    not_safe: bool = False

    @property
    def is_written(self) -> bool:
        """Whether it would count where the law asks for a written consent."""
        return self.how in _WRITTEN


def check_period(starts_at: datetime, ends_at: datetime) -> None:
    """Refused: consent-period, when it ends before it starts or runs for more than a year."""
    if ends_at <= starts_at:
        raise Refused("consent-period", _("The last day lies before the first."), field="until")
    if ends_at - starts_at > timedelta(days=LONGEST_CONSENT_DAYS):
        raise Refused("consent-period", _("A release runs for a year at most. Ask again then."), field="until")


def check_answer(kind: ConsentKind, answer: Answer, check: AbuserCheck, *, youth_not_safe: bool) -> None:
    """Whether this answer may stand.

    Args:
        check: whether the guardian was checked not to be whom the child fears.
        youth_not_safe: the young person said on a card of their own that a guardian's word is not safe.
    Raises:
        Refused: `consent-witness`; `consent-not-safe`, for a guardian's yes that must not count.
    """
    if answer.how is HowGiven.READ_ALOUD and not answer.witness.strip():
        raise Refused("consent-witness", _("Say who heard it read aloud."), field="witness")
    if kind is not ConsentKind.GUARDIAN or answer.state is not ConsentState.AGREED:
        return
    if check is not AbuserCheck.CLEAR:
        words = _("Check first, with the young person alone, that this is not whom they fear.")
        raise Refused("consent-not-safe", words, source="34 U.S.C. 12291(b)(2)", field="abuser_check")
    if youth_not_safe:
        words = _("The young person said it is not safe if a guardian decides. A supervisor looks at it first.")
        raise Refused("consent-not-safe", words, source="practice 4.2, 11")


def has_expired(asked_at: datetime, now: datetime) -> bool:
    """Whether nobody came as second person in time."""
    return now >= asked_at + SECOND_PERSON_WITHIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """Where an objection stands after somebody said yes or no."""

    state: ObjectionState
    is_first: bool


def decide_hearing(state: ObjectionState, first_yes: bool | None, yes: bool) -> Hearing:
    """Two people decide; when they differ, it is split and a third begins anew.

    Raises:
        Refused: objection-decided.
    """
    match state:
        case ObjectionState.RECEIVED | ObjectionState.SPLIT:
            return Hearing(state=ObjectionState.FIRST_HEARD, is_first=True)
        case ObjectionState.FIRST_HEARD:
            if first_yes != yes:
                return Hearing(state=ObjectionState.SPLIT, is_first=False)
            return Hearing(state=ObjectionState.GRANTED if yes else ObjectionState.REFUSED, is_first=False)
        case _:
            raise Refused("objection-decided", _("Two people have decided this already."))


LEASE_MOVES: Final[Mapping[LeaseState, frozenset[LeaseState]]] = {
    LeaseState.RUNNING: frozenset({LeaseState.RECALLED}),
    LeaseState.RECALLED: frozenset({LeaseState.CONFIRMED}),
    LeaseState.CONFIRMED: frozenset(),
}

"""Words of keeping and forgetting."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date, datetime

from allhands.kernel.ids import EpisodeId


class StepKind(enum.Enum):
    """SEAL moves the key out of reach, OPEN brings it back, EXPUNGE destroys it: each on a court's order.

    DISPOSE destroys it because the agency's own period has ended. Codes are stored.
    """

    SEAL = "SEAL"
    OPEN = "OPEN"
    EXPUNGE = "EXPUNGE"
    DISPOSE = "DISPOSE"


class StepState(enum.Enum):
    """WAITING for a second person; DONE or REFUSED by that person."""

    WAITING = "WAITING"
    DONE = "DONE"
    REFUSED = "REFUSED"


class Scope(enum.Enum):
    """What an order covers: one response, or everything kept about the child that this agency owns."""

    RESPONSE = "RESPONSE"
    CHILD = "CHILD"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """A court's order as it is typed.

    Args:
        issued_on: the day of the order; None when it was not typed or is no day.
    """

    kind: StepKind | None
    court: str
    docket: str
    issued_on: date | None
    scope: Scope | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """One sealing, opening, expungement or disposal, asked for or done. Names no child."""

    step_id: str
    kind: StepKind
    state: StepState
    episode_id: EpisodeId
    court: str
    docket: str
    issued_on: date | None
    scope: Scope
    ground: str
    closed_at: datetime | None
    asked_by: str
    asked_member: str
    asked_at: datetime
    second_by: str
    decided_at: datetime | None
    why_not: str
    is_newest: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldView:
    """A legal hold that stands."""

    hold_id: str
    episode_id: EpisodeId
    matter: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodView:
    """How long this agency keeps closed responses, under the law or schedule it named.

    Args:
        days: after the response was closed.
    """

    law: str
    days: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A closed response whose period has ended."""

    episode_id: EpisodeId
    name: str
    closed_at: datetime
    kept_until: datetime
    law: str
    days: int
    is_held: bool

"""How far a row of questions is. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Step(enum.Enum):
    QUESTION = "question"
    CHECK = "check"
    SENT = "sent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """number: of this question, from 1. at_most_left: how many can still follow."""

    step: Step = Step.QUESTION
    number: int = 1
    at_most_left: int = 0

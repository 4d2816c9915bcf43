"""What people type on the forms of keeping, read kindly."""

from __future__ import annotations

import enum
from datetime import date
from typing import TypeVar

from django.http import HttpRequest

from allhands.keeping.contracts import NewOrder, Scope, StepKind
from allhands.kernel.errors import Refused
from allhands.platform.web.asking import typed
from allhands.ui.components.error_summary.presenter import Problem

E = TypeVar("E", bound=enum.Enum)


def order_of(request: HttpRequest) -> NewOrder:
    """The order as it was typed; what cannot be read is None and is asked for again."""
    return NewOrder(
        kind=_one_of(StepKind, typed(request, "kind")),
        court=typed(request, "court"),
        docket=typed(request, "docket"),
        issued_on=_day(typed(request, "issued_on")),
        scope=_one_of(Scope, typed(request, "scope")),
    )


def days_of(request: HttpRequest) -> int | None:
    """Whole days, or None."""
    words = typed(request, "days")
    return int(words) if words.isascii() and words.isdecimal() and len(words) < 7 else None


def problem_of(refused: Refused) -> Problem:
    """The problem at its field, or above the form."""
    return Problem(words=refused.reason, field_id=refused.field)


def _one_of(kind: type[E], code: str) -> E | None:
    return next((one for one in kind if one.value == code), None)


def _day(words: str) -> date | None:
    try:
        return date.fromisoformat(words)
    except ValueError:
        return None

"""The problems of one form."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BaseForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """words: the same as beside the field. field_id: the id of the input, or empty for the whole page."""

    words: str
    field_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSummary:
    """Nothing is drawn when there are no problems."""

    problems: tuple[Problem, ...] = ()


def summary_of_one(problem: Problem | None) -> ErrorSummary:
    """What stands above a form with one problem, or nothing."""
    return ErrorSummary(problems=(problem,) if problem else ())


# Any validated Django form.
BoundForm = BaseForm


def summary_of(form: BoundForm) -> ErrorSummary:
    """The summary of a validated Django form."""
    whole = [Problem(words=str(words)) for words in form.non_field_errors()]
    names = [name for name in form.errors if name != "__all__"]
    fields = [
        Problem(words=str(words), field_id=form[name].id_for_label) for name in names for words in form[name].errors
    ]
    return ErrorSummary(problems=(*whole, *fields))

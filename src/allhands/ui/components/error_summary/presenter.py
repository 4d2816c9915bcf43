"""The problems of one form. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """words: the same as beside the field. field_id: the id of the input, or empty for the whole page."""

    words: str
    field_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorSummary:
    """Nothing is drawn when there are no problems."""

    problems: tuple[Problem, ...] = ()


class BoundForm(Protocol):
    """What a Django form offers that the summary reads."""

    @property
    def errors(self) -> Iterable[str]: ...

    def __getitem__(self, name: str) -> BoundField: ...

    def non_field_errors(self) -> Iterable[str]: ...


class BoundField(Protocol):
    id_for_label: str

    @property
    def errors(self) -> Iterable[str]: ...


def summary_of(form: BoundForm) -> ErrorSummary:
    """The summary of a validated Django form."""
    whole = [Problem(words=str(words)) for words in form.non_field_errors()]
    names = [name for name in form.errors if name != "__all__"]
    fields = [Problem(words=str(words), field_id=form[name].id_for_label) for name in names for words in form[name].errors]
    return ErrorSummary(problems=(*whole, *fields))

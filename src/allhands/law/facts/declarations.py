"""What a pack says about a fact: its type, its question, who may be asked, which answer is the dangerous one."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from allhands.law.values import FactValue, Text


class FactType(enum.Enum):
    """The kinds of value a fact may have."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DATE = "date"
    INSTANT = "instant"
    PLACE = "place"
    CODE = "code"
    TEXT = "text"
    QUANTITY = "quantity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One allowed code of a fact, with its words."""

    code: str
    words: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDeclaration:
    """A fact that packs read or packets carry.

    Args:
        unit: years, hours, cm or kg; None when the value is no measure.
        sensitivity: class P0 to P4.
        choices: allowed codes; empty for an open list.
        many: the value is a list of codes.
        dangerous: values in the order in which they govern when informants disagree; empty when none is worse.
        ask: may be asked of a reporter; otherwise only police or the agency record it.
        future: the instant or day may lie after the assessment, such as a hearing.
    """

    id: str
    pack_id: str
    type: FactType
    unit: str | None
    question: Text
    label: Text
    sensitivity: str
    choices: tuple[Choice, ...] = ()
    many: bool = False
    dangerous: tuple[FactValue, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    ask: bool = False
    future: bool = False

    def codes(self) -> tuple[str, ...]:
        return tuple(choice.code for choice in self.choices)

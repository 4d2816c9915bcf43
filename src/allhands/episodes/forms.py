"""The one form in which a value is kept, whoever sent it.

A fact that may have several values has a list of them, also where somebody sent one alone: the law reads one nation
and a list of one alike, but whoever routes a notice or ties a child to its nation looks for lists.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from allhands.episodes.contracts import Json, NewStatement
from allhands.platform import packs


def many_facts() -> frozenset[str]:
    """Facts that may have several values."""
    return frozenset(fact.id for fact in packs.library().facts.values() if fact.many)


def in_form(fact_id: str, value: Json, many: Container[str]) -> Json:
    """The value as it is kept.

    Args:
        many: `many_facts()`, asked once for many values.
    """
    return value if value is None or isinstance(value, list) or fact_id not in many else [value]


def statements_in_form(statements: Iterable[NewStatement]) -> tuple[NewStatement, ...]:
    """Statements as they are kept."""
    many = many_facts()
    return tuple(replace(said, value=in_form(said.fact_id, said.value, many)) for said in statements)

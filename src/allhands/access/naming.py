"""Which fields of a ledger row may be named to a reader: the name alone can tell what a child went through."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from allhands.duties import api as duties

# What may be named to those who oversee the ledger and do not work with the record.
_OPEN_CLASSES: Final = frozenset({"P0", "P1", "P2"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The fields that may be named, and how many stay without a name."""

    facts: tuple[str, ...]
    untold: int


def name(facts: Iterable[str], knowing: duties.Knowing | None) -> Named:
    """What this reader may read of a list of fields.

    Args:
        knowing: what the reader may know of the child; None for those who only oversee.
    """
    every = tuple(facts)
    told = tuple(fact for fact in every if _may_name(fact, knowing))
    return Named(facts=told, untold=len(every) - len(told))


def _may_name(fact_id: str, knowing: duties.Knowing | None) -> bool:
    if knowing is None:
        return duties.class_of(fact_id) in _OPEN_CLASSES
    return fact_id not in knowing.hidden and duties.class_of(fact_id) in knowing.of_ours

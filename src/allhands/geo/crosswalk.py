"""County codes of one year in those of another: the one place where shapes, people and alert codes meet.

Connecticut is counted by nine planning regions since 2022 and alerted by eight counties; Alaska's 02261 became 02063
and 02066; two counties were renamed and one city joined its county. Source: geo/data/SOURCES.md.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from allhands.geo.tables import rows


class Vintage(enum.Enum):
    """Whose codes. HOUSE is what records, agencies and alerts carry; every other table meets them through here."""

    HOUSE = "house"
    SHAPES_2017 = "shapes-2017"
    POPULATION_2020 = "population-2020"


# Of each kind of change, whether a vintage writes the new codes.
_WRITES_NEW: Final[Mapping[Vintage, frozenset[str]]] = MappingProxyType(
    {
        Vintage.HOUSE: frozenset({"renamed", "joined", "split"}),
        Vintage.SHAPES_2017: frozenset({"renamed", "joined"}),
        Vintage.POPULATION_2020: frozenset({"renamed", "joined", "split", "regions"}),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossed:
    """A county in the codes of another vintage.

    Args:
        codes: together they cover all of the county's land.
        is_exact: they cover nothing else.
    """

    codes: tuple[str, ...]
    is_exact: bool


@dataclass(frozen=True, slots=True)
class _Change:
    old: str
    new: str
    reason: str


def to(vintage: Vintage, fips: str) -> Crossed:
    """The codes that a vintage has for a county; the code itself where nothing changed.

    Example:
        >>> to(Vintage.HOUSE, "02261").codes, to(Vintage.SHAPES_2017, "02063").codes
        (('02063', '02066'), ('02261',))
        >>> to(Vintage.POPULATION_2020, "09007")
        Crossed(codes=('09130',), is_exact=False)
    """
    ahead = [change for change in _changes() if change.old == fips and change.reason in _WRITES_NEW[vintage]]
    if ahead:
        codes = tuple(change.new for change in ahead)
        alone = all(_sources(code) == {fips} for code in codes)
        return Crossed(codes=codes, is_exact=alone and ahead[0].reason != "joined")
    back = [change for change in _changes() if change.new == fips and _steps_back(change, vintage)]
    if back:
        codes = tuple(change.old for change in back)
        return Crossed(codes=codes, is_exact=all(_targets(code) == {fips} for code in codes))
    return Crossed(codes=(fips,), is_exact=True)


def related(fips: str) -> frozenset[str]:
    """The code and all that it was or became, in any year.

    Example:
        >>> sorted(related("46102")), sorted(related("38079"))
        (['46102', '46113'], ['38079'])
    """
    return frozenset({fips, *_sources(fips), *_targets(fips)})


def _steps_back(change: _Change, vintage: Vintage) -> bool:
    return change.reason not in _WRITES_NEW[vintage] and change.reason != "joined"


def _sources(new: str) -> set[str]:
    return {change.old for change in _changes() if change.new == new}


def _targets(old: str) -> set[str]:
    return {change.new for change in _changes() if change.old == old}


@lru_cache(maxsize=1)
def _changes() -> tuple[_Change, ...]:
    return tuple(_Change(row["old"], row["new"], row["reason"]) for row in rows("crosswalk.csv"))

"""Counties and their equivalents: five-digit code to name, offline.

Source: geo/data/SOURCES.md.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county or its equivalent.

    Args:
        fips: five digits, state first.
    """

    fips: str
    name: str
    state: str
    invented: bool = False


def find_county(fips: str) -> County | None:
    """The county of a code, or None when no list has it.

    Example:
        >>> find_county("38079").name
        'Rolette County'
    """
    return _by_code().get(fips)


def list_counties(state: str, *, with_invented: bool = False) -> tuple[County, ...]:
    """The counties of a state, by name; the demo world's invented ones first when asked for."""
    found = [county for county in _by_code().values() if county.state == state and not county.invented]
    invented = [county for county in _by_code().values() if county.state == state and county.invented]
    by_name = sorted(found, key=lambda county: county.name)
    return tuple([*invented, *by_name] if with_invented else by_name)


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, County]:
    rows = [(row, False) for row in _rows("counties.csv")] + [(row, True) for row in _rows("demo-counties.csv")]
    counties = (
        County(fips=row["statefp"] + row["countyfp"], name=row["countyname"], state=row["state"], invented=invented)
        for row, invented in rows
    )
    return {county.fips: county for county in counties}


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

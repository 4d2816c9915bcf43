"""Counties and their equivalents: five-digit code to name, offline.

Source: geo/data/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from allhands.geo.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class County:
    """A county or its equivalent.

    Args:
        fips: five digits, state first.
        invented: of the demo world.
        is_region: a planning region of Connecticut, which the census counts people by since 2022.
    """

    fips: str
    name: str
    state: str
    invented: bool = False
    is_region: bool = False


def find_county(fips: str) -> County | None:
    """The county of a code, or None when no list has it.

    Example:
        >>> find_county("38079").name
        'Rolette County'
    """
    return _by_code().get(fips)


def list_counties(state: str, *, with_invented: bool = False) -> tuple[County, ...]:
    """The counties of a state, by name; the demo world's invented ones first when asked for.

    Without Connecticut's planning regions: people, courts and alerts there still go by the eight counties.
    """
    here = [county for county in _by_code().values() if county.state == state and not county.is_region]
    found = [county for county in here if not county.invented]
    invented = [county for county in here if county.invented]
    by_name = sorted(found, key=lambda county: county.name)
    return tuple([*invented, *by_name] if with_invented else by_name)


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, County]:
    tables = ("counties.csv", "county-changes.csv", "county-regions.csv", "demo-counties.csv")
    counties = (
        County(
            fips=row["statefp"] + row["countyfp"],
            name=row["countyname"],
            state=row["state"],
            invented=table == "demo-counties.csv",
            is_region=table == "county-regions.csv",
        )
        for table in tables
        for row in rows(table)
    )
    return {county.fips: county for county in counties}

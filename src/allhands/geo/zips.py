"""ZIP codes: city, a point inside, every county that the list names. Vintage and gaps: geo/data/SOURCES.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from allhands.geo.names import fold
from allhands.geo.tables import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Zip:
    """A ZIP code.

    Args:
        city, state: of its post office; empty when the list does not say.
        point: latitude and longitude somewhere inside; None for post boxes and the like.
        counties: as the list writes them, in codes of its own year.
    """

    code: str
    city: str
    state: str
    point: tuple[float, float] | None
    counties: tuple[str, ...]


def find_zip(code: str) -> Zip | None:
    """The ZIP of five digits, or None when the list has none."""
    return _by_code().get(code)


def all_zips() -> Iterable[Zip]:
    """Every ZIP of the list."""
    return _by_code().values()


def zips_of_cities() -> Mapping[tuple[str, str], tuple[Zip, ...]]:
    """ZIPs by the state and the folded name of their city."""
    return _by_city()


@lru_cache(maxsize=1)
def _by_code() -> Mapping[str, Zip]:
    return {row["zip"]: _zip(row) for row in rows("zips.csv")}


@lru_cache(maxsize=1)
def _by_city() -> Mapping[tuple[str, str], tuple[Zip, ...]]:
    found: dict[tuple[str, str], list[Zip]] = {}
    for one in _by_code().values():
        if one.city and one.state:
            found.setdefault((one.state, fold(one.city)), []).append(one)
    return {key: tuple(all_) for key, all_ in found.items()}


def _zip(row: Mapping[str, str]) -> Zip:
    return Zip(
        code=row["zip"],
        city=row["city"],
        state=row["state"],
        point=(float(row["lat"]), float(row["lon"])) if row["lat"] else None,
        counties=tuple(row["counties"].split()),
    )

"""Tribal nations: ids, names, spellings, and the areas that carry their name.

The ids are those of the rule packs and of the fact `child.tribal_affiliation` where these name a nation. For all others
the id and the name are those of the census area, which is not always the nation's own name for itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from allhands.geo.names import bare
from allhands.geo.tables import rows

_CLOSE = 80.0  # of 100; below, names of other nations come up


@dataclass(frozen=True, slots=True, kw_only=True)
class Nation:
    """A tribal nation.

    Args:
        id: slug, the same as that of its rule pack where there is one.
        spellings: other ways people write the name.
        areas: census area codes, four digits; empty when the list has no land under this nation's name.
        is_named_by_area: the name is that of the census area; nobody has told us the nation's own.
        invented: of the demo world only.
    """

    id: str
    en: str
    es: str
    spellings: tuple[str, ...]
    areas: tuple[str, ...]
    is_named_by_area: bool
    invented: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NationMatch:
    """A nation that a text may mean.

    Args:
        score: 0 to 100; 100 when a known spelling was written.
    """

    nation: Nation
    score: float


def find_nation(nation_id: str) -> Nation | None:
    """The nation of an id, or None when the list has none."""
    return all_nations().get(nation_id)


def nations_of_area(area_code: str) -> tuple[Nation, ...]:
    """The nations that a census area carries the name of: none for joint-use areas.

    Args:
        area_code: four digits, or the whole geoid.
    """
    return _by_area().get(area_code[:4], ())


def search_nations(text: str, *, invented: bool = False, most: int = 6) -> tuple[NationMatch, ...]:
    """The nations a text may mean, best first. One alone at score 100 is a known spelling; else the person chooses.

    Example:
        >>> [match.nation.id for match in search_nations("Navaho Nation")]
        ['navajo']
        >>> [match.nation.id for match in search_nations("Turtel Mountian Chipewa")][0]
        'tmbci'
    """
    wanted = bare(text)
    if not wanted:
        return ()
    index = _spellings(invented)
    if wanted in index:
        return tuple(NationMatch(nation=all_nations()[one], score=100.0) for one in index[wanted])
    close = process.extract(wanted, index.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_CLOSE, limit=3 * most)
    best: dict[str, float] = {}
    for spelling, score, _ in close:
        for one in index[spelling]:
            best[one] = max(best.get(one, 0.0), min(score, 99.0))
    ranked = sorted(best.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(NationMatch(nation=all_nations()[one], score=round(score, 1)) for one, score in ranked[:most])


@lru_cache(maxsize=1)
def all_nations() -> Mapping[str, Nation]:
    """Every nation of the list by its id."""
    return {row["id"]: _nation(row) for row in rows("nations.csv")}


def _nation(row: Mapping[str, str]) -> Nation:
    return Nation(
        id=row["id"],
        en=row["en"],
        es=row["es"],
        spellings=tuple(part for part in row["spellings"].split("|") if part),
        areas=tuple(row["areas"].split()),
        is_named_by_area=row["named_by"] == "areas",
        invented=row["named_by"] == "invented",
    )


@lru_cache(maxsize=1)
def _by_area() -> Mapping[str, tuple[Nation, ...]]:
    found: dict[str, tuple[Nation, ...]] = {}
    for nation in all_nations().values():
        for code in nation.areas:
            found[code] = (*found.get(code, ()), nation)
    return found


@lru_cache(maxsize=2)
def _spellings(invented: bool) -> Mapping[str, tuple[str, ...]]:
    """Folded spelling to the ids it may mean: "Santee" is the name of two areas."""
    found: dict[str, tuple[str, ...]] = {}
    for nation in (one for one in all_nations().values() if invented or not one.invented):
        for name in (nation.en, nation.es, *nation.spellings, nation.id):
            folded = bare(name)
            if nation.id not in found.get(folded, ()):
                found[folded] = (*found.get(folded, ()), nation.id)
    return found

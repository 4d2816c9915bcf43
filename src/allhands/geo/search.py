"""What a place in words may mean: a point, a ZIP, a nation, a county, a city, a state; known spellings first."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from allhands.geo.counties import County, list_counties
from allhands.geo.names import bare, fold
from allhands.geo.nations import search_nations
from allhands.geo.states import STATE_NAMES, STATE_NAMES_ES
from allhands.geo.zips import find_zip, zips_of_cities

_POINT: Final = re.compile(r"^\s*([+-]?\d{1,3}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$")
_ZIP: Final = re.compile(r"^\s*(\d{5})(?:-\d{4})?\s*$")
_FIPS_WORD: Final = re.compile(r"^\s*(?:fips|county)\s*:?\s*(\d{5})\s*$", re.IGNORECASE)
_CLOSE: Final = 82.0
_MOST_CLOSE: Final = 8
KNOWN: Final = 100.0  # the score of a spelling that a list has
LONGEST: Final = 200  # characters that are read of a text


class MatchKind(enum.Enum):
    """What a text was taken for."""

    POINT = "point"
    ZIP = "zip"
    COUNTY = "county"
    NATION = "nation"
    CITY = "city"
    STATE = "state"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One thing a text may mean.

    Args:
        code: `lat,lon`, a ZIP, five digits of a county, a nation's id, the ZIPs of a city, two letters of a state.
        name: for people; not translated.
        state: two letters; empty for nations and points.
        score: 0 to 100; below 100 the spelling was not one we know, and a person should say which was meant.
    """

    kind: MatchKind
    code: str
    name: str
    state: str = ""
    score: float = 100.0


def search(text: str, *, invented: bool = False) -> tuple[Match, ...]:
    """What a text may mean, best first; nothing when no list has anything like it.

    Args:
        invented: whether the demo world's counties and nation exist.

    Example:
        >>> [(one.name, one.code) for one in search("rolette county nd")]
        [('Rolette County', '38079')]
        >>> [one.kind.value for one in search("58316")]
        ['zip']
    """
    text = text[:LONGEST]
    plain = _numbers(text)
    if plain:
        return plain
    name, state = _split_state(text)
    whole = _states(text)
    if whole:  # Washington is a state, and the name of thirty counties
        name, state = fold(text), ""
    nations = _nations(text, name, invented)
    known = [one for one in nations if one.score == KNOWN]
    counties, cities = _exact_counties(name, state, invented), _cities(name, state)
    exact = [*counties, *known, *cities] if state else [*known, *counties, *cities]
    if whole or exact:
        return (*whole, *exact)
    close = [*_close_counties(name, state, invented), *nations]
    return tuple(sorted(close, key=lambda one: (-one.score, one.name))[:_MOST_CLOSE])


def _numbers(text: str) -> tuple[Match, ...]:
    point, code, fips = _POINT.match(text), _ZIP.match(text), _FIPS_WORD.match(text)
    if code and find_zip(code[1]):
        return (Match(kind=MatchKind.ZIP, code=code[1], name=f"ZIP {code[1]}"),)
    if fips:
        return (Match(kind=MatchKind.COUNTY, code=fips[1], name=fips[1]),)
    if point:
        return (Match(kind=MatchKind.POINT, code=f"{point[1]},{point[2]}", name=f"{point[1]}, {point[2]}"),)
    return ()


def _split_state(text: str) -> tuple[str, str]:
    """The text without the state at its end, and the state; "Rolette County, N.D." or "Rolette North Dakota"."""
    words = fold(text.replace(".", "")).split()
    for count in (3, 2, 1):
        code = _state_names().get(" ".join(words[-count:]))
        if code and len(words) >= count:
            return " ".join(words[:-count]), code
    return " ".join(words), ""


@lru_cache(maxsize=1)
def _state_names() -> Mapping[str, str]:
    names = {fold(name): code for spoken in (STATE_NAMES_ES, STATE_NAMES) for code, name in spoken.items()}
    return {**names, **{code.casefold(): code for code in STATE_NAMES}}


def _states(text: str) -> list[Match]:
    code = _state_names().get(fold(text))
    return [Match(kind=MatchKind.STATE, code=code, name=STATE_NAMES[code], state=code)] if code else []


def _exact_counties(name: str, state: str, invented: bool) -> list[Match]:
    found = [one for one in _county_names(invented).get(bare(name), ()) if state in ("", one.state)]
    whole = [one for one in found if fold(_plain(one)) == name]
    return [_county(one, KNOWN) for one in whole or found]


def _close_counties(name: str, state: str, invented: bool) -> list[Match]:
    index = _county_names(invented)
    close = process.extract(bare(name), index.keys(), scorer=fuzz.ratio, score_cutoff=_CLOSE, limit=30)
    return [_county(one, min(score, 99.0)) for key, score, _ in close for one in index[key] if state in ("", one.state)]


@lru_cache(maxsize=2)
def _county_names(invented: bool) -> Mapping[str, tuple[County, ...]]:
    found: dict[str, list[County]] = {}
    for state in STATE_NAMES:
        for one in list_counties(state, with_invented=invented):
            found.setdefault(bare(_plain(one)), []).append(one)
    return {name: tuple(all_) for name, all_ in found.items()}


def _county(one: County, score: float) -> Match:
    return Match(kind=MatchKind.COUNTY, code=one.fips, name=one.name, state=one.state, score=round(score, 1))


def _plain(one: County) -> str:
    return one.name.split("(", 1)[0]


def _nations(text: str, name: str, invented: bool) -> list[Match]:
    found = search_nations(text, invented=invented) or search_nations(name, invented=invented)
    return [Match(kind=MatchKind.NATION, code=one.nation.id, name=one.nation.en, score=one.score) for one in found]


def _cities(name: str, state: str) -> list[Match]:
    found = []
    for code in [state] if state else STATE_NAMES:
        zips = zips_of_cities().get((code, name))
        if zips:
            codes = " ".join(one.code for one in zips)
            found.append(Match(kind=MatchKind.CITY, code=codes, name=f"{zips[0].city}, {code}", state=code))
    return found

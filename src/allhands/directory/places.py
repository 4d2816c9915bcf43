"""Which places somebody may mean: every candidate, never one guess. Pure.

Typed by hand (a county, a state, a ZIP code, a town or a nation, in any spelling), chosen from a list, or brought by
another site's link as codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from allhands.directory.contracts import Where
from allhands.geo import locate
from allhands.geo.counties import find_county
from allhands.geo.located import CODES, Located, PlaceUnreadable
from allhands.geo.names import fold
from allhands.geo.nations import all_nations, find_nation
from allhands.geo.search import KNOWN, Match, MatchKind
from allhands.geo.states import STATE_NAMES, STATE_NAMES_ES
from allhands.law import Text

MOST_TEXT = 120  # characters; the longest name of a county and a nation together is shorter
MOST_CANDIDATES = 8  # more is no answer but a list: then the state is asked for
MOST_NATIONS = 5  # in one county; above that the nation's name is asked for
_ABROAD = frozenset(
    ("canada", "alberta", "manitoba", "ontario", "quebec", "saskatchewan", "yukon", "mexico", "sonora", "chihuahua")
)
_CELL = re.compile(r"(-?\d{1,2}\.\d),(-?\d{1,3}\.\d)")
_HALF = 0.05  # degrees: half a side of the square that a device rounds to

Found = tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class PlaceError(Exception):
    """What was typed names no place we know; `text` says what to do next."""

    field: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A place as it came in: words, codes, or a rounded position.

    Args:
        state: two letters; county: five digits; nation: a code; near: `48.8,-99.8`.
        invented: whether the demo world's counties and nation exist.
    """

    text: str = ""
    state: str = ""
    county: str = ""
    nation: str = ""
    near: str = ""
    invented: bool = False


def find_places(typed: Typed) -> Found:
    """Every place that may be meant; none when nothing was said.

    Raises:
        PlaceError: naming the field.
    """
    chosen = tuple(_from_codes(typed))
    if typed.text:
        return _from_text(typed, shared(chosen).state)
    if typed.near and not chosen:
        return _from_cell(typed)
    return chosen


def _from_codes(typed: Typed) -> Iterator[Where]:
    state = typed.state.upper()
    if state and state not in STATE_NAMES:
        raise PlaceError("state", _WORDS["state"])
    nation = typed.nation.casefold()
    if nation and nation not in nation_names(invented=typed.invented):
        raise PlaceError("nation", _WORDS["nation"])
    if typed.county:
        yield from _county(typed, state, nation)
    elif nation and not state:
        yield from of_nation(nation)
    elif state:
        yield Where(state=state, nation=nation)


def _county(typed: Typed, state: str, nation: str) -> Found:
    found = find_county(typed.county) if re.fullmatch(r"[0-9]{5}", typed.county) else None
    if found is None or (found.invented and not typed.invented):
        raise PlaceError("county", _WORDS["county-code"])
    if state and found.state != state:
        raise PlaceError("county", _WORDS["county-elsewhere"])
    if nation:
        return (Where(state=found.state, county_fips=found.fips, nation=nation),)
    return tuple(_candidates(locate.by_county(found.fips)))


@lru_cache(maxsize=1024)
def of_nation(nation: str) -> Found:
    """A nation's land in each state that it touches; without a state when no map of ours has it."""
    known = find_nation(nation)
    states = locate.by_nation(known).states if known is not None else ()
    return tuple(Where(nation=nation, state=state) for state in states) or (Where(nation=nation),)


def _from_cell(typed: Typed) -> Found:
    """All that any corner of the square may be in: the device told us no more than the square."""
    parts = _CELL.fullmatch(typed.near)
    if not parts:
        raise PlaceError("where", _WORDS["position"])
    lat, lon = float(parts[1]), float(parts[2])
    corners = [(lat, lon), *((lat + up, lon + right) for up in (-_HALF, _HALF) for right in (-_HALF, _HALF))]
    located = [_located(Match(kind=MatchKind.POINT, code=f"{up},{right}", name="")) for up, right in corners]
    found = tuple(dict.fromkeys(place for one in located for place in _candidates(one)))
    if not found:
        raise PlaceError("where", _outside(located))
    return found[: 2 * MOST_CANDIDATES]


def _from_text(typed: Typed, state: str) -> Found:
    matches = locate.by_text(typed.text, invented=typed.invented)
    here = [one for one in matches if not state or one.state in {"", state}]
    if not here:
        raise PlaceError("where", _unknown(typed.text, matches))
    if here[0].score < KNOWN:
        raise PlaceError("where", _nearly(here))
    if here[0].kind is MatchKind.STATE:
        return (Where(state=here[0].code),)
    if len(here) > MOST_CANDIDATES:
        raise PlaceError("where", _WORDS["too-many"])
    found = tuple(dict.fromkeys(place for one in here for place in _places_of(one, state)))
    named = {one.code for one in here if one.kind is MatchKind.NATION}
    if len(here) > 1 and len({place.county_fips for place in found if place.county_fips}) > 1:
        # Several places have this name: nations that only may lie in one of them would bury the list.
        found = tuple(place for place in found if not place.nation or place.nation in named)
    return found[: 2 * MOST_CANDIDATES]


def _places_of(match: Match, state: str) -> Found:
    if match.kind is MatchKind.NATION:
        found = of_nation(match.code)
        return tuple(one for one in found if not state or one.state == state) or (
            Where(nation=match.code, state=state),
        )
    located = _located(match)
    found = tuple(one for one in _candidates(located) if not state or one.state == state)
    if not found and located.code:
        raise PlaceError("where", _outside([located]))
    return found


def _located(match: Match) -> Located:
    try:
        return locate.resolve(match)
    except PlaceUnreadable as wrong:
        raise PlaceError("where", _said(wrong)) from wrong


def _candidates(located: Located) -> Iterator[Where]:
    """Each county, and each nation whose land may be meant; many nations are asked for by name instead."""
    for county in located.counties:
        yield Where(state=county.state, county_fips=county.fips)
    if len(located.nations) <= MOST_NATIONS:
        only = located.counties[0] if len(located.counties) == 1 else None
        for nation in located.nations:
            for place in [Where(state=only.state, county_fips=only.fips)] if only else of_nation(nation):
                yield replace(place, nation=nation)


def _outside(located: Sequence[Located]) -> Text:
    """Why no county holds the place, and the counties nearest to it, as words that can be written instead."""
    why = CODES[located[0].code or "place.not-on-any-list"]
    near = "; ".join(dict.fromkeys(f"{one.name}, {one.state}" for place in located for one in place.nearest))
    if not near:
        return Text(en=why.en, es=why.es)
    return Text(
        en=f"{why.en} Nearest to it: {near}. Write one of these for its police.",
        es=f"{why.es} Lo más cercano: {near}. Escriba uno para ver su policía.",
    )


def _said(wrong: PlaceUnreadable) -> Text:
    return Text(en=wrong.words.en, es=wrong.words.es)


def _unknown(text: str, elsewhere: Iterable[Match]) -> Text:
    if _ABROAD & set(fold(text).split()):
        return _WORDS["abroad"]
    return _WORDS["other-state"] if any(elsewhere) else _WORDS["where"]


def _nearly(matches: Iterable[Match]) -> Text:
    names = "; ".join(", ".join(part for part in (one.name, one.state) if part) for one in list(matches)[:3])
    return Text(
        en=f"We know no place spelled like this. Did you mean one of these? {names}. Or choose the state alone.",
        es=f"No conocemos un lugar escrito así. ¿Es uno de estos? {names}. O elija solo el estado.",
    )


def shared(places: Iterable[Where]) -> Where:
    """What all candidates have in common: the coarse codes that may be handed on without a guess."""
    found = tuple(places)

    def same(values: Iterable[str]) -> str:
        one = set(values)
        return one.pop() if len(one) == 1 else ""

    return Where(
        state=same(place.state for place in found),
        county_fips=same(place.county_fips for place in found),
        nation=same(place.nation for place in found),
    )


@lru_cache(maxsize=2)
def nation_names(*, invented: bool) -> Mapping[str, Text]:
    """Nations by code; the demo world's only where it exists."""
    return {code: Text(en=one.en, es=one.es) for code, one in all_nations().items() if invented or not one.invented}


def state_names() -> Mapping[str, Text]:
    """States by code."""
    return {code: Text(en=name, es=STATE_NAMES_ES[code]) for code, name in STATE_NAMES.items()}


def names_of(places: Iterable[Where]) -> Iterator[Text]:
    """Each place in words."""
    return map(place_words, places)


def place_words(place: Where) -> Text:
    """A place in both languages: nation, county, state, as far as each is known."""
    county, nation = find_county(place.county_fips), find_nation(place.nation)
    where = county.name if county else ""
    en = (nation.en if nation else "", where, STATE_NAMES.get(place.state, ""))
    es = (nation.es if nation else "", where, STATE_NAMES_ES.get(place.state, ""))
    return Text(en=", ".join(filter(None, en)), es=", ".join(filter(None, es)))


def typed_words(places: Found, lang: str) -> str:
    """The place as somebody would type it, so that the same words find it again; empty when several are meant."""
    place = shared(places)
    county, nation = find_county(place.county_fips), find_nation(place.nation)
    if nation:
        return Text(en=nation.en, es=nation.es).get(lang)
    return f"{county.name}, {place.state}" if county else ""


_WORDS: Mapping[str, Text] = {
    "state": Text(
        en="This is not a state, district or territory we know. Choose one from the list, or leave it empty.",
        es="No es un estado, distrito o territorio que conozcamos. Elija uno de la lista o déjelo vacío.",
    ),
    "nation": Text(
        en="We have no nation under this code. Write its name instead, or leave it empty.",
        es="No tenemos una nación con ese código. Escriba su nombre o déjelo vacío.",
    ),
    "county-code": Text(
        en="No county has this code. It has five digits, such as 38079. Or write the county's name.",
        es="Ningún condado tiene ese código. Son cinco cifras, como 38079. O escriba el nombre del condado.",
    ),
    "county-elsewhere": Text(
        en="This county lies in another state. Choose that state, or leave the state empty.",
        es="Este condado está en otro estado. Elija ese estado o deje el estado vacío.",
    ),
    "position": Text(
        en="We could not use this position. Write the county, or choose the state.",
        es="No pudimos usar esta posición. Escriba el condado o elija el estado.",
    ),
    "abroad": Text(
        en="This place is outside the United States. Call the emergency number there, then police where the child "
        "lives.",
        es="Este lugar está fuera de Estados Unidos. Llame a emergencias allí y luego a la policía de donde "
        "vive el menor.",
    ),
    "other-state": Text(
        en="We know this name only in another state. Choose that state, or leave the state empty.",
        es="Solo conocemos ese nombre en otro estado. Elija ese estado o deje el estado vacío.",
    ),
    "too-many": Text(
        en="Many places have this name. Choose the state as well.",
        es="Muchos lugares tienen ese nombre. Elija también el estado.",
    ),
    "where": Text(
        en="We know no place of this name. Write a county, a ZIP code or a nation, or choose the state alone.",
        es="No conocemos un lugar con ese nombre. Escriba un condado, un código postal o una nación, o elija solo el "
        "estado.",
    ),
}

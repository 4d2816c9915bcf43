"""Which places somebody may mean: every candidate, never one guess. Pure.

Typed by hand: a county, a state, a ZIP code or a nation, in any spelling; or codes from a list or another site's link.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from allhands.directory.contracts import Where
from allhands.geo.counties import County, find_county, list_counties
from allhands.geo.states import STATE_NAMES
from allhands.law import Text, nearest_word

MOST_TEXT = 120  # characters; the longest name of a county and a nation together is shorter
MOST_CANDIDATES = 8  # more is no answer but a list: then the state is asked for
_KIND = re.compile(
    r"\b(county|parish|borough|census area|municipality|municipio|condado de|condado|planning region|reservation|"
    r"reserva|nation|nacion|tribe|tribu|band|of|de|del|the|la)\b"
)
_ABROAD = frozenset(
    [
        "canada",
        "alberta",
        "manitoba",
        "ontario",
        "quebec",
        "saskatchewan",
        "yukon",
        "nunavut",
        "mexico",
        "sonora",
        "chihuahua",
        "tamaulipas",
    ]
)
_ZIP = re.compile(r"(\d{5})(?:-\d{4})?")
_CELL = re.compile(r"(-?\d{1,2}\.\d),(-?\d{1,3}\.\d)")

Found = tuple[Where, ...]


@dataclass(frozen=True, slots=True)
class PlaceError(Exception):
    """What was typed names no place we know; `text` says what to do next."""

    field: str
    text: Text


def _found_nothing(_: object) -> Found:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """What is known of places.

    Args:
        nations: code to name, as the packs list them.
        invented: whether the demo world's counties exist.
        by_zip: the places of a ZIP code, none when no list has it.
        by_cell: the places that a cell of a tenth of a degree touches; the cell is `(latitude, longitude)`.
    """

    nations: Mapping[str, Text]
    invented: bool = False
    by_zip: Callable[[str], Found] = field(default=_found_nothing)
    by_cell: Callable[[tuple[float, float]], Found] = field(default=_found_nothing)


def find_places(*, text: str, state: str, county: str, nation: str, near: str, known: Gazetteer) -> Found:
    """Every place that may be meant; none when nothing was said.

    Args:
        state: two letters; county: five digits; nation: a code of the packs; near: `48.8,-99.8`.
    Raises:
        PlaceError: naming the field.
    """
    chosen = _from_codes(state.strip().upper(), county.strip(), nation.strip().casefold(), known)
    if text.strip():
        return _narrowed(_from_text(text.strip(), chosen.state if chosen else "", known), chosen)
    if near.strip() and not chosen:
        return _from_cell(near.strip(), known)
    return (chosen,) if chosen else ()


def _narrowed(found: Found, chosen: Where | None) -> Found:
    """A nation chosen from the list stays, whatever county was typed."""
    if chosen is None or not chosen.nation:
        return found
    return tuple(
        Where(state=one.state, county_fips=one.county_fips, nation=one.nation or chosen.nation, why=one.why)
        for one in found
    )


def _from_codes(state: str, county: str, nation: str, known: Gazetteer) -> Where | None:
    if state and state not in STATE_NAMES:
        raise PlaceError("state", _WORDS["state"])
    if nation and nation not in known.nations:
        raise PlaceError("nation", _WORDS["nation"])
    if county:
        found = find_county(county) if re.fullmatch(r"[0-9]{5}", county) else None
        if found is None or (found.invented and not known.invented):
            raise PlaceError("county", _WORDS["county-code"])
        if state and found.state != state:
            raise PlaceError("county", _WORDS["county-elsewhere"])
        state = found.state
    return Where(state=state, county_fips=county, nation=nation) if state or nation else None


def _from_cell(near: str, known: Gazetteer) -> Found:
    parts = _CELL.fullmatch(near)
    if not parts:
        raise PlaceError("where", _WORDS["position"])
    found = known.by_cell((float(parts[1]), float(parts[2])))
    if not found:
        raise PlaceError("where", _WORDS["outside"])
    return found


def _from_text(text: str, state: str, known: Gazetteer) -> Found:
    if zip_code := _ZIP.fullmatch(text):
        found = known.by_zip(zip_code[1])
        if not found:
            raise PlaceError("where", _WORDS["zip"])
        return found
    name, said_state = _split(text)
    state = said_state or state
    if not name:
        return (Where(state=state),)
    found = tuple(dict.fromkeys([*_counties(name, state, known), *_nations(name, state, known)]))
    if not found:
        raise _unknown(name, state, known)
    if len(found) > MOST_CANDIDATES:
        raise PlaceError("where", _WORDS["too-many"])
    return found


def _split(text: str) -> tuple[str, str]:
    """The name and the state that stands behind or instead of it: "Rolette, ND", "North Dakota"."""
    names = {fold(name): code for code, name in STATE_NAMES.items()} | {code.casefold(): code for code in STATE_NAMES}
    if fold(text) in names:
        return "", names[fold(text)]
    head, comma, tail = text.rpartition(",")
    if comma and fold(tail) in names:
        return head.strip(), names[fold(tail)]
    head, _space, tail = text.rpartition(" ")
    return (head.strip(), tail.upper()) if head and tail.isupper() and tail in STATE_NAMES else (text, "")


def _counties(name: str, state: str, known: Gazetteer) -> Iterator[Where]:
    wanted = bare(name)
    for county in _all_counties(state, known):
        if wanted and bare(county.name) == wanted:
            yield Where(state=county.state, county_fips=county.fips, why=_county_words(county))


def _county_words(county: County) -> Text:
    words = f"{county.name}, {STATE_NAMES[county.state]}"
    return Text(en=words, es=words)


def _nations(name: str, state: str, known: Gazetteer) -> Iterator[Where]:
    """Nations whose code is typed, or whose name has every word typed: "navajo", "Turtle Mountain", "NAVAJO NATION"."""
    wanted = set(bare(name).split())
    for code, names in known.nations.items():
        has = set(bare(names.en).split()) | set(bare(names.es).split()) | {code}
        if wanted and wanted <= has:
            yield Where(state=state, nation=code, why=names)


def _all_counties(state: str, known: Gazetteer) -> Iterator[County]:
    for code in [state] if state else sorted(STATE_NAMES):
        yield from list_counties(code, with_invented=known.invented)


def _unknown(name: str, state: str, known: Gazetteer) -> PlaceError:
    if _ABROAD & set(fold(name).split()):
        return PlaceError("where", _WORDS["abroad"])
    names = {bare(county.name): county.name for county in _all_counties(state, known)}
    names |= {bare(words.en): words.en for words in known.nations.values()}
    near = nearest_word(bare(name), names)
    if near is None:
        return PlaceError("where", _WORDS["where"])
    return PlaceError(
        "where",
        Text(
            en=f"We know no place of this name. Did you mean {names[near]}? You can also choose the state alone.",
            es=f"No conocemos un lugar con ese nombre. ¿Es {names[near]}? También puede elegir solo el estado.",
        ),
    )


def fold(text: str) -> str:
    """Letters and digits without case, accents or apostrophes, single spaces; for comparing only."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = (letter for letter in decomposed if not unicodedata.combining(letter) and letter not in "'’ʼʻ`´.")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in kept).split())


def bare(name: str) -> str:
    """A name without the words for what kind of place it is.

    Example:
        >>> bare("Doña Ana County"), bare("the NAVAJO Nation")
        ('dona ana', 'navajo')
    """
    return " ".join(_KIND.sub(" ", fold(name.split("(", 1)[0])).split()).replace("saint ", "st ")


def names_of(places: Iterable[Where], known: Gazetteer) -> Iterator[Text]:
    """Each place in words."""
    for place in places:
        yield place_words(place, known.nations)


def place_words(place: Where, nations: Mapping[str, Text]) -> Text:
    """A place in both languages: nation, county, state, as far as each is known."""
    county = find_county(place.county_fips)
    rest = [county.name if county else "", STATE_NAMES.get(place.state, "")]
    nation = nations.get(place.nation)
    return Text(
        en=", ".join(part for part in [nation.en if nation else "", *rest] if part),
        es=", ".join(part for part in [nation.es if nation else "", *rest] if part),
    )


def typed_words(places: Found, nations: Mapping[str, Text], lang: str) -> str:
    """The one place as somebody would type it, so that the same words find it again; empty for none or several."""
    if len(places) != 1:
        return ""
    place = places[0]
    county = find_county(place.county_fips)
    if place.nation in nations:
        return nations[place.nation].get(lang)
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
    "zip": Text(
        en="We do not have this ZIP code. Write the county, or choose the state.",
        es="No tenemos este código postal. Escriba el condado o elija el estado.",
    ),
    "position": Text(
        en="We could not use this position. Write the county, or choose the state.",
        es="No pudimos usar esta posición. Escriba el condado o elija el estado.",
    ),
    "outside": Text(
        en="This position lies in no county or nation of our lists. Call 911, or write the county.",
        es="Esta posición no está en ningún condado o nación de nuestras listas. Llame al 911 o escriba el condado.",
    ),
    "abroad": Text(
        en="This place is outside the United States. Call the emergency number there, then police where the "
        "child lives.",
        es="Este lugar está fuera de Estados Unidos. Llame a emergencias allí y luego a la policía donde vive "
        "el menor.",
    ),
    "too-many": Text(
        en="Many places have this name. Choose the state as well.",
        es="Muchos lugares tienen ese nombre. Elija también el estado.",
    ),
    "where": Text(
        en="We know no place of this name. Write a county, a ZIP code or a nation, or choose the state alone.",
        es="No conocemos un lugar con ese nombre. Escriba un condado, un código postal o una nación, o elija "
        "solo el estado.",
    ),
}

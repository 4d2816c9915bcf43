"""A place as a form asks for it: state from a list, county by its name or a town or ZIP in it, a nation's land. Pure.

The county is typed, not chosen: a list would have to hold three thousand counties, or know the state before it is
chosen. Typing works without script, and what was typed stays on the page when no county has that name. A ZIP or a
town that lies in several counties is never settled by a guess: the counties are named, and a person says which.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NoReturn

from allhands.episodes.contracts import Json
from allhands.episodes.folding import fold
from allhands.episodes.intake.days import UnreadableError
from allhands.geo import locate
from allhands.geo.counties import County, find_county, list_counties
from allhands.geo.search import MatchKind
from allhands.geo.states import STATE_NAMES

# `here` is one tap for the place where the asking agency is at home, as "ND-38990"; the other parts are typed.
PARTS = ("here", "state", "county", "county_fips", "land", "nation", "indian_country")
_ZIP = re.compile(r"\d{5}(?:-\d{4})?", re.ASCII)
_MOST_NAMED = 8  # counties in one message; a town's name that more of them know needs its state first
# Words a county's name ends with; people leave them out.
_KINDS = ("county", "parish", "borough", "census area", "municipality", "municipio", "condado", "city and borough")
_YES, _NO = frozenset({"yes", "true", "sí", "si"}), frozenset({"no", "false"})


def read_place(part: Callable[[str], str], *, lang: str = "en", invented: bool = False) -> dict[str, Json]:
    """The place as statements carry it. The one tap wins over what was typed before it.

    Args:
        part: the text of one of `PARTS`, empty when nothing was typed.
        invented: whether the counties of the demo world exist.

    Raises:
        UnreadableError: `answer.state`, `answer.county`, `answer.county-state`, `answer.county-elsewhere`,
            `answer.county-several` with the counties that may be meant.
    """
    state, _dash, county = part("here").partition("-")
    if state:  # the agency's own place on record exists in this world, invented or not
        invented = True
    else:
        state, county = _state(part("state")), part("county") or part("county_fips")
    counties = _Counties(state=state, lang=lang, invented=invented)
    # A code that a page or a program put there is a code; the same digits typed by a person may be a ZIP.
    is_code = bool(part("here") or not part("county"))
    found = (counties.by_code if is_code and county.isdigit() else counties.find)(county) if county else None
    place: dict[str, Json] = {}
    if state or found:
        place["state"] = state or (found.state if found else "")
    if found:
        place["county_fips"] = found.fips
    return {**place, **_land(part)}


def _state(text: str) -> str:
    if not text:
        return ""
    if text.upper() in STATE_NAMES:
        return text.upper()
    named = {fold(name): code for code, name in STATE_NAMES.items()}
    try:
        return named[fold(text)]
    except KeyError:
        raise UnreadableError("answer.state") from None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counties:
    """The counties a name may mean: of one state, or of all while no state is chosen."""

    state: str
    lang: str
    invented: bool

    def find(self, text: str) -> County:
        if _ZIP.fullmatch(text.strip()):
            return self._by_digits(text.strip())
        states = [self.state] if self.state else sorted(STATE_NAMES)
        known = [county for code in states for county in list_counties(code, with_invented=self.invented)]
        found = [county for county in known if _bare(county.name) == _bare(text)]
        whole = [county for county in found if fold(county.name) == fold(text)]
        if len(whole) == 1 or len(found) == 1:
            return (whole or found)[0]
        if found:
            raise UnreadableError("answer.county-state")
        return self._in_town(text) or self._refuse(text, known)

    def _by_digits(self, text: str) -> County:
        """Five digits: the code of a county, or a ZIP, or both."""
        coded, zipped = self._coded(text), self._around(text)
        here = [one for one in dict.fromkeys([*coded, *zipped]) if self.state in ("", one.state)]
        if (coded or zipped) and not here:
            raise UnreadableError("answer.county-elsewhere", state=STATE_NAMES[self.state])
        return self._only(text, here) if here else self.by_code(text)

    def _coded(self, text: str) -> list[County]:
        county = find_county(text)
        return [county] if county is not None and (self.invented or not county.invented) else []

    def _in_town(self, text: str) -> County | None:
        """The county of a town; None when no list has the town in this state."""
        around = [one for one in self._around(text) if self.state in ("", one.state)]
        return self._only(text, around) if around else None

    def _around(self, text: str) -> list[County]:
        """Every county that a ZIP or a town may lie in."""
        matches = locate.by_text(f"{text} {self.state}" if not _ZIP.fullmatch(text) else text)
        codes = [
            county.fips
            for match in matches
            if match.kind in (MatchKind.ZIP, MatchKind.CITY)
            for county in locate.resolve(match).counties
        ]
        return [county for fips in dict.fromkeys(codes) if (county := find_county(fips)) is not None]

    def _only(self, text: str, counties: Sequence[County]) -> County:
        if len(counties) == 1:
            return counties[0]
        names = [f"{one.name} ({one.state})" for one in counties]
        if len(names) > _MOST_NAMED:
            raise UnreadableError("answer.county-state")
        raise UnreadableError("answer.county-several", typed=text[:60], counties=", ".join(names))

    def by_code(self, fips: str) -> County:
        county = find_county(fips)
        if county is None or (county.invented and not self.invented):
            raise UnreadableError("answer.county", state=STATE_NAMES.get(self.state, fips), near="")
        if self.state and county.state != self.state:
            raise UnreadableError("answer.county-elsewhere", state=STATE_NAMES[self.state])
        return county

    def _refuse(self, text: str, known: Iterable[County]) -> NoReturn:
        names = {_bare(county.name): county.name for county in known}
        close = get_close_matches(_bare(text)[:60], names, n=1, cutoff=0.75)
        question, everywhere = ("¿Es {}? ", "la lista") if self.lang == "es" else ("Did you mean {}? ", "the list")
        near = question.format(names[close[0]]) if close else ""
        raise UnreadableError("answer.county", state=STATE_NAMES.get(self.state, everywhere), near=near)


def _bare(name: str) -> str:
    """A county's name without the word for what it is, and without its state."""
    folded = fold(name.split(",", 1)[0].split("(", 1)[0])
    for kind in _KINDS:
        folded = folded.removesuffix(f" {kind}").removeprefix(f"{kind} de ")
    return folded.replace("saint ", "st ")


def _land(part: Callable[[str], str]) -> dict[str, Json]:
    """Whether it is a nation's land, and whose."""
    land = part("land")
    nation = part("nation") or (land if land and land not in _YES | _NO else "")
    inside = part("indian_country") or ("yes" if nation else land)
    found: dict[str, Json] = {"nation": nation} if nation else {}
    if inside:
        found["indian_country"] = inside.casefold() in _YES
    return found

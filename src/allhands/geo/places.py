"""A place in words, in English and Spanish."""

from __future__ import annotations

from dataclasses import dataclass

from allhands.geo.counties import find_county
from allhands.geo.nations import find_nation
from allhands.geo.states import STATE_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """The same place in both languages."""

    en: str
    es: str


def describe(*, state: str = "", county_fips: str = "", nation: str = "", on_tribal_land: bool = False) -> PlaceWords:
    """The nation, the county, the state, as far as each is known; a code on no list is shown as it is.

    Example:
        >>> describe(state="ND", county_fips="38079").en
        'Rolette County, North Dakota'
        >>> describe(state="ND", on_tribal_land=True).es
        'North Dakota, en tierra tribal'
        >>> describe(state="ND", nation="spirit-lake").en
        'Spirit Lake Tribe, North Dakota'
    """
    county, people = find_county(county_fips), find_nation(nation)
    around = [part for part in (county.name if county else county_fips, STATE_NAMES.get(state, state)) if part]
    own = {"en": people.en if people else nation, "es": people.es if people else nation}
    land = {"en": "on tribal land", "es": "en tierra tribal"} if on_tribal_land else {}
    return PlaceWords(
        en=", ".join([*([own["en"]] if own["en"] else []), *around, *([land["en"]] if land else [])]),
        es=", ".join([*([own["es"]] if own["es"] else []), *around, *([land["es"]] if land else [])]),
    )

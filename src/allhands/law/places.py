"""A place as the law sees it: state, county, nation, Indian country; any part may be unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass

from allhands.law.states import STATE_FIPS, STATE_OF_FIPS

NATION_CODE = re.compile(r"[a-z][a-z0-9-]{1,63}")
COUNTY_FIPS = re.compile(r"[0-9]{5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where something is. A part that is None is not known, which is not the same as no.

    Args:
        state: postal code such as "ND".
        county_fips: five digits; its first two name the state.
        nation: the nation's code in the packs, such as "tmbci".
        indian_country: whether the place lies in Indian country (18 USC 1151).
    """

    state: str | None = None
    county_fips: str | None = None
    nation: str | None = None
    indian_country: bool | None = None

    def known_state(self) -> str | None:
        """The state as stated, or as the county's code tells it."""
        if self.state is not None or self.county_fips is None:
            return self.state
        return STATE_OF_FIPS.get(self.county_fips[:2])

    def is_in_state(self, state: str) -> bool | None:
        known = self.known_state()
        return None if known is None else known == state

    def is_in_county(self, county_fips: str) -> bool | None:
        """False also when only the state is known and it is another one."""
        if self.county_fips is not None:
            return self.county_fips == county_fips
        in_state = self.is_in_state(STATE_OF_FIPS.get(county_fips[:2], ""))
        return False if in_state is False else None

    def is_with_nation(self, nation: str) -> bool | None:
        """False when another nation is named, or when the place is known to lie outside Indian country."""
        if self.nation is not None:
            return self.nation == nation
        return False if self.indian_country is False else None

    def is_indian_country(self) -> bool | None:
        return self.indian_country


def place_problem(place: Place) -> tuple[str, str] | None:
    """The part of a place that cannot be, with what is allowed; None when all is well.

    Example:
        >>> place_problem(Place(state="XX"))[0]
        'state'
    """
    if place.state is not None and place.state not in STATE_FIPS:
        return "state", f"{place.state!r} is no state, district or territory code; use two letters such as ND, DC or PR"
    if place.county_fips is not None and not COUNTY_FIPS.fullmatch(place.county_fips):
        return "county_fips", "a county code has five digits in quotes, such as 38079"
    if place.county_fips is not None and place.county_fips[:2] not in STATE_OF_FIPS:
        return "county_fips", f"no state has the code {place.county_fips[:2]}; the first two digits name the state"
    if place.state and place.county_fips and STATE_FIPS[place.state] != place.county_fips[:2]:
        return "county_fips", f"the county lies in {STATE_OF_FIPS[place.county_fips[:2]]}, not in {place.state}"
    if place.nation is not None and not NATION_CODE.fullmatch(place.nation):
        return "nation", "a nation's code has 2 to 64 small letters, digits and dashes, such as tmbci"
    return None

"""The code lists of SAME: who, what, where. Sources in SPEC.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import resources
from typing import Final

# 47 CFR 11.31(d).
ORIGINATORS: Final[Mapping[str, str]] = {
    "EAS": "EAS participant",
    "CIV": "Civil authorities",
    "WXR": "National Weather Service",
    "PEP": "Primary entry point (national)",
}


def _load(name: str) -> Mapping[str, str]:
    text = resources.files("allhands.wire.same").joinpath("data", name).read_text(encoding="utf-8")
    table: dict[str, str] = json.loads(text)
    return table


EVENT_NAMES: Final = _load("events.json")
STATE_NAMES: Final = _load("states.json")
LOCATION_NAMES: Final = _load("locations.json")

# What the first digit says about the part of the county (11.31(f)); 0 is the whole.
PARTS: Final = ("", "Northwest", "North", "Northeast", "West", "Central", "East", "Southwest", "South", "Southeast")


def is_known_location(code: str) -> bool:
    """Whether six digits name a place in our tables: the nation, a state or sea, or a county of one."""
    if code == "000000":
        return True
    return code[1:] in LOCATION_NAMES or (code[3:] == "000" and code[1:3] in STATE_NAMES)


def location_name(code: str) -> str:
    """Words for six digits; empty when our tables do not know the place.

    Example:
        >>> location_name("038079")
        'Rolette, North Dakota'
        >>> location_name("948000")
        'Southeast Texas'
    """
    if code == "000000":
        return "United States"
    state = STATE_NAMES.get(code[1:3], "")
    if code[3:] == "000":
        words = state
    else:
        county = LOCATION_NAMES.get(code[1:], "")
        words = ", ".join(part for part in (county, state) if part) if county else ""
    return f"{PARTS[int(code[0])]} {words}".strip() if words else ""

"""Numbers as people say them: "14", "14 years", "5 ft 6", "120 lb". Pure."""

from __future__ import annotations

import re

from allhands.episodes.intake.days import UnreadableError

_LONGEST = 24  # characters; more is no measure of a child
_WHOLE = re.compile(r"(\d{1,6})\s*(?:years?( old)?|yrs?|años?|times?|veces)?", re.IGNORECASE)
_PLAIN = re.compile(r"(\d{1,6}(?:[.,]\d{1,3})?)\s*([a-záéíóú]*)\.?", re.IGNORECASE)
_FEET = re.compile(
    r"(\d)\s*(?:'|′|’|ft|feet|foot|pies?)\s*(?:(\d{1,2})\s*(?:\"|″|”|''|in|inches|pulgadas?)?)?", re.IGNORECASE
)

# How many of the fact's unit one of these is. Source: NIST SP 811, appendix B (inch and avoirdupois pound are exact).
_CM_OF_FOOT, _CM_OF_INCH, _KG_OF_POUND = 30.48, 2.54, 0.45359237
_FACTORS = {
    "cm": {"": 1.0, "cm": 1.0, "m": 100.0} | dict.fromkeys(("in", "inches", "pulgadas"), _CM_OF_INCH),
    "kg": {"": 1.0, "kg": 1.0, "kilos": 1.0} | dict.fromkeys(("lb", "lbs", "pounds", "libras"), _KG_OF_POUND),
}


def read_whole(text: str) -> int:
    """A whole number.

    Raises:
        UnreadableError: `answer.number`.

    Example:
        >>> read_whole("14 años")
        14
    """
    found = _WHOLE.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        raise UnreadableError("answer.number")
    return int(found[1])


def read_quantity(text: str, unit: str | None) -> float:
    """A measure in the unit of its fact; feet and pounds are turned into it.

    Raises:
        UnreadableError: `answer.number`.

    Example:
        >>> read_quantity("5 ft 6", "cm"), read_quantity("120 lb", "kg"), read_quantity("54,5", "kg")
        (168.0, 54.0, 54.5)
    """
    if len(text) > _LONGEST:
        raise UnreadableError("answer.number")
    if unit == "cm" and (feet := _FEET.fullmatch(text)):
        return float(round(int(feet[1]) * _CM_OF_FOOT + int(feet[2] or 0) * _CM_OF_INCH))
    found = _PLAIN.fullmatch(text)
    factors = _FACTORS.get(unit or "", {"": 1.0})
    if not found or found[2].casefold() not in factors:
        raise UnreadableError("answer.number")
    factor = factors[found[2].casefold()]
    value = float(found[1].replace(",", ".")) * factor
    return value if factor == 1.0 else float(round(value))

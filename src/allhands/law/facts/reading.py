"""Reads stated values by the type their fact was declared with. All problems are collected, then raised once."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from allhands.kernel.findings import Finding, Level
from allhands.kernel.instants import parse_instant
from allhands.law.facts.age import with_age
from allhands.law.facts.declarations import FactDeclaration, FactType
from allhands.law.facts.known import Facts, FactsError
from allhands.law.places import Place, place_problem
from allhands.law.values import JSON, FactValue, nearest_word

MAX_TEXT = 4_000  # characters; a page and a half, longer than any answer a caller gives
MAX_CODES = 100
OLDEST_YEARS = 125  # nobody is known to have lived longer than 122 years
FIRST_YEAR, LAST_YEAR = 1800, 2199  # outside, a year is a slip of the keys; clocks and ages need room on both sides
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:. -]{0,79}")


class WrongValueError(Exception):
    """A value that cannot be; the message says what is allowed."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def parse_facts(raw: Mapping[str, JSON], declarations: Mapping[str, FactDeclaration], *, as_of: datetime) -> Facts:
    """The facts, typed, with the age that follows from the date of birth.

    Args:
        raw: fact id to value; null is the same as not stated.
        as_of: aware instant; nothing may have happened after it.
    Raises:
        FactsError: every field that cannot be, at once.
    """
    findings: list[Finding] = []
    values: dict[str, FactValue] = {}
    for fact_id, value in raw.items():
        parsed = read_value(fact_id, value, declarations, as_of=as_of, path=f"facts.{fact_id}", findings=findings)
        if parsed is not None:
            values[fact_id] = parsed
    if findings:
        raise FactsError(tuple(findings))
    return with_age(values, (), as_of=as_of)


def read_value(
    fact_id: str,
    value: JSON,
    declarations: Mapping[str, FactDeclaration],
    *,
    as_of: datetime,
    path: str,
    findings: list[Finding],
) -> FactValue | None:
    """The typed value; None when it is not stated or cannot be (then with a finding)."""
    declaration = declarations.get(fact_id)
    try:
        if declaration is None:
            raise _unknown_fact(fact_id, declarations)
        return None if value is None else _READERS[declaration.type](value, declaration, as_of)
    except WrongValueError as wrong:
        findings.append(Finding(path=path, code=wrong.code, level=Level.ERROR, message=str(wrong)))
        return None


def _unknown_fact(fact_id: str, declarations: Mapping[str, FactDeclaration]) -> WrongValueError:
    near = nearest_word(fact_id, declarations)
    hint = f"; did you mean {near}?" if near else ""
    shown = check_text(fact_id[:80])
    return WrongValueError(
        "facts.unknown-fact", f'no pack knows a fact "{shown}"{hint}; `allhands packs show core` lists the known facts'
    )


def check_text(text: str, limit: int = MAX_TEXT) -> str:
    """The same text.

    Raises:
        WrongValueError: too long, or with characters that no keyboard types.
    """
    if len(text) > limit:
        raise WrongValueError("facts.too-long", f"the text has {len(text)} characters; at most {limit} are allowed")
    for position, character in enumerate(text, start=1):
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t\r":
            message = f"character {position} is a control character (U+{ord(character):04X}); letters and signs only"
            raise WrongValueError("facts.control-character", message)
    return text


def _words_of(value: JSON) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", str: "text", list: "a list", dict: "an object"}
    return names[type(value)]


def _wrong_type(value: JSON, allowed: str) -> WrongValueError:
    return WrongValueError("facts.wrong-type", f"this is {_words_of(value)}; allowed: {allowed}")


def _read_boolean(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    if isinstance(value, bool):
        return value
    raise _wrong_type(value, "true, false, or null while it is not known")


def _read_integer(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong_type(value, f"a whole number{_range_words(declaration)}")
    return _in_range(value, declaration)


def _read_quantity(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong_type(value, f"a number{_range_words(declaration)}")
    return _in_range(value, declaration)


def _bounds(declaration: FactDeclaration) -> tuple[int | None, int | None]:
    if declaration.unit == "years" and declaration.maximum is None:
        return declaration.minimum or 0, OLDEST_YEARS
    return declaration.minimum, declaration.maximum


def _range_words(declaration: FactDeclaration) -> str:
    minimum, maximum = _bounds(declaration)
    low = "" if minimum is None else f" from {minimum}"
    return low if maximum is None else f"{low} up to {maximum}"


def _in_range(value: int | float, declaration: FactDeclaration) -> int | float:
    minimum, maximum = _bounds(declaration)
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        message = f"{_short(value)} cannot be; allowed: a number{_range_words(declaration)}"
        raise WrongValueError("facts.out-of-range", message)
    return value


def _short(value: int | float) -> str:
    return f"{value:.6g}" if abs(value) >= 1_000_000 else str(value)


def _read_date(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    if not isinstance(value, str):
        raise _wrong_type(value, "a day in quotes, year-month-day, such as 2011-03-14")
    try:
        day = date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except ValueError:
        message = f'"{check_text(value[:40])}" is no day of the calendar; write year-month-day, such as 2011-03-14'
        raise WrongValueError("facts.impossible-date", message) from None
    _check_time(day, as_of.date(), declaration)
    return day


def _read_instant(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    instant = read_instant(value)
    if not declaration.future and instant > as_of:
        message = f"{instant:%Y-%m-%d %H:%M} UTC lies after the assessment ({as_of:%Y-%m-%d %H:%M} UTC); it must not"
        raise WrongValueError("facts.in-the-future", message)
    _check_time(instant.date(), max(as_of.date(), instant.date()), declaration)
    return instant


def read_instant(value: JSON) -> datetime:
    """An aware UTC instant from text.

    Raises:
        WrongValueError: no text, no instant, or no offset from UTC.
    """
    example = "such as 2026-11-24T02:00:00-06:00"
    if not isinstance(value, str):
        raise _wrong_type(value, f"date, time and offset from UTC in quotes, {example}")
    try:
        instant = parse_instant(value)
    except (ValueError, OverflowError):
        message = f'"{check_text(value[:40])}" is no date and time with an offset from UTC; write it {example}'
        raise WrongValueError("facts.impossible-date", message) from None
    _check_year(instant.year)
    return instant


def _check_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        message = f"the year {year:04} cannot be meant; years {FIRST_YEAR} to {LAST_YEAR} are allowed"
        raise WrongValueError("facts.impossible-date", message)


def _check_time(day: date, today: date, declaration: FactDeclaration) -> None:
    if day > today:
        _check_year(day.year)
    if day > today and not declaration.future:
        message = f"{day} lies after the day of the assessment ({today}); a day up to then is allowed"
        raise WrongValueError("facts.in-the-future", message)
    if day < today - timedelta(days=round(OLDEST_YEARS * 365.25)):
        message = f"{day} is more than {OLDEST_YEARS} years before the assessment; check the year"
        raise WrongValueError("facts.too-long-ago", message)


_PLACE_TEXTS = ("state", "county_fips", "nation")
_LONGEST_PLACE = 64  # codes of nations are made of their names; the tables keep as much


def _read_place(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    allowed = '{"state": "ND", "county_fips": "38079", "nation": "tmbci", "indian_country": true}, parts may be absent'
    if not isinstance(value, dict):
        raise _wrong_type(value, allowed)
    for key in value:
        if key not in (*_PLACE_TEXTS, "indian_country"):
            raise WrongValueError(
                "facts.unknown-key", f'a place has no part "{check_text(key[:40])}"; allowed: {allowed}'
            )
    place = Place(
        state=_place_text(value, "state"),
        county_fips=_place_text(value, "county_fips"),
        nation=_place_text(value, "nation"),
        indian_country=_place_boolean(value),
    )
    problem = place_problem(place)
    if problem is not None:
        raise WrongValueError("facts.unknown-place", f"{problem[0]}: {problem[1]}")
    return place


def _place_text(place: Mapping[str, JSON], key: str) -> str | None:
    value = place.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise WrongValueError("facts.wrong-type", f"{key} is {_words_of(value)}; put it in quotes, or leave it out")
    return check_text(value, _LONGEST_PLACE)


def _place_boolean(place: Mapping[str, JSON]) -> bool | None:
    value = place.get("indian_country")
    if value is not None and not isinstance(value, bool):
        raise WrongValueError("facts.wrong-type", "indian_country is true or false; leave it out while not known")
    return value


def _read_code(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    if not declaration.many:
        return _one_code(value, declaration)
    items = value if isinstance(value, list) else [value]
    if len(items) > MAX_CODES:
        raise WrongValueError("facts.too-long", f"the list has {len(items)} entries; at most {MAX_CODES} are allowed")
    return tuple(dict.fromkeys(_one_code(item, declaration) for item in items))


def _one_code(value: JSON, declaration: FactDeclaration) -> str:
    allowed = ", ".join(declaration.codes())
    if not isinstance(value, str):
        expected = f"one of {allowed}" if allowed else "a code in quotes"
        raise WrongValueError(
            "facts.wrong-type", f"this is {_words_of(value) if value is not None else 'null'}; allowed: {expected}"
        )
    if declaration.choices and value not in declaration.codes():
        near = nearest_word(value, declaration.codes())
        hint = f'; did you mean "{near}"?' if near else ""
        raise WrongValueError(
            "facts.unknown-choice", f'"{check_text(value[:40])}" is not known here{hint}; allowed: {allowed}'
        )
    if not _CODE.fullmatch(value):
        raise WrongValueError("facts.wrong-type", "a code has 1 to 80 letters, digits and dashes")
    return value


def _read_text(value: JSON, declaration: FactDeclaration, as_of: datetime) -> FactValue:
    if not isinstance(value, str):
        raise _wrong_type(value, f"text of at most {MAX_TEXT} characters")
    return check_text(value)


_READERS: Mapping[FactType, Callable[[JSON, FactDeclaration, datetime], FactValue]] = {
    FactType.BOOLEAN: _read_boolean,
    FactType.INTEGER: _read_integer,
    FactType.QUANTITY: _read_quantity,
    FactType.DATE: _read_date,
    FactType.INSTANT: _read_instant,
    FactType.PLACE: _read_place,
    FactType.CODE: _read_code,
    FactType.TEXT: _read_text,
}

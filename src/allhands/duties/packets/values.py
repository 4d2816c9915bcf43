"""Values of facts put into words, in English and Spanish, without a locale or a clock."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from allhands.duties.packets.clean import printable
from allhands.duties.packets.model import JSON, Text, same

YES = Text(en="Yes", es="Sí")
NO = Text(en="No", es="No")

# Source: international yard and pound agreement of 1959, exact.
_CM_PER_INCH = 2.54
_LB_PER_KG = 1 / 0.45359237

_DAYS = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "es": ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})")
_PLACE_PARTS = {
    "name": Text(en="", es=""),
    "address": Text(en="", es=""),
    "county_fips": Text(en="county FIPS ", es="condado FIPS "),
    "state": Text(en="", es=""),
    "nation": Text(en="nation ", es="nación "),
}
_INDIAN_COUNTRY = Text(en="Indian country", es="territorio indígena")
_NOT_INDIAN_COUNTRY = Text(en="not Indian country", es="fuera de territorio indígena")


def in_words(value: JSON, zone: str, unit: str = "") -> Text:
    """A stored value as people read it.

    Args:
        value: what the statement of fact holds.
        zone: IANA name; instants are shown in it.
        unit: of a bare number; `cm` and `kg` are shown in feet and pounds too, since US police forms ask for those.
    Example:
        >>> in_words({"value": 150, "unit": "cm"}, "UTC").es
        '150 cm (4 ft 11 in)'
    """
    match value:
        case bool():
            return YES if value else NO
        case int() | float():
            return _quantity(value, unit)
        case str():
            return _text_in_words(value, zone)
        case Mapping():
            return _mapping_in_words(value, zone)
        case Sequence():
            return _joined([in_words(part, zone) for part in value])
        case _:
            return same("")


def show_moment(moment: datetime, zone: str) -> Text:
    """An instant as "Tue Nov 24 2026 13:22 CST" and "mar 24 nov 2026 13:22 CST"."""
    local = moment.astimezone(ZoneInfo(zone))
    clock = f"{local:%H:%M} {local.tzname()}"
    day_en, day_es = (_DAYS[lang][local.weekday()] for lang in ("en", "es"))
    month_en, month_es = (_MONTHS[lang][local.month - 1] for lang in ("en", "es"))
    return Text(
        en=f"{day_en} {month_en} {local.day} {local.year} {clock}",
        es=f"{day_es} {local.day} {month_es} {local.year} {clock}",
    )


def show_day(day: date) -> Text:
    """A calendar day as "Nov 24 2026" and "24 nov 2026"."""
    month_en, month_es = (_MONTHS[lang][day.month - 1] for lang in ("en", "es"))
    return Text(en=f"{month_en} {day.day} {day.year}", es=f"{day.day} {month_es} {day.year}")


def _quantity(number: float, unit: str) -> Text:
    shown = str(number).removesuffix(".0")
    match unit:
        case "cm":
            feet, inches = divmod(round(number / _CM_PER_INCH), 12)
            return same(f"{shown} cm ({feet} ft {inches} in)")
        case "kg":
            return same(f"{shown} kg ({round(number * _LB_PER_KG)} lb)")
        case _:
            return same(printable(f"{shown} {unit}"))


def _text_in_words(value: str, zone: str) -> Text:
    """A day or an instant in words; anything else as it stands. A report number of eight digits is not a day."""
    try:
        if _DAY.fullmatch(value):
            return show_day(date.fromisoformat(value))
        if _INSTANT.fullmatch(value):
            return show_moment(datetime.fromisoformat(value), zone)
    except ValueError:  # "2026-02-31" is no day: show what was written
        pass
    return same(printable(value))


def _mapping_in_words(value: Mapping[str, JSON], zone: str) -> Text:
    if {"value", "unit"} <= value.keys():
        return in_words(value["value"], zone, str(value["unit"]))
    parts = [_part_in_words(key, value[key], zone) for key in _PLACE_PARTS if value.get(key) is not None]
    here = value.get("indian_country")
    if isinstance(here, bool):
        parts.append(_INDIAN_COUNTRY if here else _NOT_INDIAN_COUNTRY)
    return _joined(parts)


def _part_in_words(key: str, value: JSON, zone: str) -> Text:
    before, words = _PLACE_PARTS[key], in_words(value, zone)
    return Text(en=before.en + words.en, es=before.es + words.es)


def _joined(parts: Sequence[Text], separator: str = ", ") -> Text:
    return Text(en=separator.join(part.en for part in parts), es=separator.join(part.es for part in parts))

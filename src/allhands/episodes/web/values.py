"""A stored value in words a person would say."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from allhands.episodes.contracts import Json
from allhands.geo.counties import find_county
from allhands.geo.states import STATE_NAMES
from allhands.kernel.instants import parse_instant
from allhands.platform import packs
from allhands.ui.wording import Lang, date_words, when


def in_words(fact: str, value: Json, *, lang: Lang, zone: ZoneInfo, now: datetime) -> str:
    """The value of a fact in the reader's language. Unknown is not a value: ask before."""
    coded = packs.choice_words(fact, value)
    if coded is not None:
        return coded.get(lang)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    declared = packs.library().facts.get(fact)
    kind = declared.type.value if declared else "text"
    if kind == "instant" and isinstance(value, str):
        return when(parse_instant(value), now=now, zone=zone, lang=lang)
    if kind == "date" and isinstance(value, str):
        return date_words(date.fromisoformat(value), now.astimezone(zone).date(), lang)
    if isinstance(value, dict):
        return _place(value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    unit = f" {declared.unit}" if declared and declared.unit in {"cm", "kg"} else ""
    return f"{value:g}{unit}" if isinstance(value, float) else f"{value}{unit}"


def _place(value: dict[str, Json]) -> str:
    county = find_county(str(value.get("county_fips") or ""))
    state = STATE_NAMES.get(str(value.get("state") or ""), "")
    parts = [county.name if county else str(value.get("county_fips") or ""), state]
    if value.get("nation"):
        parts.insert(0, str(value["nation"]))
    if value.get("indian_country") is True:
        parts.append(_("on tribal land"))
    return ", ".join(part for part in parts if part)

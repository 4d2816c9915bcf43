"""The answers as a draft of a report, in the names that the intake form uses. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from allhands.directory.contracts import Asked, Urgent
from allhands.directory.judging import IN_CARE, URGENT_FACTS
from allhands.directory.places import shared
from allhands.episodes.contracts import Json
from allhands.geo.counties import find_county

_LAST_SEEN = "place.last_seen"


def draft_answers(asked: Asked) -> Mapping[str, Json]:
    """What the caller said, field by field; the caseworker sees and may change each before it is sent.

    Of several places none is chosen: what they share is filled in.
    """
    answers: dict[str, Json] = {}
    if asked.age is not None:
        answers["child.age_years"] = str(asked.age)
    if asked.who in IN_CARE:
        answers["child.in_foster_care"] = "yes"
    for code in sorted(asked.urgent - {Urgent.NONE}, key=lambda one: one.value):
        fact, value = URGENT_FACTS[code]
        answers[fact] = "yes" if value is True else value
    return {**answers, **_place(asked)}


def _place(asked: Asked) -> Mapping[str, Json]:
    place = shared(asked.places)
    county = find_county(place.county_fips)
    parts = {"state": place.state, "county": county.name if county else "", "land": place.nation}
    return {f"{_LAST_SEEN}.{part}": value for part, value in parts.items() if value}

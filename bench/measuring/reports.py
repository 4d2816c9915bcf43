"""Reports of invented children, each different, as full as the intake wizard leaves them."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

from allhands.episodes.contracts import Certainty, Json, NewStatement, ReportChannel, ReportCommand

_PLACE = {"state": "ND", "county_fips": "38990"}
_SYLLABLES = [first + last for first in "bdklmnrstvwz" for last in "aeio"]
_ASKED_NOT_KNOWN = (
    "child.suicidal",
    "child.taken_by",
    "circumstances.meeting_online_contact",
    "circumstances.force_seen",
    "child.suspected_trafficking",
)


def full_report(number: int, now: datetime) -> ReportCommand:
    """The report with this number: the same number gives the same child, another number another."""
    chance = random.Random(number)
    facts = {**_identity(chance, now.date()), **_circumstances(now), **dict.fromkeys(_ASKED_NOT_KNOWN)}
    return ReportCommand(
        call_name=str(facts["child.nickname"]),
        statements=tuple(_said(fact, value, now) for fact, value in facts.items()),
        reporter_name="Ms Olsen",
        reporter_relation="foster parent",
        reporter_phone="+1 701 555 0199",
        channel=ReportChannel.WIZARD,
        idempotency_key=f"report-{number}",
    )


def _identity(chance: random.Random, today: date) -> dict[str, Json]:
    born = today - timedelta(days=chance.randint(5 * 366, 17 * 365))
    return {
        "child.given_name": _name(chance),
        "child.family_name": _name(chance),
        "child.nickname": _name(chance),
        "child.date_of_birth": born.isoformat(),
        "description.sex": "female",
        "description.hair_color": "brown",
        "description.eye_color": "brown",
        "description.height_cm": 158,
        "description.weight_kg": 52,
        "description.clothing": "Gray hooded sweatshirt, blue jeans, white sneakers",
    }


def _circumstances(now: datetime) -> dict[str, Json]:
    return {
        "time.last_seen_at": (now - timedelta(hours=1)).isoformat(),
        "place.last_seen": {**_PLACE},
        "place.custody": {**_PLACE},
        "place.placement": {**_PLACE},
        "description.last_seen_place": "Bus stop across from the middle school",
        "description.circumstances": "Did not come home after practice; the phone goes to voice mail.",
        "child.whereabouts_known": False,
        "child.in_foster_care": True,
        "child.placement_kind": "foster_family_home",
        "child.believed_abducted": False,
        "child.health_need_within_24h": False,
        "circumstances.imminent_danger": False,
        "circumstances.dangerous_weather": False,
        "child.left_without_permission": True,
        "child.tribal_tie_possible": True,
        "child.tribal_affiliation": ["sample"],
        "child.tribal_status": "eligible",
    }


def _name(chance: random.Random) -> str:
    return "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 4))).title()


def _said(fact: str, value: Json, now: datetime) -> NewStatement:
    return NewStatement(
        fact_id=fact, value=value, informant="Ms Olsen", certainty=Certainty.TOLD, stated_at=now - timedelta(minutes=5)
    )

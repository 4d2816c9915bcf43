"""Reports to test with. Everybody is invented."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from allhands.episodes.contracts import Certainty, Json, NewStatement, ReportChannel, ReportCommand

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
ND = {"state": "ND", "county_fips": "38990"}
MAYA: dict[str, Json] = {
    "child.given_name": "Maya",
    "child.age_years": 14,
    "child.in_foster_care": True,
    "child.whereabouts_known": False,
    "place.last_seen": {**ND},
    "place.custody": {**ND},
    "place.placement": {**ND},
    "time.last_seen_at": "2026-11-24T19:05:00+00:00",
}


def said(
    fact: str,
    value: Json,
    *,
    informant: str = "Ms Olsen",
    certainty: Certainty = Certainty.TOLD,
    at: datetime = NOW,
) -> NewStatement:
    """One statement."""
    return NewStatement(fact_id=fact, value=value, informant=informant, certainty=certainty, stated_at=at)


def report(call_name: str = "Maya", *, key: str = "key-1", at: datetime = NOW, **facts: Json) -> ReportCommand:
    """A report of Maya, last seen 55 minutes before, with more or other facts by id with `__` for the dot."""
    seen = {"time.last_seen_at": (at - timedelta(minutes=55)).isoformat()}
    told = {**MAYA, **seen, **{name.replace("__", "."): value for name, value in facts.items()}}
    return ReportCommand(
        call_name=call_name,
        statements=tuple(said(fact, value, at=at) for fact, value in told.items()),
        reporter_name="Ms Olsen",
        channel=ReportChannel.WIZARD,
        idempotency_key=key,
    )

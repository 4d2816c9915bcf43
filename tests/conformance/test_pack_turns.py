"""An assessment holds until it says: whatever is known, time alone changes nothing before that instant."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from allhands import law
from allhands.law.facts.age import with_age

LIBRARY = law.load_library(Path(__file__).resolve().parents[2] / "packs")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
AGO = st.integers(0, 60 * 24 * 40).map(lambda minutes: NOON - timedelta(minutes=minutes))
YES_OR_NO = sorted(one.id for one in LIBRARY.facts.values() if one.type is law.FactType.BOOLEAN)
INSTANTS = sorted(one.id for one in LIBRARY.facts.values() if one.type is law.FactType.INSTANT)
CARE: dict[str, Any] = {"child.in_foster_care": True, "child.whereabouts_known": False}
VALUES = st.builds(
    lambda known, hours, birth, place: {**CARE, **known, **hours, **birth, **place},
    st.dictionaries(st.sampled_from(YES_OR_NO), st.booleans(), max_size=6),
    st.dictionaries(st.sampled_from(INSTANTS), AGO, max_size=5),
    st.fixed_dictionaries({}, optional={"child.date_of_birth": st.dates(date(2005, 1, 1), date(2026, 11, 24))}),
    st.sampled_from(["ND", "AZ", "CA", "WA", "TX"]).map(lambda code: {"place.residence": law.Place(state=code)}),
)
SOON = {**CARE, "place.residence": law.Place(state="ND"), "child.date_of_birth": date(2008, 11, 25)}


def gist(values: dict[str, Any], at: datetime) -> tuple[dict[str, Any], law.Assessment]:
    made = law.assess(with_age(values, (), as_of=at), LIBRARY, as_of=at)
    said = made.to_json()
    for name in ("as_of", "packs", "holds_until"):
        said.pop(name)
    for rule in (*made.definitions, *made.duties, *made.criteria):
        assert not rule.stale
    return said, made


@pytest.mark.slow
@settings(max_examples=250)
@example(values=SOON, part=0.999)
@example(values={**CARE, "time.last_seen_at": NOON - timedelta(hours=3)}, part=0.999)
@given(values=VALUES, part=st.floats(0, 1, exclude_max=True))
def test_time_alone_changes_nothing_before_an_assessment_says_so(values: dict[str, Any], part: float) -> None:
    try:
        said, made = gist(values, NOON)
    except law.FactsError:
        return  # came back before it was last seen, or was seen before it was born
    end = made.holds_until or NOON + timedelta(days=60)  # rules do not grow stale meanwhile
    assert end >= NOON
    later = NOON + (min(end, NOON + timedelta(days=60)) - NOON) * part
    assert gist(values, later)[0] == said


@pytest.mark.parametrize(
    ("known", "until"),
    [
        ({"time.last_seen_at": NOON - timedelta(hours=3)}, NOON + timedelta(hours=9)),  # twelve hours: the tier rises
        ({"child.date_of_birth": date(2008, 11, 25)}, datetime(2026, 11, 25, tzinfo=UTC)),  # no day yet: each midnight
        ({"child.date_of_birth": date(2008, 11, 25), "time.agency_informed_at": NOON - timedelta(days=90)},
         datetime(2026, 11, 25, 11, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_it_names_the_instant(known: dict[str, Any], until: datetime) -> None:
    values = {**CARE, "place.residence": law.Place(state="ND"), **known}
    found = gist(values, NOON)[1].holds_until
    assert found is not None
    assert timedelta(0) <= until - found < timedelta(seconds=1)  # packs write "less than twelve hours" as 11.9999

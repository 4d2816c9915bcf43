"""What may be stated as a fact, and the kind words for what cannot be."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from allhands.law import JSON, FactsError, FactValue, Library, Place, parse_facts
from allhands.law.facts.age import age_on

from .conftest import NOON

BAD: list[tuple[str, JSON, str, str]] = [
    ("child.age_yeers", 3, "facts.unknown-fact", "did you mean child.age_years"),
    ("zzz", 3, "facts.unknown-fact", 'no pack knows a fact "zzz"'),
    ("child.date_of_birth", "2026-11-25", "facts.in-the-future", "2026-11-24"),
    ("child.date_of_birth", "1886-11-24", "facts.too-long-ago", "125 years"),
    ("child.date_of_birth", "2025-02-29", "facts.impossible-date", "year-month-day"),
    ("child.date_of_birth", "20250203", "facts.impossible-date", "year-month-day"),
    ("child.date_of_birth", 2011, "facts.wrong-type", "a number"),
    ("child.age_years", 140, "facts.out-of-range", "up to 125"),
    ("child.age_years", -1, "facts.out-of-range", "from 0"),
    ("child.age_years", 7.5, "facts.wrong-type", "whole number"),
    ("child.age_years", "7", "facts.wrong-type", "whole number"),
    ("child.age_years", True, "facts.wrong-type", "true or false"),
    ("child.height", 20, "facts.out-of-range", "from 30 up to 250"),
    ("child.in_foster_care", "yes", "facts.wrong-type", "true, false, or null"),
    ("child.in_foster_care", 1, "facts.wrong-type", "true, false, or null"),
    ("time.last_seen_at", "2026-11-24T13:00:00+00:00", "facts.in-the-future", "after the assessment"),
    ("time.last_seen_at", "2026-11-24T10:00:00", "facts.impossible-date", "offset"),
    ("time.last_seen_at", "1801-01-01T10:00:00+00:00", "facts.too-long-ago", "125 years"),
    ("time.last_seen_at", "0001-01-01T00:00:00+14:00", "facts.impossible-date", "offset"),
    ("time.last_seen_at", 5, "facts.wrong-type", "offset"),
    ("place.last_seen", "ND", "facts.wrong-type", '"state": "ND"'),
    ("place.last_seen", {"state": "XX"}, "facts.unknown-place", "ND, DC or PR"),
    ("place.last_seen", {"state": 38}, "facts.wrong-type", "quotes"),
    ("place.last_seen", {"county_fips": "3807"}, "facts.unknown-place", "five digits"),
    ("place.last_seen", {"county_fips": "03001"}, "facts.unknown-place", "no state has the code 03"),
    ("place.last_seen", {"state": "MT", "county_fips": "38079"}, "facts.unknown-place", "lies in ND"),
    ("place.last_seen", {"nation": "Turtle Mountain!"}, "facts.unknown-place", "small letters"),
    ("place.last_seen", {"indian_country": "yes"}, "facts.wrong-type", "true or false"),
    ("place.last_seen", {"town": "Minot"}, "facts.unknown-key", 'no part "town"'),
    ("child.placement_kind", "family-home", "facts.unknown-choice", 'did you mean "family_home"'),
    ("child.placement_kind", ["family_home"], "facts.wrong-type", "family_home, group_home"),
    ("child.health_needs", ["insulin", "aspirin"], "facts.unknown-choice", "insulin, asthma"),
    ("child.nickname", "x" * 4001, "facts.too-long", "4001 characters"),
    ("child.nickname", "a\x00b", "facts.control-character", "character 2"),
    ("child.nickname", "a\ud800", "facts.control-character", "character 2"),
    ("child.nickname", 5, "facts.wrong-type", "text"),
]


@pytest.mark.parametrize(("fact", "value", "code", "words"), BAD, ids=lambda part: ascii(part)[:30])
def test_what_cannot_be_is_said_kindly(library: Library, fact: str, value: JSON, code: str, words: str) -> None:
    with pytest.raises(FactsError) as caught:
        parse_facts({fact: value}, library.facts, as_of=NOON)
    (finding,) = caught.value.findings
    assert (finding.path, finding.code) == (f"facts.{fact}", code)
    assert words in finding.message


GOOD: list[tuple[str, JSON, FactValue]] = [
    ("child.date_of_birth", "2026-11-24", date(2026, 11, 24)),
    ("child.age_years", 0, 0),
    ("time.last_seen_at", "2026-11-24T05:00:00-06:00", datetime(2026, 11, 24, 11, tzinfo=UTC)),
    ("time.hearing_at", "2026-12-24T05:00:00+00:00", datetime(2026, 12, 24, 5, tzinfo=UTC)),
    ("place.last_seen", {"state": "DC"}, Place(state="DC")),
    ("place.last_seen", {"state": "PR", "nation": None}, Place(state="PR")),
    ("child.health_needs", "asthma", ("asthma",)),
    ("child.health_needs", ["asthma", "insulin", "asthma"], ("asthma", "insulin")),
    ("child.nickname", "Nizhóní 'Atʼééd", "Nizhóní 'Atʼééd"),
    ("child.nickname", "José Ñandú\n\tמיכל", "José Ñandú\n\tמיכל"),
]


@pytest.mark.parametrize(("fact", "value", "parsed"), GOOD, ids=lambda part: ascii(part)[:30])
def test_what_can_be_is_kept_exactly(library: Library, fact: str, value: JSON, parsed: FactValue) -> None:
    assert parse_facts({fact: value}, library.facts, as_of=NOON).values[fact] == parsed


def test_null_is_not_stated(library: Library) -> None:
    assert parse_facts({"child.age_years": None}, library.facts, as_of=NOON).values == {}


def test_all_problems_are_told_at_once(library: Library) -> None:
    with pytest.raises(FactsError) as caught:
        parse_facts({"child.age_years": 140, "child.in_foster_care": "no"}, library.facts, as_of=NOON)
    assert len(caught.value.findings) == 2


@pytest.mark.parametrize(
    ("born", "at", "years"),
    [
        pytest.param(date(2008, 11, 24), datetime(2026, 11, 24, 12, tzinfo=UTC), 18, id="on the birthday"),
        pytest.param(date(2008, 11, 24), datetime(2026, 11, 24, 5, tzinfo=UTC), 17, id="not yet everywhere"),
        pytest.param(date(2008, 11, 25), datetime(2026, 11, 24, 12, tzinfo=UTC), 17, id="day before"),
        pytest.param(date(2008, 2, 29), datetime(2026, 3, 1, 12, tzinfo=UTC), 18, id="leap child on 1 March"),
        pytest.param(date(2008, 2, 29), datetime(2026, 2, 28, 23, tzinfo=UTC), 17, id="leap child on 28 February"),
        pytest.param(date(2026, 11, 24), datetime(2026, 11, 24, 1, tzinfo=UTC), 0, id="born today"),
    ],
)
def test_age_in_completed_years(born: date, at: datetime, years: int) -> None:
    assert age_on(born, at) == years


def test_age_follows_from_birth_when_last_seen(library: Library) -> None:
    raw: dict[str, JSON] = {"child.date_of_birth": "2008-11-20", "time.last_seen_at": "2026-11-19T12:00:00+00:00"}
    assert parse_facts(raw, library.facts, as_of=NOON).values["child.age_years"] == 17


def test_stated_age_that_differs_is_kept_as_disagreement(library: Library) -> None:
    facts = parse_facts({"child.date_of_birth": "2008-01-01", "child.age_years": 16}, library.facts, as_of=NOON)
    assert facts.values["child.age_years"] == 16
    assert [disagreement.fact for disagreement in facts.disagreements] == ["child.age_years"]


@pytest.mark.parametrize(
    "raw",
    [
        {"child.date_of_birth": "2026-11-20", "time.last_seen_at": "2026-11-19T12:00:00+00:00"},
        {"time.returned_at": "2026-11-18T12:00:00+00:00", "time.last_seen_at": "2026-11-19T12:00:00+00:00"},
    ],
    ids=["seen before birth", "back before seen"],
)
def test_impossible_order_is_refused(library: Library, raw: dict[str, JSON]) -> None:
    with pytest.raises(FactsError) as caught:
        parse_facts(raw, library.facts, as_of=NOON)
    assert [finding.code for finding in caught.value.findings] == ["facts.impossible-order"]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_any_value_is_read_or_refused(library: Library, data: st.DataObject) -> None:
    fact = data.draw(st.sampled_from(sorted(library.facts)) | st.text(max_size=20))
    value = data.draw(JSON_VALUES)
    with contextlib.suppress(FactsError):
        facts = parse_facts({fact: value}, library.facts, as_of=NOON)
        assert fact in facts.values or value is None

"""Whatever is stated about whatever fact: a judgement, or a finding that names the field. Never a crash."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from allhands import law
from allhands.exchange.tests.program import HERE, maya, software_of
from allhands.platform.testing.cast import Cast

LIBRARY = law.load_library(Path(__file__).resolve().parents[2] / "packs")
INSTANTS = st.sampled_from(
    [
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "2199-12-31T23:59:59+00:00",
        "1800-01-01T00:00:00+00:00",
        "2024-02-29T23:59:59.999999-12:00",
        "2026-03-08T02:30:00-06:00",
        "2026-11-24T02:00:00Z",
        "2026-11-24T02:00:00",
        "20261124T020000Z",
    ]
)
DAYS = st.sampled_from(["0001-01-01", "9999-12-31", "2024-02-29", "2011-03-14", "2011-02-30", "2190-01-01", "20110314"])
PLACES = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(["ND", "ZZ", "", "nd", "PR"]),
        "county_fips": st.sampled_from(["38990", "99999", "", "3899", "38079"]),
        "nation": st.sampled_from(["tmbci", "sample", "", "No Nation", "x" * 50]),
        "indian_country": st.booleans() | st.none() | st.text(max_size=3),
    },
)
CODES = st.sampled_from(sorted({code for fact in LIBRARY.facts.values() for code in fact.codes()}))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
VALUES = st.one_of(ANYTHING, INSTANTS, DAYS, PLACES, CODES, st.lists(CODES, max_size=3), st.integers(-5, 150))
CARE = {"child.age_years": 14, "child.in_foster_care": True, "place.custody": HERE, "place.last_seen": HERE}
FIRST_DAY = {**CARE, "time.agency_informed_at": "0001-01-01T00:00:00+00:00", "child.date_of_birth": "0001-01-01"}
LAST_DAY = {**CARE, "time.agency_informed_at": "9999-12-31T22:00:00+00:00"}
FACTS = st.dictionaries(st.sampled_from(sorted(LIBRARY.facts)), VALUES, max_size=8)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@example(facts=FIRST_DAY, as_of="0001-01-02T00:00:00+00:00", world="live")
@example(facts=LAST_DAY, as_of="9999-12-31T23:00:00+00:00", world="live")
@given(facts=FACTS, as_of=INSTANTS, world=st.sampled_from(["live", "demo"]))
def test_command_line_judges_or_names_the_field(facts: dict[str, Any], as_of: str, world: str) -> None:
    try:
        read = law.parse_input(law.read_json(json.dumps({"as_of": as_of, "facts": facts}).encode()), LIBRARY.facts)
    except law.FactsError as error:
        nameless = [one for one in error.findings if not one.path or not one.message]
    else:
        nameless = []
        assessment = law.assess(read.facts, LIBRARY, as_of=read.as_of, world=world)
        json.dumps(assessment.to_json("es"), allow_nan=False)
    assert not nameless


@pytest.mark.slow
@pytest.mark.parametrize("fact_id", sorted(LIBRARY.facts))
def test_each_fact_alone_takes_what_it_asks_for(fact_id: str) -> None:
    declared = LIBRARY.facts[fact_id]
    few = max(3, int(declared.minimum or 0))
    answers = {
        law.FactType.BOOLEAN: True,
        law.FactType.INTEGER: few,
        law.FactType.QUANTITY: few,
        law.FactType.DATE: "2011-03-14",
        law.FactType.INSTANT: "2026-11-20T02:00:00+00:00",
        law.FactType.PLACE: HERE | {"county_fips": "38079"},
        law.FactType.TEXT: "Haséyaa Béésh Łigai 👧🏽",
        law.FactType.CODE: next(iter(declared.codes()), "a-code"),
    }
    given_ = {"as_of": "2026-11-24T02:00:00+00:00", "facts": {fact_id: answers[declared.type]}}
    read = law.parse_input(given_, LIBRARY.facts)
    assert fact_id in read.facts.values
    law.assess(read.facts, LIBRARY, as_of=read.as_of, world="live").to_json()


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(facts=FACTS)
def test_report_is_taken_or_its_fields_are_named(cast: Cast, facts: dict[str, Any]) -> None:
    software = software_of(cast.caseworker)
    answer = software.report(maya(facts=facts), idempotency=software.key[:40])
    assert answer.status in {201, 400, 422}
    assert answer.status != 422 or answer.fields
    assert answer.status != 400 or answer.error["code"] == "json.not-a-number"

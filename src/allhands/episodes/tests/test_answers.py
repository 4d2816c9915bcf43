"""What a form sent, read as statements; what cannot be read is named and stays."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from allhands import law
from allhands.episodes.contracts import Certainty, Json
from allhands.episodes.intake import answers, faults
from allhands.episodes.intake.answers import Caller, Read
from allhands.kernel.findings import Finding, Level

NOW = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)


def declared(fact: str, kind: str, *choices: str, many: bool = False, unit: str | None = None) -> law.FactDeclaration:
    return law.FactDeclaration(
        id=fact,
        pack_id="core",
        type=law.FactType(kind),
        unit=unit,
        question=law.Text(en="?", es="?"),
        label=law.Text(en=fact, es=fact),
        sensitivity="P1",
        choices=tuple(law.Choice(code=code, words=law.Text(en=f"The {code}", es=f"El {code}")) for code in choices),
        many=many,
        minimum=0,
        maximum=120,
    )


FACTS = {
    one.id: one
    for one in (
        declared("child.given_name", "text"),
        declared("child.age_years", "integer", unit="years"),
        declared("child.date_of_birth", "date"),
        declared("child.suicidal", "boolean"),
        declared("child.taken_by", "code", "stranger", "other_family"),
        declared("child.tribal_affiliation", "code", "tmbci", "navajo", "other-nation", many=True),
        declared("child.tribal_nation_other", "text"),
        declared("time.last_seen_at", "instant"),
        declared("place.last_seen", "place"),
        declared("description.height_cm", "quantity", unit="cm"),
        declared("description.weight_kg", "quantity", unit="kg"),
    )
}
PAGES = {"child.given_name": "child", "child.age_years": "child"}


def read(lang: str = "en", /, **typed: Json) -> Read:
    given = {name.replace("__", "."): value for name, value in typed.items()}
    caller = Caller(
        name="Ruth", zone=ZoneInfo("America/Chicago"), now=NOW, lang=lang, pages=PAGES, invented_places=True
    )
    return answers.read(given, FACTS, caller)


def values(found: Read) -> dict[str, Json]:
    return {one.fact_id: one.value for one in found.statements}


@pytest.mark.parametrize(
    ("fact", "typed", "value"),
    [
        ("child.given_name", "  Nizhóní Dootłʼizh ", "Nizhóní Dootłʼizh"),
        ("child.given_name", "مايا", "مايا"),
        ("child.given_name", "O'Neil-Ángel ᏣᎳᎩ", "O'Neil-Ángel ᏣᎳᎩ"),
        ("child.age_years", "14", 14),
        ("child.age_years", "14 years", 14),
        ("child.age_years", "14 años", 14),
        ("child.age_years", "0", 0),
        ("child.date_of_birth", "3/14/2011", "2011-03-14"),
        ("child.date_of_birth", "2011-03-14", "2011-03-14"),
        ("child.suicidal", "yes", True),
        ("child.suicidal", "No", False),
        ("child.suicidal", "sí", True),
        ("child.taken_by", "stranger", "stranger"),
        ("child.taken_by", "the other_family", "other_family"),
        ("child.taken_by", "somebody else", "somebody else"),
        ("child.tribal_affiliation", ["tmbci", ""], ["tmbci"]),
        ("child.tribal_affiliation", ["El navajo", "tmbci", "navajo"], ["navajo", "tmbci"]),
        ("child.tribal_affiliation", "tmbci, navajo", ["tmbci", "navajo"]),
        ("description.height_cm", "5 ft 6", 168.0),
        ("description.height_cm", "5'6\"", 168.0),
        ("description.height_cm", "168", 168.0),
        ("description.height_cm", "1,68 m", 168.0),
        ("description.weight_kg", "120 lbs", 54.0),
        ("description.weight_kg", "54.5", 54.5),
    ],
)
def test_each_type_is_read(fact: str, typed: Json, value: Json) -> None:
    found = read(**{fact.replace(".", "__"): typed})
    assert values(found) == {fact: value}
    assert not found.findings


def test_an_instant_is_read_in_the_zone_of_who_types() -> None:
    assert values(read(time__last_seen_at__time="13:05")) == {"time.last_seen_at": "2026-11-24T13:05:00-06:00"}
    found = read(time__last_seen_at__date="yesterday", time__last_seen_at__time="11 pm")
    assert values(found) == {"time.last_seen_at": "2026-11-23T23:00:00-06:00"}


@pytest.mark.parametrize("word", ["?", "don't know", "No sé", "UNKNOWN"])
def test_asked_and_not_known_is_a_statement_without_a_value(word: str) -> None:
    assert values(read(child__given_name=word)) == {"child.given_name": None}
    assert values(read(child__tribal_affiliation=[word, ""])) == {"child.tribal_affiliation": None}
    assert values(read(time__last_seen_at__time=word)) == {"time.last_seen_at": None}
    assert values(read(place__last_seen__county=word)) == {"place.last_seen": None}


def test_nothing_typed_is_nothing_said() -> None:
    untouched = {"child__given_name": " ", "child__age_years__unknown": "", "place__last_seen__state": ""}
    assert values(read(**untouched)) == {}


def test_a_box_ticked_beside_an_answer_is_asked_back() -> None:
    found = read(child__age_years="14", child__age_years__unknown="yes")
    assert [(one.path, one.code) for one in found.findings] == [("child.age_years", "answer.both")]
    assert values(found) == {}


def test_one_part_not_known_leaves_the_others() -> None:
    found = read(place__last_seen__state="ND", place__last_seen__county="?")
    assert values(found) == {"place.last_seen": {"state": "ND"}}
    found = read(time__last_seen_at__date="yesterday", time__last_seen_at__time="?")
    assert [one.code for one in found.findings] == ["answer.time-missing"]


def test_a_nation_that_is_not_on_the_list_is_kept_as_told() -> None:
    found = read(child__tribal_affiliation=["the tmbci", "Wampanoag of somewhere"])
    assert values(found) == {
        "child.tribal_affiliation": ["tmbci", "other-nation"],
        "child.tribal_nation_other": "Wampanoag of somewhere",
    }


@pytest.mark.parametrize(
    ("fact", "typed", "code"),
    [
        ("child.age_years", "fourteen", "answer.number"),
        ("child.age_years", "--5", "answer.number"),
        ("child.age_years", "9" * 5000, "facts.too-long"),
        ("child.age_years", "9" * 300, "answer.number"),
        ("child.date_of_birth", "2/31/2012", "answer.no-such-day"),
        ("child.date_of_birth", "spring", "answer.day"),
        ("child.suicidal", "maybe", "answer.yes-or-no"),
        ("description.height_cm", "nan", "answer.number"),
        ("description.weight_kg", "5 stone", "answer.number"),
        ("child.given_name", "Ma\x07ya", "facts.control-character"),
        ("child.given_name", "Maya\ufffd", "facts.control-character"),
        ("child.given_name", "a" * 201, "facts.too-long"),
        ("child.tribal_nation_other", "a" * 4001, "facts.too-long"),
    ],
)
def test_what_cannot_be_read_is_named(fact: str, typed: str, code: str) -> None:
    found = read(**{fact.replace(".", "__"): typed})
    assert [(one.path, one.code) for one in found.findings] == [(fact, code)]
    assert found.statements == ()
    assert typed not in found.findings[0].message


def test_two_wrong_answers_are_two_findings_and_the_right_one_stands() -> None:
    found = read(child__age_years="old", child__date_of_birth="13/13/2013", child__given_name="Maya")
    assert {one.path for one in found.findings} == {"child.age_years", "child.date_of_birth"}
    assert values(found) == {"child.given_name": "Maya"}


def test_who_says_so_is_of_the_fact_then_of_the_page_then_the_caller() -> None:
    found = read(
        child__given_name="Maya", child__age_years="14", child__suicidal="no",
        child__who="Ms Olsen", child__sure="SEEN", child__age_years__who="School",
    )  # fmt: skip
    said = {one.fact_id: (one.informant, one.certainty) for one in found.statements}
    assert said["child.given_name"] == ("Ms Olsen", Certainty.SEEN)
    assert said["child.age_years"] == ("School", Certainty.SEEN)
    assert said["child.suicidal"] == ("Ruth", Certainty.TOLD)


def test_a_wrong_informant_is_a_fault_of_its_own_and_costs_no_answer() -> None:
    found = read(child__given_name="Maya", child__who="x" * 201)
    assert [(one.path, one.code) for one in found.findings] == [("child.who", "facts.too-long")]
    assert [(one.value, one.informant) for one in found.statements] == [("Maya", "Ruth")]


@pytest.mark.parametrize("code", sorted(faults.WORDS))
def test_faults_are_said_in_both_languages_with_the_same_holes(code: str) -> None:
    holes = {"time": "02:30", "before": "1", "after": "3", "state": "ND", "near": "", "least": "0", "most": "9"}
    holes |= {"typed": "58316", "counties": "Rolette County (ND)"}
    english, spanish = (faults.words(code, lang, holes) for lang in ("en", "es"))
    assert english != spanish
    assert "{" not in english + spanish
    assert {hole for hole in holes if f"{{{hole}}}" in faults.WORDS[code].en} == {
        hole for hole in holes if f"{{{hole}}}" in faults.WORDS[code].es
    }


def finding(code: str, message: str) -> Finding:
    return Finding(path="facts.x", code=code, level=Level.ERROR, message=message)


def test_findings_of_the_law_room_are_said_to_a_person() -> None:
    long = finding("facts.too-long", "the text has 5000 characters; at most 4000 are allowed")
    assert "4000" in faults.explain(long, "en")
    age = finding("facts.out-of-range", "140 cannot be; allowed: a number from 0 up to 120")
    assert "0 to 120" in faults.explain(age, "en", FACTS["child.age_years"])
    assert "futuro" in faults.explain(finding("facts.in-the-future", "x"), "es")
    assert faults.explain(finding("brand.new", "its own words"), "es") == "its own words"

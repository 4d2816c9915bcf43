"""A program reports a child: the same child, owner, clocks and journal as from the form."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps

from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.exchange.tests.program import HERE, Program, an_hour_ago, maya, software_of
from allhands.kernel.actors import AgencyKind, Role
from allhands.platform.audit import api as audit
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, account_of, make_agency, make_key, make_member

pytestmark = pytest.mark.django_db
NCMEC = "us.federal.duty-ive-24h-ncmec"


@pytest.fixture
def software(cast: Cast) -> Program:
    return software_of(cast.caseworker)


def count_episodes(cast: Cast) -> int:
    with acting_as(cast.caseworker):
        return int(apps.get_model("episodes", "Episode").objects.count())


def test_report_opens_the_episode_with_its_clocks(cast: Cast, software: Program) -> None:
    told = software.report()
    assert told.status == 201
    assert told.body["created"] is True
    [ncmec] = [duty for duty in told.body["duties"] if duty["rule_id"] == NCMEC]
    assert (ncmec["state"], ncmec["applies"]) == ("OPEN", "TRUE")
    assert ncmec["agency_id"] == cast.caseworker.agency_id
    assert ncmec["due_at"] > told.body["received_at"]
    assert "671" in ncmec["source"][0]["citation"]
    assert told.body["tier"]["level"] in {"T1", "T2", "T3"}
    assert all(set(one["question"]) == {"en", "es"} for one in told.body["ask_next"])
    with acting_as(cast.caseworker):
        seen = episodes.get_episode(cast.caseworker, told.body["episode_id"])
        ledger = duties.list_duties([seen.episode_id])[seen.episode_id]
    assert seen.child.call_name == "Maya"
    assert {duty.duty_id for duty in ledger} == {duty["duty_id"] for duty in told.body["duties"]}
    assert audit.verify_all() == []


def test_report_is_owned_by_the_person_named(cast: Cast, software: Program) -> None:
    email = account_of(cast.caseworker).email
    told = software.report(maya(owner_email=email.upper()))
    assert told.status == 201
    assert told.body["owner"]["member"] == cast.caseworker.label
    assert told.body["owner"]["agency_id"] == cast.caseworker.agency_id


def test_report_without_a_name_is_owned_by_the_supervisor(cast: Cast, software: Program) -> None:
    assert software.report().body["owner"]["member"] == cast.supervisor.label


@pytest.mark.parametrize("who", ["administrator", "officer", "outsider", "left", "nobody"])
def test_report_cannot_be_given_to_somebody_who_may_not_own(cast: Cast, software: Program, who: str) -> None:
    gone = make_member("Gone Testworth", Role.CASEWORKER, cast.caseworker.agency_id, ends_on=date(2025, 1, 1))
    people = {"administrator": cast.administrator, "officer": cast.officer, "outsider": cast.outsider, "left": gone}
    email = account_of(people[who]).email if who in people else "nobody@people.example"
    told = software.report(maya(owner_email=email))
    assert (told.status, told.error["code"]) == (422, "owner-unknown")
    assert told.fields == {"owner_email": "owner-unknown"}
    assert email not in told.error["message"]
    assert count_episodes(cast) == 0


def test_agency_without_people_is_told_what_to_do(cast: Cast) -> None:
    empty = make_agency("Empty Agency", AgencyKind.CHILD_WELFARE)
    make_member("Only Administrator", Role.ADMINISTRATOR, empty)
    told = Program(make_key(empty)).report()
    assert (told.status, told.error["code"]) == (409, "no-owner")


def test_same_key_and_report_answer_with_the_first(cast: Cast, software: Program) -> None:
    body = maya()
    first, again = software.report(body), software.report(body)
    assert (first.status, again.status) == (201, 200)
    assert again.body["created"] is False
    assert again.body["episode_id"] == first.body["episode_id"]
    assert count_episodes(cast) == 1


def test_same_key_with_another_report_is_refused(cast: Cast, software: Program) -> None:
    software.report()
    told = software.report(maya(call_name="Tomas"))
    assert (told.status, told.error["code"]) == (409, "idempotency-key-reused")
    assert told.fields == {"Idempotency-Key": "idempotency-key-reused"}
    assert count_episodes(cast) == 1


def test_key_of_another_agency_may_use_the_same_words(cast: Cast, software: Program) -> None:
    body = maya()
    assert software.report(body).status == 201
    assert software_of(cast.outsider).report(body).status == 201


def test_second_open_episode_of_a_child_is_refused(cast: Cast, software: Program) -> None:
    child_id = software.report().body["child_id"]
    told = software.report(maya(child_id=child_id), idempotency="key-2")
    assert (told.status, told.error["code"]) == (409, "open-episode")
    assert count_episodes(cast) == 1


@pytest.mark.parametrize("whose", ["nobody's", "another agency's"])
def test_child_of_somebody_else_reads_like_none(cast: Cast, software: Program, whose: str) -> None:
    theirs = software_of(cast.outsider).report().body["child_id"]
    told = software.report(maya(child_id=theirs if whose == "another agency's" else "0" * 16))
    assert (told.status, told.error["code"], told.error["findings"]) == (422, "child-unknown", [])


def test_report_needs_an_idempotency_key(cast: Cast, software: Program) -> None:
    told = software.post("reports", maya())
    assert told.status == 422
    assert told.fields == {"Idempotency-Key": "shape.missing"}
    assert software.post("reports", maya(), idempotency="x" * 129).status == 422


def test_every_wrong_field_is_named_as_it_was_sent(cast: Cast, software: Program) -> None:
    wrong = maya(
        call_name=" ",
        statements=[
            {"fact": "child.age_years", "value": "fourteen"},
            {"fact": "child.pregnent", "value": True},
            {"fact": "place.residence", "value": {"state": "ZZ"}},
            {"fact": "child.shoe", "value": None},
            {"fact": "place.last_seen", "value": {"nation": "turtle-mountian"}},
        ],
        reporter={"name": "x" * 201},
    )
    wrong["facts"] = {"time.last_seen_at": "2999-01-01T00:00:00+00:00", "child.date_of_birth": "1880-01-01"}
    told = software.report(wrong)
    assert told.status == 422
    assert told.fields == {
        "call_name": "name.empty",
        "reporter.name": "text.too-long",
        "facts.time.last_seen_at": "facts.impossible-date",
        "facts.child.date_of_birth": "facts.too-long-ago",
        "statements[0].value": "facts.wrong-type",
        "statements[1].value": "facts.unknown-fact",
        "statements[2].value": "facts.unknown-place",
        "statements[3].value": "facts.unknown-fact",
        "statements[4].value": "facts.unknown-nation",
    }
    messages = " ".join(one["message"] for one in told.error["findings"])
    assert "did you mean child.pregnant?" in messages
    assert 'did you mean "tmbci" (Turtle Mountain' in messages
    assert count_episodes(cast) == 0


def test_statements_keep_who_said_so_when_and_how_sure(cast: Cast, software: Program) -> None:
    at = an_hour_ago()
    said = {"fact": "place.residence", "value": HERE, "informant": "Alma", "certainty": "seen", "at": at}
    unknown = {"fact": "child.disability", "value": None, "informant": "Alma"}
    told = software.report(maya(statements=[said, unknown]))
    with acting_as(cast.caseworker):
        lines = {line.fact_id: line for line in episodes.statements_of(told.body["episode_id"])}
    kept = lines["place.residence"]
    assert (kept.informant, kept.certainty.value, kept.stated_at.isoformat()) == ("Alma", "SEEN", at)
    assert lines["child.disability"].value is None
    assert lines["child.age_years"].informant == "Ms Olsen"
    assert kept.recorded_by == "Case system, north office"


def told(**changes: Any) -> dict[str, Any]:
    """A report with one statement; `...` leaves a member out."""
    said = {"fact": "child.age_years", "value": 14, **changes}
    return {"statements": [{name: value for name, value in said.items() if value is not ...}]}


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"call_nam": "Maya"}, "call_nam", "shape.unknown-field"),
        ({"reporter": {"phon": "1"}}, "reporter.phon", "shape.unknown-field"),
        (told(fact=...), "statements[0].fact", "shape.missing"),
        (told(certainty="sure"), "statements[0].certainty", "shape.literal-error"),
        (told(at="2026-01-01T00:00"), "statements[0].at", "shape.timezone-aware"),
        (told(at="0001-01-01T00:00+14:00"), "statements[0].at", "statement.past"),
        (told(at="2999-01-01T00:00Z"), "statements[0].at", "statement.future"),
        ({"facts": []}, "facts", "shape.dict-type"),
        ({"call_name": 7}, "call_name", "shape.string-type"),
        ({"call_name": None}, "call_name", "shape.string-type"),
    ],
)
def test_wrong_shape_is_named_with_its_place(
    cast: Cast, software: Program, change: dict[str, Any], field: str, code: str
) -> None:
    answer = software.report(maya(**change))
    assert (answer.status, answer.fields) == (422, {field: code})


def test_body_that_is_not_there_is_asked_for(cast: Cast, software: Program) -> None:
    assert software.post("reports", raw=b"", idempotency="key-1").fields == {"body": "shape.missing"}


def test_misspelt_field_is_answered_with_the_nearest_known(cast: Cast, software: Program) -> None:
    told = software.report(maya(call_nam="Maya"))
    assert "Did you mean call_name?" in told.error["message"]

"""A program reads, adds and proves: what its agency may, and nothing that tells more."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from allhands.duties import api as duties
from allhands.episodes import api as episodes
from allhands.exchange.tests.program import Answer, Program, an_hour_ago, maya, software_of
from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
POLICE = "us.federal.duty-ive-24h-le"
SECRET = {"fact": "child.suicidal", "value": True, "informant": "Alma"}
UNKNOWN = "0" * 16


@pytest.fixture
def software(cast: Cast) -> Program:
    return software_of(cast.caseworker)


@pytest.fixture
def reported(software: Program) -> dict[str, Any]:
    body: dict[str, Any] = software.report(maya(statements=[SECRET])).body
    return body


def duty_of(reported: dict[str, Any], rule_id: str = POLICE) -> str:
    return str(next(duty["duty_id"] for duty in reported["duties"] if duty["rule_id"] == rule_id))


def number(**changes: Any) -> dict[str, Any]:
    return {"kind": "police_report_number", "value": "26-004711", "taken_by": "Sgt. Testworth", **changes}


def picture() -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "PNG")
    stream.name = "receipt.png"
    stream.seek(0)
    return stream


def test_episode_is_read_without_what_is_not_the_readers(software: Program, reported: dict[str, Any]) -> None:
    told = software.get(f"episodes/{reported['episode_id']}")
    assert told.status == 200
    facts = {one["fact"]: one["value"] for one in told.body["facts"]}
    assert facts["child.age_years"] == 14
    assert "child.suicidal" not in facts
    assert told.body["child"]["call_name"] == "Maya"
    assert {name["text"] for name in told.body["child"]["names"]} >= {"Maya"}
    assert told.body["owner"] == reported["owner"]


def test_other_party_sees_its_own_part(cast: Cast, software: Program, reported: dict[str, Any]) -> None:
    police = software_of(cast.officer).get(f"episodes/{reported['episode_id']}")
    assert police.status == 200
    assert police.body["tier"]["reasons"] == []  # P2 needs a person of the police who works on it
    assert {one["informant"] for one in police.body["facts"]} == {""}
    assert "child.in_foster_care" not in {one["fact"] for one in police.body["facts"]}


def test_nothing_gives_a_hidden_fact_away(cast: Cast, reported: dict[str, Any]) -> None:
    """The reason of the tier, the duties and the questions that rest on it are left out with it."""
    for actor in (cast.caseworker, cast.officer):
        software = software_of(actor)
        told = [software.get(f"episodes/{reported['episode_id']}{more}").body for more in ("", "/duties")]
        words = json.dumps([*told, reported["ask_next"], reported["tier"]]).lower()
        assert "hurt themself" not in words
        assert "suicid" not in words
    with acting_as(cast.caseworker):
        reasons = duties.list_tiers([reported["episode_id"]])[reported["episode_id"]].reasons
    assert "hurt themself" in json.dumps(reasons)  # so that its absence above means something


def test_reading_is_journalled(cast: Cast, software: Program, reported: dict[str, Any]) -> None:
    software.get(f"episodes/{reported['episode_id']}")
    read = Journal.objects.get(event=Event.RECORD_READ.value)
    assert (read.episode_id, read.actor_kind, read.actor_agency) == (
        reported["episode_id"],
        "TOKEN",
        cast.caseworker.agency_id,
    )


def test_duties_are_those_of_the_report(software: Program, reported: dict[str, Any]) -> None:
    told = software.get(f"episodes/{reported['episode_id']}/duties")
    assert told.status == 200
    assert told.body == reported["duties"]


def ask(call: str, program: Program, episode: str, duty: str) -> Answer:
    match call:
        case "read":
            return program.get(f"episodes/{episode}")
        case "duties":
            return program.get(f"episodes/{episode}/duties")
        case "state":
            return program.post(f"episodes/{episode}/statements", {"statements": [SECRET]})
        case "prove":
            return program.post(f"duties/{duty}/evidence", number())
        case _:
            return program.upload(f"duties/{duty}/document", {"document": picture()})


@pytest.mark.parametrize("call", ["read", "duties", "state", "prove", "document"])
def test_not_yours_reads_like_does_not_exist(cast: Cast, reported: dict[str, Any], call: str) -> None:
    own = ask(call, software_of(cast.caseworker), reported["episode_id"], duty_of(reported))
    theirs = ask(call, software_of(cast.outsider), reported["episode_id"], duty_of(reported))
    none = ask(call, software_of(cast.outsider), UNKNOWN, UNKNOWN)
    assert own.status in {200, 201}
    assert theirs.status == 404
    assert (theirs.status, theirs.body) == (none.status, none.body)


def test_statement_is_added_and_the_ledger_follows(cast: Cast, software: Program, reported: dict[str, Any]) -> None:
    said = {"fact": "child.believed_abducted", "value": True, "informant": "Alma", "certainty": "seen"}
    told = software.post(f"episodes/{reported['episode_id']}/statements", {"statements": [said]})
    assert told.status == 201
    assert told.body["tier"]["level"] == "T1"
    with acting_as(cast.caseworker):
        lines = {line.statement_id: line for line in episodes.statements_of(reported["episode_id"])}
    assert lines[told.body["statement_ids"][0]].informant == "Alma"


def test_correction_supersedes_once(cast: Cast, software: Program, reported: dict[str, Any]) -> None:
    path = f"episodes/{reported['episode_id']}"
    first = next(one for one in software.get(path).body["facts"] if one["fact"] == "child.age_years")
    body = {"statements": [{"fact": "child.age_years", "value": 15}], "supersedes": first["statement_id"]}
    assert software.post(f"{path}/statements", body).status == 201
    again = software.post(f"{path}/statements", body)
    assert (again.status, again.error["code"]) == (409, "superseded")
    assert [one["value"] for one in software.get(path).body["facts"] if one["fact"] == "child.age_years"] == [15]
    two = {**body, "statements": body["statements"] * 2}
    assert software.post(f"{path}/statements", two).fields == {"supersedes": "supersedes-one"}


def test_wrong_statement_keeps_none(cast: Cast, software: Program, reported: dict[str, Any]) -> None:
    path = f"episodes/{reported['episode_id']}"
    before = software.get(path).body["facts"]
    good, bad = {"fact": "place.residence", "value": {"state": "ND"}}, {"fact": "child.age_years", "value": -1}
    told = software.post(f"{path}/statements", {"statements": [good, bad]})
    assert told.status == 422
    assert list(told.fields) == ["statements[1].value"]
    assert software.get(path).body["facts"] == before
    assert software.post(f"{path}/statements", {"statements": []}).status == 422


def test_proof_turns_the_duty_green(software: Program, reported: dict[str, Any]) -> None:
    told = software.post(f"duties/{duty_of(reported)}/evidence", number(happened_at=an_hour_ago()))
    assert told.status == 201
    assert told.body["state"] == "PROVED"
    [proof] = told.body["evidence"]
    assert (proof["value"], proof["recorded_by"]) == ("26-004711", "Case system, north office")
    again = software.post(f"duties/{duty_of(reported)}/evidence", number())
    assert (again.status, again.error["code"]) == (409, "duty-state")


def test_refusal_by_the_recipient_proves_nothing(software: Program, reported: dict[str, Any]) -> None:
    words = "Dispatcher said to wait until tomorrow"
    told = software.post(f"duties/{duty_of(reported)}/evidence", number(kind="refused_by_recipient", value=words))
    assert (told.status, told.body["state"]) == (201, "OPEN")


def test_paper_is_looked_at_and_kept(software: Program, reported: dict[str, Any]) -> None:
    told = software.upload(f"duties/{duty_of(reported)}/document", {"document": picture(), "words": "Receipt"})
    assert (told.status, told.body["state"]) == (201, "PROVED")
    assert told.body["evidence"][0]["has_document"] is True


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": "word_of_honour"}, "kind", "proof-kind"),
        ({"value": "done"}, "value", "proof-shape"),
        ({"value": ""}, "value", "proof-shape"),
        ({"value": "26" * 2000}, "value", "shape.string-too-long"),
        ({"taken_by": "x" * 201}, "taken_by", "shape.string-too-long"),
        ({"happened_at": "2999-01-01T00:00:00Z"}, "happened_at", "proof-future"),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, "happened_at", "proof-time"),
        ({"happened_at": "yesterday"}, "happened_at", "shape.datetime-from-date-parsing"),
        ({"number": "26-1"}, "number", "shape.unknown-field"),
    ],
)
def test_what_proves_nothing_is_refused_by_its_field(
    software: Program, reported: dict[str, Any], change: dict[str, Any], field: str, code: str
) -> None:
    told = software.post(f"duties/{duty_of(reported)}/evidence", number(**change))
    assert (told.status, told.fields) == (422, {field: code})


def test_party_that_does_not_owe_the_duty_may_see_and_not_prove(cast: Cast, reported: dict[str, Any]) -> None:
    told = software_of(cast.officer).post(f"duties/{duty_of(reported)}/evidence", number())
    assert (told.status, told.error["code"]) == (403, "denied")


def test_assessment_is_that_of_the_command_line(software: Program, cast: Cast) -> None:
    given = {"as_of": "2026-11-24T02:00:00+00:00", "facts": {"child.age_years": 14, "place.last_seen": {"state": "ND"}}}
    told = software.post("assess", given)
    assert told.status == 200
    assert {duty["rule_id"] for duty in told.body["duties"]}
    spanish = software.post("assess?lang=es", given)
    assert spanish.body["duties"][0]["title"] != told.body["duties"][0]["title"]
    assert software.post("assess", {"facts": {}}).status == 200
    wrong = software.post("assess", {"facts": {"child.age_years": 140}})
    assert (wrong.status, list(wrong.fields)) == (422, ["facts.child.age_years"])

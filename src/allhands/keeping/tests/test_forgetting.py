"""After an expungement no table holds a word of the child: asked, answered, written, published, or refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, transaction

from allhands.access.contracts import ConsentKind, Purpose
from allhands.alerts import api as alerts
from allhands.alerts.contracts import Ending
from allhands.alerts.tests.makers import People, a_draft
from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import NOW, report, said
from allhands.episodes.tests.test_photos import drawn
from allhands.keeping import api as keeping
from allhands.keeping.contracts import StepKind
from allhands.keeping.tests.test_steps import LATER, order
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.audit.verify import verify_all
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_member
from allhands.platform.testing.dump import everything, tables_with
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db(transaction=True)

NAME, WORD = "Quokkamaya", "numbat-by-the-lodge"
LOCAL, AMBER = "practice.local", "us.states.nd.amber"


@pytest.fixture
def people(cast: Cast) -> People:
    return People(cast)


@pytest.fixture
def second(cast: Cast) -> Actor:
    return make_member("Dana Second", Role.DIRECTOR, cast.supervisor.agency_id)


@pytest.fixture
def episode_id(cast: Cast, people: People) -> EpisodeId:
    """Everything that people write about a child, with the planted words in it; then over and closed."""
    told = report(NAME)
    told = replace(told, statements=(*told.statements, said("description.medical_conditions", WORD, informant=WORD)))
    found = episodes.report_missing(cast.caseworker, told, NOW).episode_id
    episodes.add_photo(cast.caseworker, found, drawn(), date(2026, 10, 1), NOW)
    with acting_as(cast.caseworker):
        [duty] = [one for one in duties.list_duties([found])[found] if one.rule_id == "us.federal.duty-ive-24h-ncmec"]
    proof = NewEvidence(kind="ncmec_case_number", value="1234567", taken_by=WORD, happened_at=NOW)
    duties.prove(cast.caseworker, duty.duty_id, proof, NOW)
    publish(people, found)
    refuse(people, found)
    at_the_door(cast, found)
    hold = keeping.set_hold(cast.supervisor, found, f"In re {NAME}", NOW)
    keeping.lift_hold(cast.supervisor, hold, NOW)
    episodes.mark_returned(cast.caseworker, found, NOW, WORD, NOW)
    episodes.close(cast.caseworker, found, NOW)
    return found


def publish(people: People, episode_id: EpisodeId) -> None:
    """An alert that went out everywhere and was taken back."""
    request_id = alerts.ask(people.caseworker, episode_id, LOCAL, WORD, NOW)
    with acting_as(people.caseworker):
        alert_id = alerts.start(people.caseworker, request_id, NOW)
        draft = a_draft(people.number, name=NAME)
        texts = {lang: {**words, "clothing": WORD} for lang, words in draft.texts.items()}
        alerts.save(people.caseworker, alert_id, replace(draft, texts=texts), 1, NOW)
        alerts.offer(people.caseworker, alert_id, NOW)
    with acting_as(people.officer):
        alerts.send(people.officer, alert_id, alerts.Approval(version=2, looked=True), NOW)
        alerts.take_back(people.officer, alert_id, Ending.FOUND, NOW)
    with acting_as(SYSTEM):
        apps.get_model("alerts", "TakeDown").objects.update(words=WORD, done_at=NOW, done_by="Test")


def refuse(people: People, episode_id: EpisodeId) -> None:
    refused = alerts.ask(people.caseworker, episode_id, AMBER, WORD, NOW)
    alerts.refuse(people.officer, refused, ["need:description"], f"Nobody described the {WORD} to us.", NOW)


def at_the_door(cast: Cast, episode_id: EpisodeId) -> None:
    """Cards, marks, asks and an emergency; the door's own tests walk the way to them."""
    agency, member = cast.caseworker.agency_id, cast.caseworker.member_id
    of = {"episode_id": episode_id}
    with acting_as(SYSTEM):
        apps.get_model("access", "Consent").objects.create(
            **of, kind=ConsentKind.GUARDIAN.value, giver=NAME, giver_relation=WORD, facts=["child.given_name"],
            to_agency_id=agency, to_label=WORD, purpose=Purpose.RESPONSE.value, explained_by="Test", words=WORD,
            by_agency_id=agency, language="English", authority=WORD, abuser_check="CLEAR", made_at=NOW, witness=WORD,
            starts_at=NOW, ends_at=NOW + timedelta(days=30), state="STOPPED", answered_at=NOW, how="READ_ALOUD",
            stopped_at=NOW, stopped_by=NAME, stopped_why=WORD,
        )  # fmt: skip
        apps.get_model("access", "Mark").objects.create(
            **of, fact_id="child.school", kind="FERPA", agency_id=agency, by="Test", at=NOW, reason=WORD
        )
        apps.get_model("access", "Ask").objects.create(
            **of, fact_id="child.school", from_agency_id=agency, by="Test", holder_id=agency, why=WORD, asked_at=NOW
        )
        apps.get_model("access", "Glass").objects.create(
            **of, agency_id=agency, member_id=member, by="Test", reason=WORD, asked_at=NOW, closes_at=NOW,
            state="EXPIRED", review=WORD,
        )  # fmt: skip


def expunge(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    no = keeping.enter_order(cast.supervisor, episode_id, order(StepKind.SEAL), LATER)
    keeping.decide(second, no, agrees=False, why_not=f"This is about {NAME}", now=LATER)
    step = keeping.enter_order(cast.supervisor, episode_id, order(StepKind.EXPUNGE), LATER)
    keeping.decide(second, step, agrees=True, why_not="", now=LATER)


def test_no_table_and_no_file_holds_a_word_after_an_expungement(
    cast: Cast, second: Actor, episode_id: EpisodeId, superuser: psycopg.Connection[Any]
) -> None:
    before = {table for table, _word in tables_with([NAME, WORD], everything(superuser))}
    assert before >= {
        "episodes_childname", "alerts_alert", "alerts_alertrequest", "alerts_transmission", "alerts_takedown",
        "channels_frozenartefact", "access_consent", "access_mark", "access_ask", "access_glass", "keeping_hold",
        "duties_evidence",
    }, "the words are planted everywhere"  # fmt: skip
    expunge(cast, second, episode_id)
    assert tables_with([NAME, WORD], everything(superuser)) == set()
    files = superuser.execute("SELECT DISTINCT length(content), length(text) FROM channels_frozenartefact").fetchall()
    assert files == [(0, 0)], "neither pictures nor documents are left"
    kept = [path for path in Path(settings.ALLHANDS_DATA_DIR).rglob("*") if path.is_file() and "pg" not in path.parts]
    assert not [path for path in kept if NAME.encode() in path.read_bytes()]
    assert verify_all() == []


def test_pages_and_lists_of_what_was_published_stand_and_show_nothing(
    cast: Cast, second: Actor, episode_id: EpisodeId, page_client: PageClient
) -> None:
    with acting_as(SYSTEM):
        [alert] = apps.get_model("alerts", "Alert").objects.all()
    expunge(cast, second, episode_id)
    lists = dict.fromkeys(("/feeds/alerts.json", "/feeds/alerts.atom", "/alerts/near-me"), 200)
    for path, status in {f"/a/{alert.code}": 410, **lists}.items():
        page = page_client.client.get(path)
        assert page.status_code == status, path
        assert NAME not in page.content.decode(), path
    client = page_client.sign_in(cast.officer)
    assert client.get(f"/alerts/{alert.pk}").status == 403
    assert NAME not in client.get("/alerts").text
    assert "Nobody has asked for an alert yet" in client.get("/alerts/refusals").text, "gone from the counts too"


def test_while_word_of_its_end_is_going_out_nothing_is_destroyed(
    cast: Cast, second: Actor, episode_id: EpisodeId
) -> None:
    soon = NOW + timedelta(hours=23)
    with pytest.raises(Refused, match="Wait a day"):
        keeping.enter_order(cast.supervisor, episode_id, order(StepKind.EXPUNGE), soon)
    assert keeping.enter_order(cast.supervisor, episode_id, order(StepKind.EXPUNGE), LATER)


def test_sealing_first_does_not_shorten_that_day(cast: Cast, second: Actor, episode_id: EpisodeId) -> None:
    soon = NOW + timedelta(hours=23)
    step = keeping.enter_order(cast.supervisor, episode_id, order(StepKind.SEAL), soon)
    keeping.decide(second, step, agrees=True, why_not="", now=soon)
    with pytest.raises(Refused, match="Wait a day"):
        keeping.enter_order(cast.supervisor, episode_id, order(StepKind.EXPUNGE), soon)
    assert keeping.enter_order(cast.supervisor, episode_id, order(StepKind.EXPUNGE), LATER)


def test_rows_are_emptied_after_the_key_is_destroyed_and_not_before(
    cast: Cast, second: Actor, episode_id: EpisodeId
) -> None:
    changes: tuple[tuple[str, str, dict[str, object]], ...] = (
        ("alerts", "Transmission", {"content": b""}),
        ("alerts", "AlertRequest", {"child": ""}),
        ("channels", "FrozenArtefact", {"content": b"", "text": ""}),
        ("access", "Consent", {"giver": ""}),
        ("keeping", "Hold", {"matter": "expunged"}),
    )
    for room, model, change in changes:
        with pytest.raises(DatabaseError), acting_as(SYSTEM), transaction.atomic():
            apps.get_model(room, model).objects.update(**change)
    expunge(cast, second, episode_id)
    with pytest.raises(DatabaseError), acting_as(SYSTEM), transaction.atomic():
        apps.get_model("alerts", "Transmission").objects.update(content=b"another message")

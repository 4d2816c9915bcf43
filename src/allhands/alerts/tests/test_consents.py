"""Name and picture go out on somebody's word that is on record, and come off at once when it is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from allhands.access.contracts import ConsentKind, ConsentState, Purpose
from allhands.alerts import consents, disclosing, harm, ladder, models, queries
from allhands.alerts.actions import asking, consenting, sending, writing
from allhands.alerts.actions.sending import Approval
from allhands.alerts.contracts import AlertId
from allhands.alerts.tests.makers import NOW, People, a_draft
from allhands.channels import api as channels
from allhands.episodes import api as episodes
from allhands.episodes.contracts import Json
from allhands.episodes.tests.reports import report, said
from allhands.kernel.actors import SYSTEM
from allhands.kernel.ids import AgencyId, EpisodeId
from allhands.platform import packs
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import NATION
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db


def card(maya: EpisodeId, to: AgencyId, *facts: str, now: datetime = NOW) -> str:
    """A guardian's card in force. The door's own tests walk the way to it."""
    with acting_as(SYSTEM):
        row = apps.get_model("access", "Consent").objects.create(
            episode_id=maya, kind=ConsentKind.GUARDIAN.value, giver="Ms. Olsen", giver_relation="guardian",
            facts=list(facts), to_agency_id=to, to_label="Sheriff", purpose=Purpose.RESPONSE.value,
            explained_by="Test", by_agency_id=to, language="English", words="So that people look for her.",
            authority="", abuser_check="CLEAR", made_at=now, starts_at=now - timedelta(minutes=1),
            ends_at=now + timedelta(days=30), state=ConsentState.AGREED.value,
            answered_at=now, how="TYPED", is_written=True,
        )  # fmt: skip
    return str(row.pk)


def stop(card_id: str) -> None:
    with acting_as(SYSTEM):
        apps.get_model("access", "Consent").objects.filter(pk=card_id).update(
            state=ConsentState.STOPPED.value, stopped_at=timezone.now(), stopped_by="Ms. Olsen"
        )


def written(people: People, maya: EpisodeId, now: datetime = NOW, *, police_decided: bool = False) -> AlertId:
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, now)
        draft = a_draft(people.number, police_decided=police_decided, seen_at=now - timedelta(hours=1))
        writing.save(people.caseworker, alert_id, draft, 1, now)
    return alert_id


def send(people: People, alert_id: AlertId, now: datetime = NOW) -> str:
    with acting_as(people.caseworker):
        writing.offer(people.caseworker, alert_id, now)
    with acting_as(people.officer):
        looked = Approval(version=2, looked=True, second_looks=("large", "border", "night"))
        return sending.send(people.officer, alert_id, looked, now)


def test_a_name_without_a_card_waits_and_a_card_lets_it_go(people: People, maya: EpisodeId) -> None:
    alert_id = written(people, maya)
    with acting_as(people.caseworker), pytest.raises(writing.AlertLacks) as lacks:
        writing.offer(people.caseworker, alert_id, NOW)
    assert [(lack.field, lack.code) for lack in lacks.value.lacks] == [("consents", "no-card")]
    card(maya, people.cast.outsider.agency_id, "child.given_name")  # made out to somebody who does not send it
    card(maya, people.sheriff, "child.date_of_birth")
    with acting_as(people.caseworker), pytest.raises(writing.AlertLacks):
        writing.offer(people.caseworker, alert_id, NOW)
    card(maya, people.sheriff, "child.given_name")
    assert send(people, alert_id)


def test_a_consent_taken_back_stops_copies_and_is_told_once(people: People, maya: EpisodeId) -> None:
    given = card(maya, people.sheriff, "child.given_name")
    alert_id = written(people, maya)
    transmission_id = send(people, alert_id)
    with acting_as(SYSTEM):
        before = {one.id for one in channels.deliveries_for(alert_id)}
    assert consenting.watch_all(NOW) == 0
    assert sending.preflight(transmission_id, NOW) == ""
    stop(given)
    later = NOW + timedelta(minutes=1)
    assert sending.preflight(transmission_id, later) == "consent-ended"
    assert queries.count_waiting(people.officer, later) == 1, "at once, before anybody has looked"
    assert [consenting.watch_all(later), consenting.watch_all(later)] == [1, 1]
    with acting_as(SYSTEM):
        told = [one for one in channels.deliveries_for(alert_id) if one.id not in before]
        found = queries.find_alert(alert_id)
    assert found is not None
    assert consents.lost(found, later) == ("name",)
    keys = [(one.recipient_label, one.channel) for one in told]
    assert len(keys) == len(set(keys)) >= 2, "each agency, each once"
    assert queries.count_waiting(people.officer, later) == 0, "now the duty ledger counts it"


def test_what_police_decided_rests_on_no_card(people: People, maya: EpisodeId) -> None:
    send(people, written(people, maya, police_decided=True))
    assert consenting.watch_all(NOW) == 0


def test_the_pages_say_what_covers_a_field_and_what_to_do_when_it_is_lost(
    page_client: PageClient, people: People
) -> None:
    now = timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    alert_id = written(people, maya, now)
    page = page_client.sign_in(people.caseworker).get(f"/alerts/{alert_id}/write")
    assert "No consent on record covers all of this." in page.text
    ready = page_client.get(f"/alerts/{alert_id}").texts("//section[@aria-labelledby='ready']//li")
    assert "not yet · A picture, with a consent" in ready
    assert "ready · The area" in ready
    [link] = page.elements("//p[@id='card-name']/a")
    assert link.get("href") == f"/e/{maya}/consents/new?fact=child.given_name"
    given = card(maya, people.sheriff, "child.given_name", now=now)
    page = page_client.get(f"/alerts/{alert_id}/write")
    assert page.texts("//p[@id='card-name']") == ["A consent on record covers it."]
    send(people, alert_id, now)
    with acting_as(SYSTEM):
        assert models.Transmission.objects.get().rests_on == ["name"]
    stop(given)
    page = page_client.sign_in(people.officer).get(f"/alerts/{alert_id}")
    assert "Act now: nobody agrees to a part of it any more" in page.text
    assert "Act now" in page_client.get("/alerts").text


def test_what_an_alert_made_public_is_a_row_of_the_ledger_with_its_cards(people: People, maya: EpisodeId) -> None:
    agreed = card(maya, people.officer.agency_id, "child.given_name")
    alert_id = written(people, maya)
    sent = send(people, alert_id)
    with acting_as(people.caseworker):
        [row] = list(apps.get_model("access", "Disclosure").objects.filter(door="ALERT"))
    assert (row.refers_to, row.from_agency_id, row.policies) == (sent, people.officer.agency_id, ["publish-poster"])
    assert {"child.given_name", "description.clothing"} <= set(row.facts)
    assert "child.in_foster_care" in row.withheld
    assert row.consents == [agreed]


def test_a_nation_that_was_released_is_told_and_not_withheld(people: People, maya: EpisodeId) -> None:
    tell_facts(people, maya)
    agreed = card(maya, people.sheriff, "child.tribal_affiliation")
    looks = {"looks": "Girl of the Sample Nation, brown hair", "seen_place": "Harwell bus stop"}
    row = made_public(people, maya, name="", consents=("tribe",), police_decided=False, texts={"en": looks})
    assert (row.classes, row.consents) == (["P0", "P2"], [agreed])
    assert "child.tribal_affiliation" in row.facts
    assert "child.tribal_affiliation" not in row.withheld
    assert {"child.in_foster_care", "description.medical_conditions"} <= set(row.withheld)


@pytest.mark.parametrize(("words", "classes"), [("needs insulin", ["P0", "P3"]), ("a red scarf", ["P0"])])
def test_what_a_law_demanded_is_not_withheld_where_the_words_say_it(
    people: People, maya: EpisodeId, words: str, classes: list[str]
) -> None:
    tell_facts(people, maya)
    looks = {"looks": f"Girl, {words}", "seen_place": "Harwell bus stop"}
    row = made_public(people, maya, texts={"en": looks}, demanded={"health": "State code 1-2-3"})
    assert row.classes == classes
    assert ("description.medical_conditions" in row.withheld) == (classes == ["P0"])
    assert "child.in_foster_care" in row.withheld


def tell_facts(people: People, maya: EpisodeId) -> None:
    """What somebody knows of the child and what no poster says."""
    facts: dict[str, Json] = {"child.tribal_affiliation": [NATION], "description.medical_conditions": "diabetes"}
    for fact, value in facts.items():
        episodes.state_fact(people.caseworker, maya, said(fact, value, at=NOW), NOW)


def made_public(people: People, maya: EpisodeId, **changes: object) -> Any:
    """The row of the ledger that an alert with this draft leaves."""
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", NOW)
    draft = a_draft(people.number, **{"english_only": True, **changes})
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, NOW)
        writing.save(people.caseworker, alert_id, draft, 1, NOW)
        writing.offer(people.caseworker, alert_id, NOW)
    with acting_as(people.officer):
        sending.send(people.officer, alert_id, Approval(version=2, looked=True, demanded=tuple(draft.demanded)), NOW)
    with acting_as(people.caseworker):
        return apps.get_model("access", "Disclosure").objects.get(door="ALERT")


def test_each_code_a_law_may_demand_has_its_facts_and_their_class() -> None:
    assert set(disclosing.BEYOND_POSTER) == set(harm.DEMANDABLE)
    for level, about in disclosing.BEYOND_POSTER.values():
        assert max(packs.library().facts[fact].sensitivity for fact in about) == level

"""A consent lost while an alert is out stands on the duty ledger with a clock, and the act itself closes it."""

from __future__ import annotations

from copy import deepcopy
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allhands.access import api as access
from allhands.alerts import ladder, models, queries
from allhands.alerts.actions import asking, consenting, sending, writing
from allhands.alerts.contracts import AlertId, Ending
from allhands.alerts.tests.makers import NOW, People, a_draft
from allhands.alerts.tests.test_consents import card, send, stop, written
from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties.contracts import DutyState, DutyView, NewEvidence, Rung
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.episodes.tests.test_photos import drawn
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Refused
from allhands.kernel.ids import AgencyId, EpisodeId, new_id
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=1)


def ledger(maya: EpisodeId) -> list[DutyView]:
    """The duties that a lost consent opened on the child's ledger."""
    with acting_as(SYSTEM):
        return [one for one in duties.list_duties([maya])[maya] if one.rule_id.startswith("house.alert-consent.")]


def lost(people: People, maya: EpisodeId) -> tuple[AlertId, str]:
    """An alert that is out, whose card was taken back a minute later, and the card."""
    given = card(maya, people.sheriff, "child.given_name")
    alert_id = written(people, maya)
    send(people, alert_id)
    stop(given)
    assert consenting.watch_all(LATER) == 1
    return alert_id, given


def test_it_stands_on_the_ledger_of_who_sent_it_and_climbs(people: People, maya: EpisodeId) -> None:
    alert_id, _given = lost(people, maya)
    assert consenting.watch_all(LATER + timedelta(minutes=1)) == 1
    [one] = ledger(maya)
    assert (one.state, one.agency_id, one.act_path) == (DutyState.OPEN, people.sheriff, f"/alerts/{alert_id}")
    assert (one.clock_starts_at, one.due_at) == (LATER, LATER + timedelta(hours=1))
    assert set(one.title) == {"en", "es"}
    duties.climb_all(LATER + timedelta(minutes=61))
    [one] = ledger(maya)
    assert one.rung is Rung.OVER
    with acting_as(SYSTEM):
        [step] = duties.list_ladder(one.duty_id)
        assert channels.deliveries_for(one.duty_id)
    assert step.told == people.chief.label.partition(",")[0]


def test_the_bell_counts_it_once(people: People, maya: EpisodeId) -> None:
    with acting_as(people.officer):
        before = duties.count_asked(people.sheriff)
    lost(people, maya)
    with acting_as(people.officer):
        assert duties.count_asked(people.sheriff) == before + 1
    assert queries.count_waiting(people.officer, LATER) == 0


def test_an_update_without_it_closes_it(people: People, maya: EpisodeId) -> None:
    alert_id, _given = lost(people, maya)
    with acting_as(people.caseworker):
        found = queries.find_alert(alert_id)
        assert found is not None
        bare = a_draft(people.number, name="", consents=(), police_decided=False, consent_by="")
        writing.save(people.caseworker, alert_id, bare, found.version, LATER)
        writing.offer(people.caseworker, alert_id, LATER)
    at = LATER + timedelta(minutes=5)
    with acting_as(people.officer):
        looked = sending.Approval(version=3, looked=True, second_looks=("large", "border", "night"))
        sending.send(people.officer, alert_id, looked, at)
    [one] = ledger(maya)
    assert (one.state, one.settled_at, one.settled_by) == (DutyState.PROVED, at, people.officer.label)
    assert one.evidence[0].value.startswith("Update sent without it")
    assert consenting.watch_all(at) == 0


def test_a_picture_taken_down_comes_off_whoever_decided_to_publish_it(
    people: People, maya: EpisodeId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Police decided without a card, so no card is lost; the person shown had it taken down all the same."""
    photo_id = episodes.add_photo(people.caseworker, maya, drawn(), None, NOW)
    alert_id = written(people, maya, police_decided=True)
    with acting_as(people.caseworker):
        draft = a_draft(people.number, police_decided=True, photo_id=photo_id, consents=("name", "photo"))
        writing.save(people.caseworker, alert_id, draft, 2, NOW)
        writing.offer(people.caseworker, alert_id, NOW)
    with acting_as(people.officer):
        looked = sending.Approval(version=3, looked=True, second_looks=("large", "border", "night"))
        sent = sending.send(people.officer, alert_id, looked, NOW)
    assert consenting.watch_all(LATER) == 0
    monkeypatch.setattr(access, "dark_photos", frozenset)  # every picture was taken down
    assert consenting.watch_all(LATER) == 1
    assert [one.act_path for one in ledger(maya)] == [f"/alerts/{alert_id}"]
    assert sending.preflight(sent, LATER), "nothing more leaves with it"


def test_taking_it_back_closes_it_late_when_it_is_late(people: People, maya: EpisodeId) -> None:
    alert_id, _given = lost(people, maya)
    with acting_as(people.officer):
        sending.take_back(people.officer, alert_id, Ending.UNSAFE, LATER + timedelta(hours=2))
    assert [one.state for one in ledger(maya)] == [DutyState.PROVED_LATE]


def test_the_end_of_the_alert_closes_it(people: People, maya: EpisodeId) -> None:
    alert_id, _given = lost(people, maya)
    with acting_as(SYSTEM):
        over = models.Alert.objects.get(pk=alert_id).expires_at
    assert over is not None
    assert [one.state for one in ledger(maya)] == [DutyState.OPEN]
    assert sending.expire_all(over) == 1
    [one] = ledger(maya)
    assert (one.state, one.settled_at, one.settled_by) == (DutyState.PROVED_LATE, over, SYSTEM.label)
    assert one.evidence[0].value.startswith("The alert ended by itself")
    assert consenting.watch_all(over) == 0, "what is over is asked of nobody"


def test_who_asked_owes_it_when_the_sender_takes_no_part(people: People, maya: EpisodeId) -> None:
    assert people.desk.agency_id not in parties(maya)
    sent_by_the_state(people, maya)
    [one] = ledger(maya)
    assert one.agency_id == people.caseworker.agency_id


def test_the_owner_owes_it_when_neither_takes_part(people: People, maya: EpisodeId) -> None:
    sent_by_the_state(people, maya, people.officer)
    assert not parties(maya) & {people.sheriff, people.desk.agency_id}
    [one] = ledger(maya)
    with acting_as(SYSTEM):
        owner = episodes.find_episode(maya)
    assert owner is not None
    assert one.agency_id == owner.owner_agency_id


def parties(maya: EpisodeId) -> frozenset[AgencyId]:
    with acting_as(SYSTEM):
        found = episodes.find_episode(maya)
    assert found is not None
    return found.party_agency_ids


def sent_by_the_state(people: People, maya: EpisodeId, asker: Actor | None = None) -> None:
    """An alert that the state's desk sent as the backup, whose card was taken back a minute later.

    Args:
        asker: who asked for it, and has left the response since; the owner when nobody is named.
    """
    given, who = card(maya, people.desk.agency_id, "child.given_name"), asker or people.caseworker
    request_id = asking.ask(who, maya, ladder.LOCAL, "", NOW)
    with acting_as(who):
        alert_id = writing.start(who, request_id, NOW)
        draft = a_draft(people.number, police_decided=False, seen_at=NOW - timedelta(hours=1))
        writing.save(who, alert_id, draft, 1, NOW)
        writing.offer(who, alert_id, NOW)
    with acting_as(people.desk):
        looked = sending.Approval(version=2, looked=True, second_looks=("large", "border", "night"))
        sending.send(people.desk, alert_id, looked, NOW)
    stop(given)
    with acting_as(SYSTEM):
        if asker:
            apps.get_model("episodes", "Party").objects.filter(agency_id=asker.agency_id).delete()
    assert consenting.watch_all(LATER) == 1


def test_a_new_card_closes_it_and_a_second_loss_opens_another(people: People, maya: EpisodeId) -> None:
    lost(people, maya)
    again = card(maya, people.sheriff, "child.given_name", now=LATER)
    assert consenting.watch_all(LATER + timedelta(minutes=1)) == 0
    assert [one.state for one in ledger(maya)] == [DutyState.PROVED]
    stop(again)
    assert consenting.watch_all(LATER + timedelta(minutes=2)) == 1
    assert sorted(one.state.value for one in ledger(maya)) == ["OPEN", "PROVED"]


def test_the_law_leaves_it_alone_and_nobody_types_its_proof(people: People, maya: EpisodeId) -> None:
    lost(people, maya)
    with acting_as(SYSTEM):
        duties.reassess(SYSTEM, maya, LATER)
    [one] = ledger(maya)
    assert one.state is DutyState.OPEN
    typed = NewEvidence(kind="document", value="x", taken_by="", happened_at=LATER, document=b"%PDF-1.4")
    with pytest.raises(Refused) as refused:
        duties.prove(people.officer, one.duty_id, typed, LATER)
    assert refused.value.code == "proof-by-act"


def test_the_pages_lead_to_the_act(page_client: PageClient, people: People) -> None:
    now = timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    given = card(maya, people.sheriff, "child.given_name", now=now)
    alert_id = written(people, maya, now)
    send(people, alert_id, now)
    stop(given)
    consenting.watch_all(now)
    [one] = ledger(maya)
    page = page_client.sign_in(people.officer).get(f"/e/{maya}/d/{one.duty_id}")
    assert page.h1.startswith("Take the field or the alert back: Local notice")
    assert [link.get("href") for link in page.elements("//section[@aria-labelledby='proof']//a")][:1] == [
        f"/alerts/{alert_id}"
    ]
    assert "The time is a house rule, not in the law." in page.text
    assert not page.elements("//input[@name='kind']")
    assert f"/alerts/{alert_id}" in {link.get("href") for link in page_client.get("/duties").elements("//main//a")}
    child = page_client.get(f"/e/{maya}")
    assert "Nobody agrees to a part of the alert any more" in child.text


def test_the_bell_costs_the_same_for_two_and_for_twenty_alerts(people: People, maya: EpisodeId) -> None:
    given = card(maya, people.sheriff, "child.given_name")
    send(people, written(people, maya))
    stop(given)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.count_waiting(people.officer, LATER)
        return len(asked)

    _copy_first(1)
    assert queries.count_waiting(people.officer, LATER) == 2
    two = cost()
    _copy_first(18)
    assert queries.count_waiting(people.officer, LATER) == 20
    assert cost() == two


def _copy_first(count: int) -> None:
    """More alerts like the first one, as rows: sending each takes a second."""
    with acting_as(SYSTEM):
        alert = models.Alert.objects.select_related("request").order_by("changed_at", "id")[0]
        sent = models.Transmission.objects.filter(alert_id=alert.id)[0]
        for _each in range(count):
            request, copy, left = deepcopy(alert.request), deepcopy(alert), deepcopy(sent)
            request.pk = new_id()
            request.save(force_insert=True)
            left.pk, left.alert_id = new_id(), new_id()
            copy.pk, copy.code, copy.request, copy.transmission = left.alert_id, new_id(), request, left.pk
            copy.save(force_insert=True)
            left.save(force_insert=True)

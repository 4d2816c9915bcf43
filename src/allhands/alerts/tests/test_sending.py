"""From the draft to the ways out and back: looked at by two people, frozen, in sequence, taken back everywhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from allhands.alerts import drafting, freezing, ladder, models, queries, ways
from allhands.alerts.actions import after, asking, sending, writing
from allhands.alerts.actions.sending import Approval
from allhands.alerts.contracts import AlertId, AlertState, Ending, MessageKind
from allhands.alerts.tests.makers import NOW, People, a_draft
from allhands.channels.contracts import Way
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as

pytestmark = pytest.mark.django_db
LOOKED = Approval(version=2, looked=True)


def offered(people: People, maya: EpisodeId, *, by: Actor | None = None, **changes: object) -> AlertId:
    """An alert written by the caseworker that waits for approval."""
    writer = by or people.caseworker
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", NOW)
    with acting_as(writer):
        alert_id = writing.start(writer, request_id, NOW)
        writing.save(writer, alert_id, a_draft(people.number, **changes), 1, NOW)
        writing.offer(writer, alert_id, NOW)
    return alert_id


def send(people: People, alert_id: AlertId, by: Actor, approval: Approval = LOOKED, at: datetime = NOW) -> str:
    with acting_as(by):
        return sending.send(by, alert_id, approval, at)


def test_a_second_person_sends_one_frozen_message_on_every_way(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    transmission_id = send(people, alert_id, people.officer)
    with acting_as(people.caseworker):
        alert = queries.find_alert(alert_id)
        message = queries.find_message(transmission_id)
        [sent] = queries.list_transmissions(alert_id)
    assert alert is not None
    assert message is not None
    assert (alert.state, alert.approved_by) == (AlertState.LIVE, "Sgt. Testworth")
    assert sent.digest == freezing.digest_of(freezing.freeze(message))
    assert message.texts["en"].headline == "Missing: Maya, 14"
    assert message.texts["es"].last_seen_place == "parada de autobuses de Harwell, calle Tercera"
    assert message.call.shown == "701 555 0110"
    states = {state.way for state in ways.state_of(transmission_id)}
    assert Way.POSTERS in states
    assert Way.IPAWS not in states  # a local notice is no national alert


def test_who_wrote_it_cannot_send_it_alone_unless_it_is_reviewed(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya, by=people.officer)
    with pytest.raises(Denied):
        send(people, alert_id, people.officer)
    reason = "The chief does not answer, and the bus leaves in ten minutes."
    send(people, alert_id, people.officer, replace(LOOKED, alone=True, reason=reason))
    with acting_as(people.chief):
        found = queries.find_alert(alert_id)
        assert found is not None
        assert found.review_due_at == NOW + timedelta(hours=1)
        with pytest.raises(Denied):
            after.review(people.officer, alert_id, stands=True, words="I looked at it again myself.", now=NOW)
        after.review(people.chief, alert_id, stands=True, words="Every word is as the caseworker told it.", now=NOW)
        reviewed = queries.find_alert(alert_id)
    assert reviewed is not None
    assert reviewed.reviewed_at == NOW


def test_nobody_without_authority_sends(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    for actor in (people.cast.supervisor, people.dispatcher, people.cast.outsider):
        with pytest.raises(Denied):
            send(people, alert_id, actor)


@pytest.mark.parametrize(
    ("approval", "code"),
    [
        (replace(LOOKED, version=1), "alert-changed"),
        (replace(LOOKED, looked=False), "not-looked"),
    ],
)
def test_nothing_leaves_unseen(people: People, maya: EpisodeId, approval: Approval, code: str) -> None:
    alert_id = offered(people, maya)
    with pytest.raises(Refused) as refused:
        send(people, alert_id, people.officer, approval)
    assert refused.value.code == code
    with acting_as(SYSTEM):
        assert models.Transmission.objects.count() == 0


def test_at_night_somebody_looks_again(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    night = NOW + timedelta(hours=10)
    with pytest.raises(Refused) as refused:
        send(people, alert_id, people.officer, at=night)
    assert refused.value.code == "look-again"
    assert send(people, alert_id, people.officer, replace(LOOKED, second_looks=("night",)), at=night)


def test_a_draft_that_harms_or_lacks_is_not_offered(people: People, maya: EpisodeId) -> None:
    draft = a_draft(people.number)
    harmful = {**draft.texts, "en": {**draft.texts["en"], "looks": "Left her foster home, needs insulin"}}
    with pytest.raises(writing.AlertLacks) as lacks:
        offered(people, maya, texts=harmful, route_id="", seen_at=NOW + timedelta(hours=1))
    assert {lack.code for lack in lacks.value.lacks} == {"harm", "route-missing", "seen-future"}


def test_what_a_law_demands_leaves_only_when_the_second_person_says_so(people: People, maya: EpisodeId) -> None:
    draft = a_draft(people.number)
    texts = {**draft.texts, "en": {**draft.texts["en"], "looks": "Girl, needs insulin"}}
    alert_id = offered(people, maya, texts=texts, demanded={"health": "State code 1-2-3"})
    with pytest.raises(Refused) as refused:
        send(people, alert_id, people.officer)
    assert refused.value.code == "demanded"
    assert send(people, alert_id, people.officer, replace(LOOKED, demanded=("health",)))


def test_a_transmission_never_changes_and_never_goes_backwards(people: People, maya: EpisodeId) -> None:
    transmission_id = send(people, offered(people, maya), people.officer)
    with acting_as(SYSTEM):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Transmission.objects.filter(pk=transmission_id).update(digest="0" * 64)
        row = models.Transmission.objects.get(pk=transmission_id)
        row.pk, row.number = "another", 3
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_an_update_refers_to_what_left_and_the_old_one_stays_here(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    first = send(people, alert_id, people.officer)
    later = NOW + timedelta(minutes=20)
    draft = a_draft(people.number, texts={"en": {"looks": "Girl, red scarf", "seen_place": "Harwell mall"}})
    with acting_as(people.caseworker):
        writing.save(people.caseworker, alert_id, replace(draft, english_only=True), 2, later)
        writing.offer(people.caseworker, alert_id, later)
    second = send(people, alert_id, people.chief, Approval(version=3, looked=True), at=later)
    with acting_as(SYSTEM):
        message = queries.find_message(second)
    assert message is not None
    assert message.kind is MessageKind.UPDATE
    assert [one.identifier for one in message.references] == [first]
    assert sending.preflight(first, later) == "out-of-order"
    assert sending.preflight(second, later) == ""


def test_taking_back_tells_every_way_and_says_no_word_about_the_child(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    first = send(people, alert_id, people.officer)
    with acting_as(people.dispatcher):
        cancel = sending.take_back(people.dispatcher, alert_id, Ending.FOUND, NOW + timedelta(hours=1))
        message = queries.find_message(cancel)
        downs = queries.list_take_downs(alert_id)
        sent = {one.transmission_id: set(one.ways) for one in queries.list_transmissions(alert_id)}
    assert message is not None
    assert sent[cancel] == sent[first]
    assert b"Maya" not in freezing.freeze(message)
    assert message.photo is None
    assert sending.preflight(first, NOW + timedelta(hours=1)) == "out-of-order"
    assert sending.preflight(cancel, NOW + timedelta(days=9)) == ""
    assert {one.due_at for one in downs} == {NOW + timedelta(hours=25)}
    found = queries.find_public(alert_code(alert_id))
    assert found is not None
    assert (found.message, found.ending) == (None, "FOUND")
    with acting_as(people.officer), pytest.raises(Refused):
        sending.take_back(people.officer, alert_id, Ending.FOUND, NOW + timedelta(hours=2))


def alert_code(alert_id: AlertId) -> str:
    with acting_as(SYSTEM):
        return models.Alert.objects.values_list("code", flat=True).get(pk=alert_id)


def test_a_child_who_is_back_stops_what_has_not_left(people: People, maya: EpisodeId) -> None:
    transmission_id = send(people, offered(people, maya), people.officer)
    assert sending.preflight(transmission_id, NOW) == ""
    episodes.mark_returned(people.caseworker, maya, NOW, "Ms Olsen", NOW + timedelta(minutes=1))
    assert sending.preflight(transmission_id, NOW + timedelta(minutes=2)) == "not-wanted"


def test_an_alert_ends_by_itself_once(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya, hours=2)
    transmission_id = send(people, alert_id, people.officer)
    assert sending.expire_all(NOW + timedelta(hours=1)) == 0
    over = NOW + timedelta(hours=2)
    assert (sending.expire_all(over), sending.expire_all(over)) == (1, 0)
    assert sending.preflight(transmission_id, over) == "expired"


def test_two_writers_never_overwrite_each_other(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", NOW)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, NOW)
        draft = a_draft(people.number)
        assert writing.save(people.caseworker, alert_id, draft, 1, NOW) == 2
        with pytest.raises(Refused) as refused:
            writing.save(people.cast.supervisor, alert_id, replace(draft, name="May"), 1, NOW)
    assert refused.value.code == "draft-changed"


def test_the_first_draft_says_codes_in_both_languages_and_releases_no_name(people: People) -> None:
    from allhands.episodes.tests.reports import report

    told = {
        "description.hair_color": "brown",
        "description.eye_color": "green",
        "description.height_cm": 163,
        "description.clothing": "green parka",
    }
    command = report("Lena", key="lena", at=NOW, **{key.replace(".", "__"): value for key, value in told.items()})
    lena = episodes.report_missing(people.caseworker, command, NOW).episode_id
    request_id = asking.ask(people.caseworker, lena, ladder.LOCAL, "", NOW)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, NOW)
        found = queries.find_alert(alert_id)
    assert found is not None
    draft = drafting.from_json(found.draft)
    assert draft.text("en", "looks") == "brown hair, green eyes, 5 ft 4 in (163 cm)"
    assert draft.text("es", "looks").startswith("pelo castaño")
    assert (draft.text("en", "clothing"), draft.text("es", "clothing")) == ("green parka", "")
    assert draft.name == ""

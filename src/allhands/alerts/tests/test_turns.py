"""Nobody finds out by chance: each turn of an alert is told to whoever must know it, and what stays up has a clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from pytest_django import Settings

from allhands.alerts import ladder, queries, turns
from allhands.alerts.actions import after, asking, deciding, sending, writing
from allhands.alerts.actions.sending import Approval
from allhands.alerts.contracts import AlertId, AlertStatus, Ending
from allhands.alerts.tests.makers import NOW, People, a_draft
from allhands.alerts.tests.test_sending import offered, send
from allhands.duties import api as duties
from allhands.duties.contracts import DutyState, DutyView, Rung
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import make_route
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db


def heard(agency_id: str, words: str) -> int:
    """How many messages in the inbox of an agency say this."""
    rows = apps.get_model("channels", "Delivery").objects.filter(recipient_agency=agency_id, channel="INBOX")
    with acting_as(SYSTEM):
        return sum(words in bytes(one.body).decode() for one in rows)


def ledger(maya: EpisodeId) -> list[DutyView]:
    with acting_as(SYSTEM):
        return [one for one in duties.list_duties([maya])[maya] if one.act_path]


def test_who_asked_hears_of_each_turn_and_why(people: People, maya: EpisodeId) -> None:
    asker = people.caseworker.agency_id
    alert_id = offered(people, maya)
    with acting_as(people.officer):
        sending.give_back(people.officer, alert_id, "Say where the scarf was seen.", NOW)
    assert heard(asker, "Local notice for Maya, 14 was given back to be changed.") == 1
    _offer_again(people, alert_id, 2, NOW)
    send(people, alert_id, people.officer, Approval(version=3, looked=True))
    assert heard(asker, "Local notice for Maya, 14 is out.") == 1
    later = NOW + timedelta(minutes=20)
    _offer_again(people, alert_id, 3, later)
    send(people, alert_id, people.chief, Approval(version=4, looked=True), at=later)
    assert heard(asker, "Local notice for Maya, 14 was updated.") == 1
    assert heard(asker, "is out.") == 1
    with acting_as(people.officer):
        sending.take_back(people.officer, alert_id, Ending.WRONG, later)
    assert heard(asker, "something in it was wrong. The search goes on.") == 1


def test_a_no_says_why_in_the_inbox(people: People, maya: EpisodeId) -> None:
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", NOW)
    with acting_as(people.officer):
        deciding.refuse(people.officer, request_id, ["not-our-land"], "The tribe's police answer there.", NOW)
    assert heard(people.caseworker.agency_id, "Reason given: The tribe's police answer there.") == 1


def test_an_end_is_told_before_and_when_it_comes(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya, hours=4)
    send(people, alert_id, people.officer)
    asker, sheriff = people.caseworker.agency_id, people.sheriff
    assert turns.watch_all(NOW + timedelta(hours=2, minutes=59)) == 0
    for minute in (0, 1):
        turns.watch_all(NOW + timedelta(hours=3, minutes=minute))
    for agency_id in (asker, sheriff):
        assert heard(agency_id, "ends within the hour") == 1
    sending.expire_all(NOW + timedelta(hours=4))
    for agency_id in (asker, sheriff):
        assert heard(agency_id, "The child is still missing here: ask again") == 1


def test_a_short_life_is_not_told_to_end_when_it_begins(people: People, maya: EpisodeId) -> None:
    send(people, offered(people, maya, hours=1), people.officer)
    assert turns.watch_all(NOW + timedelta(minutes=29)) == 0
    assert turns.watch_all(NOW + timedelta(minutes=30)) == 1


def test_the_end_for_a_child_who_is_back_asks_for_no_other(people: People, maya: EpisodeId) -> None:
    send(people, offered(people, maya, hours=4), people.officer)
    episodes.mark_returned(people.caseworker, maya, NOW, "Ms Olsen", NOW + timedelta(minutes=1))
    assert turns.watch_all(NOW + timedelta(hours=3, minutes=30)) == 0
    sending.expire_all(NOW + timedelta(hours=4))
    assert heard(people.sheriff, "See that its copies come down.") == 1
    assert heard(people.sheriff, "ask again") == 0


def test_what_nobody_approves_in_time_goes_to_the_backup_once(people: People, maya: EpisodeId) -> None:
    offered(people, maya)
    assert turns.watch_all(NOW + timedelta(minutes=59)) == 0
    for minute in (60, 61):
        turns.watch_all(NOW + timedelta(minutes=minute))
    assert heard(people.desk.agency_id, "nobody approved it in time") == 1


def test_an_update_nobody_approves_in_time_goes_to_the_backup_too(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    later = NOW + timedelta(minutes=20)
    _offer_again(people, alert_id, 2, later)
    assert turns.watch_all(later + timedelta(minutes=59)) == 0
    for minute in (60, 61):
        turns.watch_all(later + timedelta(minutes=minute))
    assert heard(people.desk.agency_id, "is out, and nobody approved its update in time. Look at it now.") == 1
    with acting_as(people.officer):
        sending.take_back(people.officer, alert_id, Ending.WRONG, later + timedelta(minutes=62))
    assert turns.watch_all(later + timedelta(minutes=63)) == 0


def test_the_backup_is_not_called_for_a_child_who_is_back(people: People, maya: EpisodeId) -> None:
    offered(people, maya)
    episodes.mark_returned(people.caseworker, maya, NOW, "Ms Olsen", NOW + timedelta(minutes=1))
    assert turns.watch_all(NOW + timedelta(minutes=60)) == 0


def test_a_word_told_already_stops_no_other_when_the_address_has_changed_since(
    people: People, maya: EpisodeId, settings: Settings
) -> None:
    route_id = make_route(people.caseworker.agency_id, "email", "old@agency.example")
    lena = episodes.report_missing(people.caseworker, report("Lena", key="lena", at=NOW), NOW).episode_id
    send(people, offered(people, maya, hours=1.5), people.officer)
    offered(people, lena)
    assert turns.watch_all(NOW + timedelta(minutes=45)) == 1
    apps.get_model("agencies", "ContactRoute").objects.filter(pk=route_id).update(address="new@agency.example")
    settings.ALLHANDS_ORIGIN = "https://moved.example"
    turns.watch_all(NOW + timedelta(minutes=60))
    assert heard(people.desk.agency_id, "nobody approved it in time") == 1
    assert heard(people.caseworker.agency_id, "ends within the hour") == 1, "and the first word is not told again"


def test_the_same_words_offered_and_given_back_again_are_told_again(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    _offer_again(people, alert_id, 2, NOW)
    for minute, writer in ((1, people.cast.supervisor), (3, people.caseworker)):
        at = NOW + timedelta(minutes=minute)
        with acting_as(people.officer):
            sending.give_back(people.officer, alert_id, "Say where the scarf was seen.", at)
        with acting_as(writer):
            writing.offer(writer, alert_id, at + timedelta(minutes=1))
    assert heard(people.sheriff, "Look at it and decide.") == 4, "the alert, its update, and that twice again"
    assert heard(people.caseworker.agency_id, "was given back to be changed") == 2


def test_a_second_press_offers_and_gives_back_nothing_twice(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    _offer_again(people, alert_id, 2, NOW)
    with acting_as(people.caseworker), pytest.raises(Refused):
        writing.offer(people.caseworker, alert_id, NOW + timedelta(seconds=1))
    with acting_as(people.officer):
        sending.give_back(people.officer, alert_id, "Say where the scarf was seen.", NOW + timedelta(minutes=1))
        with pytest.raises(Refused):
            sending.give_back(people.officer, alert_id, "Say where the scarf was seen.", NOW + timedelta(minutes=2))
    assert heard(people.sheriff, "Look at it and decide.") == 2
    assert heard(people.caseworker.agency_id, "was given back to be changed") == 1


def test_what_is_written_after_the_first_stayed_silent_is_offered_to_the_backup_too(
    people: People, maya: EpisodeId
) -> None:
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", NOW)
    late = NOW + timedelta(minutes=61)
    asking.escalate_all(late)
    with acting_as(people.caseworker):
        alert_id = writing.start(people.caseworker, request_id, late)
        writing.save(people.caseworker, alert_id, a_draft(people.number), 1, late)
        writing.offer(people.caseworker, alert_id, late)
    assert heard(people.desk.agency_id, "Look at it and decide.") == 1


def sent_alone(people: People, maya: EpisodeId) -> AlertId:
    alert_id = offered(people, maya, by=people.officer)
    alone = Approval(version=2, looked=True, alone=True, reason="Nobody else can be reached tonight.")
    send(people, alert_id, people.officer, alone)
    return alert_id


def test_what_one_person_sent_alone_is_told_to_the_others_at_once_and_when_it_is_late(
    people: People, maya: EpisodeId
) -> None:
    alert_id = sent_alone(people, maya)
    for agency_id in (people.sheriff, people.desk.agency_id):
        assert heard(agency_id, "Somebody else looks at it within the hour") == 1
    assert turns.watch_all(NOW + timedelta(minutes=59)) == 0
    assert turns.watch_all(NOW + timedelta(minutes=60)) == 1
    assert heard(people.sheriff, "nobody reviewed it in time") == 1
    with acting_as(people.chief):
        after.review(people.chief, alert_id, stands=True, words="It was right.", now=NOW + timedelta(minutes=61))
    assert turns.watch_all(NOW + timedelta(minutes=62)) == 0


@pytest.mark.parametrize("ends", ["taken back", "by itself"])
def test_taking_down_is_a_duty_until_every_way_is_down(people: People, maya: EpisodeId, ends: str) -> None:
    alert_id = offered(people, maya, hours=2)
    send(people, alert_id, people.officer)
    at = NOW + timedelta(hours=2)
    if ends == "by itself":
        sending.expire_all(at)
    else:
        with acting_as(people.officer):
            sending.take_back(people.officer, alert_id, Ending.FOUND, at)
    [one] = ledger(maya)
    assert (one.state, one.agency_id, one.act_path) == (DutyState.OPEN, people.sheriff, f"/alerts/{alert_id}")
    assert one.due_at == at + timedelta(hours=24)
    duties.climb_all(at + timedelta(hours=25))
    assert ledger(maya)[0].rung is Rung.OVER
    with acting_as(people.officer):
        waiting = queries.list_take_downs(alert_id)
        for number, way in enumerate(waiting, 1):
            after.take_down(people.officer, alert_id, way.id, "I walked Main Street.", at + timedelta(hours=26))
            assert ledger(maya)[0].state is (DutyState.PROVED_LATE if number == len(waiting) else DutyState.OPEN)


def test_taking_down_is_owed_by_who_sent_it_and_not_by_who_took_it_back(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    with acting_as(people.desk):
        sending.take_back(people.desk, alert_id, Ending.FOUND, NOW + timedelta(hours=1))
    assert [one.agency_id for one in ledger(maya)] == [people.sheriff]


def move_to(world: str, settings: Settings) -> None:
    """As when the database of a live node is brought back on one for training, or the other way round."""
    settings.ALLHANDS_WORLD = world


def test_a_real_alert_leaves_no_training_node_as_an_exercise(
    people: People, maya: EpisodeId, settings: Settings
) -> None:
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    _offer_again(people, alert_id, 2, NOW)
    move_to("drill", settings)
    with pytest.raises(Refused) as refused:
        send(people, alert_id, people.chief, Approval(version=3, looked=True))
    assert refused.value.code == "another-world"


def test_an_exercise_is_taken_back_as_an_exercise_in_the_live_world_too(
    people: People, maya: EpisodeId, settings: Settings
) -> None:
    move_to("drill", settings)
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    move_to("live", settings)
    with acting_as(people.officer):
        cancel = sending.take_back(people.officer, alert_id, Ending.FOUND, NOW + timedelta(hours=1))
        message = queries.find_message(cancel)
    assert message is not None
    assert (message.world, message.status) == ("drill", AlertStatus.EXERCISE)


def _offer_again(people: People, alert_id: AlertId, version: int, now: datetime) -> None:
    with acting_as(people.caseworker):
        writing.save(people.caseworker, alert_id, a_draft(people.number, hours=4 + version), version, now)
        writing.offer(people.caseworker, alert_id, now)


def test_only_what_left_must_come_down_and_nobody_is_no_confirmation(
    people: People, maya: EpisodeId, page_client: PageClient, settings: Settings
) -> None:
    settings.ALLHANDS_SMTP_HOST = "mail.example"  # e-mail works, and nobody here subscribed; no sign, no webhook
    alert_id = offered(people, maya)
    send(people, alert_id, people.officer)
    with acting_as(people.officer):
        sending.take_back(people.officer, alert_id, Ending.FOUND, NOW + timedelta(hours=1))
        assert {one.way for one in queries.list_take_downs(alert_id)} == {"POSTERS", "CARDS"}
    page = page_client.sign_in(people.officer).get(f"/alerts/{alert_id}")
    [_cancelled, row] = [one for one in page.texts("//tr") if "E-mail" in one]
    assert "Nothing left: nobody is there to tell" in row
    assert "Confirmed" not in row
    assert "Not sent" in row

"""Ways past the second person and past an answer, each closed: twice, unasked, after a no, under another hat."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from allhands.alerts import drafting, models, queries
from allhands.alerts.actions import after, asking, deciding, sending, writing
from allhands.alerts.actions.sending import Approval
from allhands.alerts.contracts import AlertId, AlertState
from allhands.alerts.tests.makers import NOW, People, a_draft, make_authority
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import account_of, make_member

pytestmark = pytest.mark.django_db
LOOKED = Approval(version=2, looked=True)
ALONE = replace(LOOKED, alone=True, reason="The chief does not answer, and the bus leaves in ten minutes.")


def asked(people: People, maya: EpisodeId) -> str:
    return asking.ask(people.caseworker, maya, "us.states.nd.amber", "", NOW)


def offered(people: People, request_id: str, *, by: Actor | None = None, **changes: object) -> AlertId:
    writer = by or people.caseworker
    with acting_as(writer):
        alert_id = writing.start(writer, request_id, NOW)
        writing.save(writer, alert_id, a_draft(people.number, **changes), 1, NOW)
        writing.offer(writer, alert_id, NOW)
    return alert_id


def send(alert_id: AlertId, by: Actor, approval: Approval = LOOKED) -> str:
    with acting_as(by):
        return sending.send(by, alert_id, approval, NOW + timedelta(minutes=1))


def other_hat(actor: Actor, people: People) -> Actor:
    """The same person, in another post of the sheriff."""
    return make_member(actor.label, Role.SUPERVISOR, people.sheriff, account_id=str(account_of(actor).pk))


def sent_count() -> int:
    with acting_as(SYSTEM):
        return models.Transmission.objects.count()


def test_a_second_press_sends_nothing_twice(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, asked(people, maya))
    send(alert_id, people.officer)
    with pytest.raises(Refused) as refused:
        send(alert_id, people.officer)
    assert refused.value.code == "alert-state"
    assert sent_count() == 1


def test_an_update_nobody_offered_does_not_leave(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, asked(people, maya))
    send(alert_id, people.officer)
    half = a_draft(people.number, hours=6)
    with acting_as(people.caseworker):
        writing.save(people.caseworker, alert_id, half, 2, NOW + timedelta(minutes=1))
    with pytest.raises(Refused):
        send(alert_id, people.officer, replace(LOOKED, version=3))
    assert sent_count() == 1


def test_after_a_no_nothing_is_written_offered_or_sent(people: People, maya: EpisodeId) -> None:
    request_id = asked(people, maya)
    alert_id = offered(people, request_id)
    with acting_as(people.chief):
        deciding.refuse(people.chief, request_id, ["need:danger"], "Nobody has said what the danger is.", NOW)
    with pytest.raises(Refused):
        send(alert_id, people.officer)
    with acting_as(people.caseworker):
        found = queries.find_alert(alert_id)
        assert found is not None
        assert found.state is AlertState.REFUSED
        with pytest.raises(Refused):
            writing.offer(people.caseworker, alert_id, NOW)
    assert sent_count() == 0


def test_what_is_no_longer_asked_for_is_not_sent(people: People, maya: EpisodeId) -> None:
    request_id = asked(people, maya)
    alert_id = offered(people, request_id)
    with acting_as(people.caseworker):
        deciding.withdraw(people.caseworker, request_id, NOW)
    with pytest.raises(Refused):
        send(alert_id, people.officer)
    assert sent_count() == 0


def test_what_was_written_before_a_no_is_there_for_the_appeal(people: People, maya: EpisodeId) -> None:
    request_id = asked(people, maya)
    offered(people, request_id, name="May")
    with acting_as(people.chief):
        deciding.refuse(people.chief, request_id, ["need:danger"], "Nobody has said what the danger is.", NOW)
    with acting_as(people.caseworker):
        appeal_id = asking.appeal(people.caseworker, request_id, "Her cousin saw a knife at noon.", NOW)
        again = queries.find_alert(writing.start(people.caseworker, appeal_id, NOW))
    assert again is not None
    assert again.draft["name"] == "May"
    assert people.caseworker.member_id in again.writer_ids


def test_another_hat_of_the_writer_is_no_second_person(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, asked(people, maya), by=people.officer)
    hat = other_hat(people.officer, people)
    with pytest.raises(Denied):
        send(alert_id, hat)
    assert sent_count() == 0


def test_another_hat_of_the_sender_reviews_nothing(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, asked(people, maya))
    send(alert_id, people.officer, ALONE)
    hat = other_hat(people.officer, people)
    with acting_as(hat), pytest.raises(Denied):
        after.review(hat, alert_id, stands=True, words="I looked at it again myself.", now=NOW)


def test_another_hat_of_who_said_no_does_not_answer_the_appeal(people: People, maya: EpisodeId) -> None:
    request_id = asked(people, maya)
    with acting_as(people.officer):
        deciding.refuse(people.officer, request_id, ["need:danger"], "Nobody has said what the danger is.", NOW)
    with acting_as(people.caseworker):
        appeal_id = asking.appeal(people.caseworker, request_id, "Her cousin saw a knife at noon.", NOW)
    hat = other_hat(people.officer, people)
    with acting_as(hat), pytest.raises((Denied, Refused)):
        deciding.refuse(hat, appeal_id, ["need:danger"], "Nobody has said what the danger is.", NOW)


def test_a_law_named_by_the_writer_is_no_reason_to_send_harm_alone(people: People, maya: EpisodeId) -> None:
    texts = a_draft(people.number).texts
    harmful = {**texts, "en": {**texts["en"], "looks": "Girl, needs insulin"}}
    alert_id = offered(
        people, asked(people, maya), by=people.officer, texts=harmful, demanded={"health": "State code 1-2-3"}
    )
    with pytest.raises(Refused) as refused:
        send(alert_id, people.officer, replace(ALONE, demanded=("health",)))
    assert refused.value.code == "demanded-alone"
    assert sent_count() == 0


def test_what_was_written_since_goes_out_alone_as_an_update(people: People, maya: EpisodeId) -> None:
    alert_id = offered(people, asked(people, maya), by=people.officer)
    send(alert_id, people.officer, ALONE)
    with acting_as(people.officer):
        writing.save(people.officer, alert_id, a_draft(people.number, hours=6), 2, NOW + timedelta(minutes=2))
    with pytest.raises(Refused):
        send(alert_id, people.officer, replace(ALONE, version=2))
    assert send(alert_id, people.officer, replace(ALONE, version=3))


def test_land_that_is_not_the_senders_is_looked_at_again(people: People, maya: EpisodeId) -> None:
    make_authority(people.sheriff, state="ND", county_fips="38015")
    elsewhere = drafting.DraftArea(county_fips=("38015", "38017"))  # the second is the state desk's
    alert_id = offered(people, asked(people, maya), area=elsewhere)
    with pytest.raises(Refused) as refused:
        send(alert_id, people.officer)
    assert refused.value.code == "look-again"
    assert send(alert_id, people.officer, replace(LOOKED, second_looks=("outside",)))


def test_land_of_the_whole_state_is_its_desks_own(people: People, maya: EpisodeId) -> None:
    elsewhere = drafting.DraftArea(county_fips=("38015", "38017"))
    assert send(offered(people, asked(people, maya), area=elsewhere), people.desk)

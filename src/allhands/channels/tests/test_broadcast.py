"""From an approved message to frozen artefacts and queued copies, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from allhands.alerts.contracts import MessageKind, Subscriber, TransmissionId
from allhands.channels import api, models
from allhands.channels.tests.messages import SENT, a_message, in_demo
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.platform.database.acting import acting_as

pytestmark = pytest.mark.django_db
HERE = [api.Way.FEEDS, api.Way.POSTERS, api.Way.CARDS]


def subscribers(count: int) -> list[Subscriber]:
    return [
        Subscriber(key=f"s{n}", address=f"s{n}@people.example", language="en", stop_url=f"https://a.example/u/s{n}")
        for n in range(count)
    ]


def test_what_lies_ready_is_accepted_at_once_and_frozen() -> None:
    message = a_message()
    api.broadcast(message, HERE, {}, SENT)
    states = api.broadcast_state(message.transmission_id)
    assert [state.way for state in states] == HERE
    assert all(group.accepted == 1 and state.unconfirmed == 0 for state in states for group in state.groups)
    poster = api.artefact(message.transmission_id, api.Way.POSTERS, "poster-letter-en.pdf")
    assert poster is not None
    assert poster.content.startswith(b"%PDF")
    assert "Maya, 14" in poster.text


def test_second_time_of_one_transmission_changes_nothing() -> None:
    message = a_message()
    api.broadcast(message, HERE, {}, SENT)
    api.broadcast(message, HERE, {}, SENT + timedelta(minutes=1))
    assert len(api.broadcast_state(message.transmission_id)) == len(HERE)


def test_not_configured_is_said_and_nothing_waits() -> None:
    message = a_message()
    people = subscribers(3)
    api.broadcast(message, [api.Way.SMS], {api.Way.SMS: [*people, people[0]]}, SENT)
    [state] = api.broadcast_state(message.transmission_id)
    assert state.condition is api.ChannelCondition.NOT_CONFIGURED
    assert state.groups[0].states == {api.SendingState.NOT_CONFIGURED: 3}
    assert state.groups[0].submitted == 0


def test_demo_is_played_and_says_so_on_every_artefact() -> None:
    message = in_demo(a_message())
    api.broadcast(message, [api.Way.SMS], {api.Way.SMS: subscribers(2)}, SENT)
    [state] = api.broadcast_state(message.transmission_id)
    assert state.groups[0].states == {api.SendingState.SIMULATED: 2}
    for way in api.Way:
        for artefact in api.preview(message, way):
            said = artefact.text.upper() + artefact.content.decode("utf-8", "ignore").upper()
            assert any(word in said for word in ("SIMULAT", "SIMULAD", "EXERCISE", "TEST")) or (
                artefact.name == "same-header.txt"
            ), artefact.name


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (a_message(expires_at=SENT), "expired-at-birth"),
        (a_message(world="demo"), "nothing-actual-outside-live"),
    ],
)
def test_what_must_not_leave_is_refused(message: object, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        api.broadcast(message, HERE, {}, SENT)  # type: ignore[arg-type]  # parametrised
    assert refusal.value.code == code
    with acting_as(SYSTEM):
        assert not models.Broadcast.objects.exists()


def test_nobody_but_the_machine_sees_a_subscriber(cast: object) -> None:
    api.broadcast(a_message(), [api.Way.SMS], {api.Way.SMS: subscribers(2)}, SENT)
    with acting_as(cast.caseworker):  # type: ignore[attr-defined]  # the house's cast
        assert models.Sending.objects.count() == 0
        assert models.Broadcast.objects.count() == 0


def test_recipient_is_frozen_and_may_only_be_forgotten() -> None:
    api.broadcast(a_message(), [api.Way.SMS], {api.Way.SMS: subscribers(1)}, SENT)
    with acting_as(SYSTEM):
        models.Sending.objects.update(address="")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE channels_sending SET address = 'other@people.example'")


def test_cancel_names_nobody_anywhere() -> None:
    message = replace(
        a_message(kind=MessageKind.CANCEL, transmission_id=TransmissionId("t2")), expires_at=SENT - timedelta(hours=1)
    )
    for way in (way for way in api.Way if way is not api.Way.IPAWS):
        for artefact in api.preview(message, way):
            assert b"Maya" not in artefact.content, artefact.name
            assert "Maya" not in artefact.text, artefact.name

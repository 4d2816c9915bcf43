"""A later message names those before it as IPAWS knows them: by the `sent` they left with, not that of the approval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from allhands.alerts.contracts import AlertMessage, MessageKind, Reference, TransmissionId
from allhands.channels import api, models
from allhands.channels.actions import fan_out
from allhands.channels.contracts import Way
from allhands.channels.email.port import watch_nothing
from allhands.channels.ipaws import client
from allhands.channels.tests.messages import SENT, a_message
from allhands.channels.tests.peers import Response, WebPeer, web_peer
from allhands.channels.tests.test_ipaws import ALL_GOOD, inner_alert, posted, run, use_ipaws
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.wire import cap

pytestmark = pytest.mark.django_db
TAKEN, REFUSED = Response(200, ALL_GOOD), Response(200, posted(run("IPAWS", "303", "Y", "sent too late")))
# A worker takes a copy a moment after the approval: at least the second is another.
LATER = timedelta(seconds=7)


@dataclass
class Ipaws:
    """Our server, and what it says to the next message."""

    peer: WebPeer
    says: list[Response]


@pytest.fixture
def ipaws(settings: Any, tmp_path: Path) -> Iterator[Ipaws]:
    says: list[Response] = []
    with web_peer(lambda _request: says.pop()) as peer:
        use_ipaws(settings, tmp_path, peer.url)
        yield Ipaws(peer, says)


def send(message: AlertMessage, ipaws: Ipaws, answer: Response) -> cap.Alert:
    """Sends it some seconds after its approval, and gives the alert that arrived."""
    ipaws.says.append(answer)
    api.broadcast(message, [Way.IPAWS], {}, message.sent_at)
    with acting_as(SYSTEM):
        broadcast = models.Broadcast.objects.get(transmission_id=message.transmission_id)
    at = message.sent_at + LATER
    fan_out.send_copies(broadcast.id, open_sender=client.open_sender, clock=lambda: at, watch=watch_nothing)
    alert = cap.decode(inner_alert(ipaws.peer.requests[-1].body)).alert
    assert alert is not None
    return alert


def followed(number: int, kind: MessageKind, at: datetime, *earlier: AlertMessage) -> AlertMessage:
    return a_message(
        transmission_id=TransmissionId(f"t000000000000000{number}"),
        identifier=f"ah-later{number}",
        kind=kind,
        sent_at=at,
        expires_at=at + timedelta(hours=24),
        references=tuple(
            Reference(sender=one.sender, identifier=one.identifier, sent_at=one.sent_at) for one in earlier
        ),
    )


def named(alert: cap.Alert) -> dict[str, datetime | None]:
    return {one.identifier: one.sent_at for one in alert.references}


def test_cancel_names_both_messages_as_they_left(ipaws: Ipaws) -> None:
    first = a_message()
    second = followed(2, MessageKind.UPDATE, SENT + timedelta(hours=1), first)
    third = followed(3, MessageKind.CANCEL, SENT + timedelta(hours=2), first, second)
    left = [send(message, ipaws, TAKEN) for message in (first, second, third)]
    assert left[0].sent_at == SENT + LATER
    assert named(left[1]) == {first.identifier: left[0].sent_at}
    assert named(left[2]) == {first.identifier: left[0].sent_at, second.identifier: left[1].sent_at}
    assert cap.validate(left[2]) == ()


def test_message_that_ipaws_refused_is_not_named(ipaws: Ipaws) -> None:
    first = a_message()
    second = followed(2, MessageKind.UPDATE, SENT + timedelta(hours=1), first)
    third = followed(3, MessageKind.CANCEL, SENT + timedelta(hours=2), first, second)
    left = [send(first, ipaws, TAKEN), send(second, ipaws, REFUSED), send(third, ipaws, TAKEN)]
    assert named(left[2]) == {first.identifier: left[0].sent_at}


def test_message_that_has_ended_is_not_named(ipaws: Ipaws) -> None:
    first = a_message()
    second = followed(2, MessageKind.UPDATE, SENT + timedelta(hours=23), first)
    third = followed(3, MessageKind.CANCEL, SENT + timedelta(hours=25), first, second)
    left = [send(message, ipaws, TAKEN) for message in (first, second, third)]
    assert named(left[2]) == {second.identifier: left[1].sent_at}


def test_references_stay_when_nothing_is_known_of_those_before(ipaws: Ipaws) -> None:
    first = a_message()
    left = send(followed(2, MessageKind.UPDATE, SENT + timedelta(hours=1), first), ipaws, TAKEN)
    assert named(left) == {first.identifier: first.sent_at}

"""Copies leave once: claimed, told, tried again, stopped, decided by a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from allhands.alerts.contracts import Subscriber, TransmissionId
from allhands.channels import api, listeners, models, preflight
from allhands.channels.actions import fan_out, forget, receipts
from allhands.channels.actions.receipts import Receipt
from allhands.channels.copies import Copy, Decision, Frozen, Told, accepted, later, refused, uncertain
from allhands.channels.email.port import watch_nothing
from allhands.channels.tests.messages import SENT, a_message
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
S = api.SendingState


class Scripted:
    """A way that says what it is told to say, and remembers what it sent."""

    def __init__(self, *says: Told) -> None:
        self.says = list(says)
        self.sent: list[str] = []

    @contextmanager
    def __call__(self, _frozen: Frozen) -> Iterator[Scripted]:
        yield self

    def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
        for copy in copies:
            self.sent.append(copy.recipient_key)
            yield copy, self.says.pop(0) if len(self.says) > 1 else self.says[0]


@pytest.fixture
def queued(settings: object) -> str:
    settings.ALLHANDS_SMS_QUIET_FROM = settings.ALLHANDS_SMS_QUIET_UNTIL = 0  # type: ignore[attr-defined]  # the same
    settings.ALLHANDS_SMS_PROVIDER = "json"  # type: ignore[attr-defined]  # pytest-django's
    people = [
        Subscriber(key=f"s{n}", address=f"+1701555{n:04}", language="en", stop_url="https://a.example/u")
        for n in range(60)
    ]
    api.broadcast(a_message(), [api.Way.SMS], {api.Way.SMS: people}, SENT)
    with acting_as(SYSTEM):
        return models.Broadcast.objects.get().id


def run(broadcast_id: str, way: Scripted, now: datetime = SENT) -> fan_out.Left:
    return fan_out.send_copies(broadcast_id, open_sender=way, clock=lambda: now, watch=watch_nothing)


def states() -> dict[S, int]:
    [state] = api.broadcast_state(a_message().transmission_id)
    return dict(state.groups[0].states)


def test_every_copy_leaves_once_and_four_facts_are_kept(queued: str) -> None:
    way = Scripted(accepted("http-202", provider_id=""))
    assert run(queued, way).next_at is None
    assert run(queued, way).next_at is None
    assert sorted(way.sent) == sorted({f"s{n}" for n in range(60)})
    [state] = api.broadcast_state(a_message().transmission_id)
    group = state.groups[0]
    assert (group.submitted, group.accepted, group.final, group.seen) == (60, 60, 0, 0)
    assert group.unconfirmed == 0


def test_claim_of_a_dead_worker_goes_to_a_person_and_never_out_again(queued: str, cast: Cast) -> None:
    class Dies(Scripted):
        def send_all(self, copies: Sequence[Copy]) -> Iterator[tuple[Copy, Told]]:
            raise MemoryError

    with pytest.raises(MemoryError):
        run(queued, Dies(accepted("x")))
    way = Scripted(accepted("http-202"))
    run(queued, way)
    assert len(way.sent) == 60 - fan_out.ROUND
    later_on = SENT + timedelta(minutes=16)
    [doubtful] = api.list_doubtful(later_on)
    assert (doubtful.count, doubtful.state) == (fan_out.ROUND, S.CLAIMED)
    with pytest.raises(Denied):
        api.decide_copies(cast.caseworker, queued, "subscribers", Decision.SEND_AGAIN, "they said no", later_on)
    with pytest.raises(Refused):
        api.decide_copies(cast.operator, queued, "subscribers", Decision.SEND_AGAIN, " ", later_on)
    with pytest.raises(Refused):
        api.decide_copies(cast.operator, queued, "subscribers", Decision.SEND_AGAIN, "too early", SENT)
    count = api.decide_copies(cast.operator, queued, "subscribers", Decision.SEND_AGAIN, "they said no", later_on)
    assert count == fan_out.ROUND
    run(queued, way, later_on)
    assert len(set(way.sent)) == 60
    assert not api.list_doubtful(later_on)


def test_silence_is_uncertain_and_is_not_repeated(queued: str) -> None:
    run(queued, Scripted(uncertain("ReadTimeout")))
    way = Scripted(accepted("x"))
    run(queued, way, SENT + timedelta(hours=1))
    assert not way.sent
    assert states() == {S.UNCERTAIN: 60}


def test_throttled_copies_come_again_later_and_give_up_at_the_end(queued: str) -> None:
    left = run(queued, Scripted(later("http-429", retry_after=timedelta(minutes=3))))
    assert left.next_at == SENT + timedelta(minutes=3)
    way = Scripted(later("http-429"))
    assert run(queued, way).next_at is not None
    assert not way.sent, "not before its time"
    run(queued, Scripted(later("http-429", retry_after=timedelta(days=1))), SENT + timedelta(minutes=4))
    assert states() == {S.FAILED: 60}


def test_take_back_and_expiry_are_heard_before_each_round(queued: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter(["", "not-wanted"])
    monkeypatch.setattr(preflight, "_asked", [lambda _transmission, _now: next(said)])
    way = Scripted(accepted("x"))
    run(queued, way)
    assert len(way.sent) == fan_out.ROUND
    assert states() == {S.ACCEPTED: fan_out.ROUND, S.STOPPED: 60 - fan_out.ROUND}


def test_what_was_queued_in_another_world_stays_there(queued: str, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "drill"  # the backup of a live node, opened for a training
    way = Scripted(accepted("x"))
    run(queued, way)
    assert not way.sent
    assert states() == {S.STOPPED: 60}


def test_nothing_leaves_after_its_end(queued: str) -> None:
    way = Scripted(accepted("x"))
    run(queued, way, SENT + timedelta(hours=24))
    assert not way.sent
    assert states() == {S.STOPPED: 60}


def test_receipt_counts_once_in_any_order(queued: str) -> None:
    receipt = Receipt(way=api.Way.SMS, provider_id="p1", status="delivered", state=S.DELIVERED, code="delivered")
    assert receipts.record_receipt(receipt, SENT), "before we know the copy"
    run(queued, Scripted(accepted("x", provider_id="p1"), accepted("x", provider_id="p2"), accepted("x")))
    assert states() == {S.DELIVERED: 1, S.ACCEPTED: 59}
    assert not receipts.record_receipt(receipt, SENT), "a replay"
    failed = Receipt(way=api.Way.SMS, provider_id="p2", status="undelivered", state=S.FAILED, code="30003")
    receipts.record_receipt(failed, SENT)
    late = Receipt(way=api.Way.SMS, provider_id="p2", status="delivered", state=S.DELIVERED, code="delivered")
    receipts.record_receipt(late, SENT)
    assert states() == {S.DELIVERED: 1, S.FAILED: 1, S.ACCEPTED: 58}, "the first final word stands"


def test_listeners_hear_of_progress_and_of_addresses_that_are_gone(
    queued: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[object] = []
    monkeypatch.setattr(listeners, "_broadcast_listeners", [lambda *said: heard.append(said[:2])])
    monkeypatch.setattr(listeners, "_gone_listeners", [lambda *said: heard.append(said[:3])])
    run(queued, Scripted(refused("opted-out", is_gone=True), accepted("x")))
    assert (api.Way.SMS, "s0", "opted-out") in heard
    assert (TransmissionId("t0000000000000001"), api.Way.SMS) in heard


def test_who_got_it_is_known_for_the_cancel_and_forgotten_after(queued: str) -> None:
    run(queued, Scripted(accepted("x")))
    got = list(api.recipients_of(a_message().alert_id, api.Way.SMS))
    assert len(got) == 60
    assert forget.forget_recipients(SENT + timedelta(days=20)) == 0
    assert forget.forget_recipients(SENT + timedelta(days=40)) == 60
    assert not list(api.recipients_of(a_message().alert_id, api.Way.SMS))
    assert states() == {S.ACCEPTED: 60}

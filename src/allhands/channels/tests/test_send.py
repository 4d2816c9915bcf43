"""Claim, hand over once, append: with the mail port's fake."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from allhands.channels import api, listeners, models
from allhands.channels.actions.send import send_email
from allhands.channels.email.fake import FakeMail
from allhands.channels.email.port import Answer, NotTaken, Outcome, Postponed, watch_nothing
from allhands.channels.tests.makers import NOW, an_email
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import DeliveryId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=20)


@pytest.fixture
def waiting(cast: Cast) -> DeliveryId:
    return api.queue(cast.caseworker, an_email(cast.caseworker), NOW)


def send(delivery_id: DeliveryId, mail: FakeMail | None) -> None:
    send_email(delivery_id, mail=mail, sender="allhands@example.org", clock=lambda: NOW, watch=watch_nothing)


def view() -> api.DeliveryView:
    (only,) = api.deliveries_for("notice1")
    return only


def test_accepted_keeps_the_four_facts_apart(waiting: DeliveryId) -> None:
    mail = FakeMail()
    send(waiting, mail)
    seen = view()
    assert (seen.state, seen.submitted_at, seen.accepted_at) == (api.DeliveryState.ACCEPTED, NOW, NOW)
    assert (seen.final_at, seen.seen_at, seen.acknowledged_at) == (None, None, None)
    assert seen.statuses[-1].words == "queued as 7"
    assert len(mail.letters) == 1


def test_a_second_job_for_the_same_delivery_sends_nothing(waiting: DeliveryId) -> None:
    mail = FakeMail()
    for _ in range(3):
        send(waiting, mail)
    assert len(mail.letters) == 1


@pytest.mark.parametrize(
    ("outcome", "state", "reason"),
    [
        (Outcome.UNCERTAIN, api.DeliveryState.UNCERTAIN, "UNCERTAIN"),
        (Outcome.UNCONFIRMED, api.DeliveryState.UNCONFIRMED, "UNCONFIRMED"),
    ],
)
def test_doubt_goes_to_a_person_and_is_not_repeated(
    waiting: DeliveryId, outcome: Outcome, state: api.DeliveryState, reason: str
) -> None:
    mail = FakeMail(says=Answer(outcome=outcome, code="x", words=""))
    send(waiting, mail)
    send(waiting, mail)
    assert len(mail.letters) == 1
    seen = view()
    assert (seen.state, seen.submitted_at, seen.accepted_at) == (state, NOW, None)
    assert [need.reason.value for need in api.list_needing_person(NOW)] == [reason]


def test_postponed_goes_back_to_waiting_and_tells_the_queue(waiting: DeliveryId) -> None:
    with pytest.raises(Postponed):
        send(waiting, FakeMail(says=Postponed("smtp-451", "try later")))
    assert view().state is api.DeliveryState.WAITING
    send(waiting, FakeMail())
    assert view().state is api.DeliveryState.ACCEPTED
    with acting_as(SYSTEM):
        assert models.Delivery.objects.get(pk=waiting).attempts == 2


def test_refused_for_ever_fails_and_goes_to_a_person(waiting: DeliveryId) -> None:
    send(waiting, FakeMail(says=NotTaken("smtp-550", "no such user")))
    seen = view()
    assert (seen.state, seen.submitted_at, seen.final_at) == (api.DeliveryState.FAILED, None, NOW)
    assert [need.reason.value for need in api.list_needing_person(NOW)] == ["FAILED"]


def test_not_configured_holds_visibly_and_is_released_by_an_operator(waiting: DeliveryId, cast: Cast) -> None:
    send(waiting, None)
    assert view().state is api.DeliveryState.HELD
    assert [need.reason.value for need in api.list_needing_person(NOW)] == ["NOT_CONFIGURED"]
    with pytest.raises(Denied):
        api.release_held(cast.caseworker, api.Channel.EMAIL, NOW)
    assert api.release_held(cast.operator, api.Channel.EMAIL, NOW) == 1
    send(waiting, FakeMail())
    assert view().state is api.DeliveryState.ACCEPTED


def test_simulated_never_reaches_a_mail_server_even_if_one_is_named_later(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "demo"
    delivery_id = api.queue(cast.caseworker, an_email(cast.caseworker), NOW)
    mail = FakeMail()
    send(delivery_id, mail)
    assert not mail.letters
    assert view().state is api.DeliveryState.SIMULATED
    assert [one.id for one in api.list_simulated()] == [delivery_id]


def test_simulated_needs_no_mail_server(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_WORLD = "drill"
    send(api.queue(cast.caseworker, an_email(cast.caseworker), NOW), None)
    assert view().state is api.DeliveryState.SIMULATED


@pytest.mark.parametrize("world", ["demo", "drill"])
def test_a_live_letter_never_leaves_a_node_that_opened_its_backup(
    waiting: DeliveryId, cast: Cast, settings: Settings, world: str
) -> None:
    settings.ALLHANDS_WORLD, settings.ALLHANDS_SMTP_HOST = world, "mail.example.org"
    mail = FakeMail()
    send(waiting, mail)
    assert not mail.letters
    assert (view().state, view().statuses[-1].code) == (api.DeliveryState.HELD, "another-world")
    assert [need.reason.value for need in api.list_needing_person(NOW)] == ["ANOTHER_WORLD"]
    assert api.channel_states()[0].waiting == 0, "no release sends it, so none is offered"
    assert api.release_held(cast.operator, api.Channel.EMAIL, NOW) == 0
    with pytest.raises(Refused) as refused:
        api.send_again(cast.operator, waiting, "they asked for it", NOW)
    assert refused.value.code == "another-world"
    settings.ALLHANDS_WORLD = "live"
    assert api.channel_states()[0].waiting == 1
    assert api.release_held(cast.operator, api.Channel.EMAIL, NOW) == 1
    send(waiting, mail)
    assert len(mail.letters) == 1


def test_a_letter_written_in_the_demo_for_its_own_mail_server_leaves(cast: Cast, settings: Settings) -> None:
    settings.ALLHANDS_WORLD, settings.ALLHANDS_SMTP_HOST = "demo", "mail.example.org"
    mail = FakeMail()
    send(api.queue(cast.caseworker, an_email(cast.caseworker), NOW), mail)
    assert len(mail.letters) == 1


def test_a_claim_without_outcome_waits_for_a_person_who_decides_by_name(waiting: DeliveryId, cast: Cast) -> None:
    with pytest.raises(KeyboardInterrupt):
        send_email(waiting, mail=FakeMail(), sender="a@b.example", clock=lambda: NOW, watch=_die)
    assert not api.list_needing_person(NOW)
    assert [need.reason.value for need in api.list_needing_person(LATER)] == ["CLAIM_WITHOUT_OUTCOME"]
    with pytest.raises(Refused, match="right now"):
        api.mark_arrived(cast.operator, waiting, "asked the mail server", NOW)
    api.mark_arrived(cast.operator, waiting, "asked the mail server", LATER)
    last = view().statuses[-1]
    assert (view().state, last.who, last.words) == (
        api.DeliveryState.ACCEPTED, "Operator Testworth", "asked the mail server"
    )  # fmt: skip
    assert not api.list_needing_person(LATER)


def test_an_outcome_that_comes_after_a_persons_word_is_kept_beside_it(waiting: DeliveryId, cast: Cast) -> None:
    def decide_meanwhile(moment: str) -> None:
        if moment == "outcome":
            api.cancel(cast.caseworker, waiting, "told them by phone", LATER)

    send_email(waiting, mail=FakeMail(), sender="a@b.example", clock=lambda: NOW, watch=decide_meanwhile)
    assert view().state is api.DeliveryState.CANCELLED
    assert view().statuses[-1].code == "late-smtp-250"


def test_send_again_uses_the_same_letter(waiting: DeliveryId, cast: Cast) -> None:
    mail = FakeMail(says=Answer(outcome=Outcome.UNCERTAIN, code="no-answer", words=""))
    send(waiting, mail)
    api.send_again(cast.caseworker, waiting, "they say it never came", NOW)
    mail.says = Answer(outcome=Outcome.ACCEPTED, code="smtp-250", words="")
    send(waiting, mail)
    assert mail.letters[0] == mail.letters[1]
    assert view().state is api.DeliveryState.ACCEPTED


@pytest.mark.parametrize("who", ["outsider", "officer", "auditor"])
def test_strangers_may_not_decide(waiting: DeliveryId, cast: Cast, who: str) -> None:
    with pytest.raises(Denied):
        api.cancel(getattr(cast, who), waiting, "because", LATER)


def test_a_decision_needs_a_reason(waiting: DeliveryId, cast: Cast) -> None:
    with pytest.raises(Refused, match="few words"):
        api.cancel(cast.caseworker, waiting, "  ", LATER)


def test_listeners_hear_each_status(waiting: DeliveryId, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[tuple[object, ...]] = []
    monkeypatch.setattr(listeners, "_listeners", [lambda *told: heard.append(told)])
    send(waiting, FakeMail())
    assert heard == [
        ("notice1", api.DeliveryState.CLAIMED, "Allhands", NOW),
        ("notice1", api.DeliveryState.ACCEPTED, "Allhands", NOW),
    ]


def test_a_failing_listener_leaves_the_claim_for_a_person(waiting: DeliveryId, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_told: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(listeners, "_listeners", [fail])
    mail = FakeMail()
    with pytest.raises(ZeroDivisionError):
        send(waiting, mail)
    monkeypatch.undo()
    send(waiting, mail)
    assert len(mail.letters) == 1
    assert [need.reason.value for need in api.list_needing_person(LATER)] == ["CLAIM_WITHOUT_OUTCOME"]


def _die(moment: str) -> None:
    if moment == "written":
        raise KeyboardInterrupt

"""A copy called back is dark wherever it was open before; only who holds it confirms that it is gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest

from allhands.access import domain, models
from allhands.access.actions import recalling, telling
from allhands.access.contracts import LeaseState
from allhands.access.tests.conftest import Response, State
from allhands.access.tests.test_correcting import picture
from allhands.channels import api as channels
from allhands.channels.contracts import DeliveryState, InboxLine
from allhands.duties import api as duties
from allhands.duties.packets import PacketKind
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor, Role
from allhands.kernel.errors import Denied, Refused
from allhands.kernel.ids import AgencyId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast, make_key, make_member
from allhands.platform.testing.pages import PageClient
from allhands.platform.testing.queue import run_jobs

pytestmark = pytest.mark.django_db
CASE, WORDS = "description.suspect", "a man called Zorilla"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A packet that the police hold."""

    response: Response
    sender: Actor
    notice: str
    lease_id: str

    @property
    def lease(self) -> models.Lease:
        with acting_as(SYSTEM):
            return models.Lease.objects.get(pk=self.lease_id)

    def recall(self) -> None:
        recalling.recall(self.sender, self.response.access(self.sender), self.lease_id, self.response.at)


@pytest.fixture
def sent(response: Response, state: State, cast: Cast) -> Sent:
    state(cast.caseworker, CASE, WORDS)
    episodes.add_photo(cast.caseworker, response.episode_id, picture(), None, response.at)
    police = (PacketKind.POLICE, "law_enforcement")
    notice = duties.send_update(cast.caseworker, response.episode_id, *police, response.at)
    run_jobs(response.at)
    with acting_as(SYSTEM):
        lease = models.Lease.objects.get(refers_to=notice, to_agency_id=cast.officer.agency_id)
        sender = {one.agency_id: one for one in (cast.caseworker, cast.officer)}[AgencyId(lease.from_agency_id)]
    return Sent(response=response, sender=sender, notice=notice, lease_id=lease.pk)


def recall_item(holder: Actor, notice: str) -> InboxLine:
    """The newest item that asks to delete the copy."""
    found = channels.find_about(holder, f"recall-{notice}")
    [line] = [one for one in channels.list_inbox(holder) if one.id == found]
    return line


def test_whatever_of_it_was_open_is_dark_when_asked_for_again(sent: Sent, cast: Cast, page_client: PageClient) -> None:
    client = page_client.sign_in(cast.officer)
    page = client.get(f"/inbox/about/{sent.notice}", follow=True)
    assert WORDS in page.text
    item = channels.find_about(cast.officer, sent.notice)
    files = [str(one.get("href")) for one in page.elements("//a[contains(@href, '/files/')]")]
    assert {name.rpartition(".")[2] for name in files} == {"pdf", "json"}
    assert all(client.get(one).status == 200 for one in files)
    sent.recall()
    again = client.get(f"/inbox/{item}")
    assert "called this back" in again.text
    assert WORDS not in again.text
    assert not again.elements("//a[contains(@href, '/files/')] | //main//img")
    assert [client.get(one).status for one in files] == [client.get(f"/inbox/{item}/files/none.pdf").status] * len(
        files
    )
    lists = (client.get("/inbox"), client.get("/search?q=Zorilla"), client.get(f"/e/{sent.response.episode_id}/ledger"))
    assert all(WORDS not in one.text for one in lists)
    assert WORDS not in client.get(f"/e/{sent.response.episode_id}/n/{sent.notice}", follow=True).text
    headers = {"Authorization": f"Bearer {make_key(cast.officer.agency_id)}"}
    answer = client.client.get(f"/api/v1/inbox/{item}", headers=headers)
    assert answer.status_code == 404, "no program reads an inbox"
    recalling.confirm(sent.notice, "Sgt. Testworth", sent.response.at)
    assert WORDS not in client.get(f"/inbox/{item}").text, "confirmed does not mean open again"


def test_nobody_but_the_holder_confirms(sent: Sent, cast: Cast) -> None:
    sent.recall()
    run_jobs(sent.response.at)
    line = recall_item(cast.officer, sent.notice)
    auditor = make_member("Ada Auditor", Role.AUDITOR, cast.officer.agency_id)
    for other in (sent.response.nurse, cast.outsider, sent.sender, auditor):
        with pytest.raises(Denied):
            channels.acknowledge(other, line.id, sent.response.at)
    packet = channels.find_about(cast.officer, sent.notice)
    assert packet is not None
    channels.acknowledge(cast.officer, packet, sent.response.at)
    telling.on_delivery_status(f"recall-{sent.notice}", DeliveryState.OPENED, "Sgt. Testworth", sent.response.at)
    assert sent.lease.state == LeaseState.RECALLED.value, "a receipt for the packet, or a look, is none for the recall"
    channels.acknowledge(cast.officer, line.id, sent.response.at)
    lease = sent.lease
    assert (lease.state, lease.confirmed_by) == (LeaseState.CONFIRMED.value, cast.officer.label)
    channels.acknowledge(sent.response.lead, line.id, sent.response.at + timedelta(hours=1))
    assert sent.lease.confirmed_by == cast.officer.label, "the first receipt stands"


def test_a_receipt_before_anything_was_called_back_confirms_nothing(sent: Sent) -> None:
    recalling.confirm(sent.notice, "somebody", sent.response.at)
    assert sent.lease.state == LeaseState.RUNNING.value
    sent.recall()
    assert sent.lease.state == LeaseState.RECALLED.value


def test_what_is_called_back_is_not_called_back_again(sent: Sent, cast: Cast) -> None:
    with pytest.raises(Denied):
        recalling.recall(cast.officer, sent.response.access(cast.officer), sent.lease_id, sent.response.at)
    sent.recall()
    for by in (sent.sender, sent.sender):
        with pytest.raises(Refused) as refusal:
            recalling.recall(by, sent.response.access(by), sent.lease_id, sent.response.at)
        assert refusal.value.code == "copy-recalled"
    recalling.confirm(sent.notice, "Sgt. Testworth", sent.response.at)
    before = sent.lease
    assert recalling.recall_everything(SYSTEM, sent.response.episode_id, "CORRECTED", sent.response.at) >= 0
    after = sent.lease
    assert (after.state, after.why, after.confirmed_at) == (before.state, before.why, before.confirmed_at)


def test_it_is_asked_each_day_and_the_sender_is_told_once_to_call(sent: Sent, cast: Cast) -> None:
    sent.recall()
    told_to_call = []
    for day in range(5):
        at = sent.response.at + timedelta(days=day)
        assert (sent.lease_id in recalling.list_to_tell(at)) is True
        telling.tell_recall(sent.lease_id, at)
        telling.tell_recall(sent.lease_id, at)
        told_to_call.append(len([one for one in channels.list_inbox(sent.sender) if "Nobody confirms" in one.subject]))
    assert sent.lease.told == 5
    rounds = domain.RECALL_UP_AFTER_ROUNDS
    assert told_to_call == [0] * (rounds - 1) + [1] * (5 - rounds + 1)
    asked = [one for one in channels.list_inbox(cast.officer) if "delete a copy" in one.subject]
    assert len(asked) == 5
    channels.acknowledge(cast.officer, asked[-1].id, sent.response.at + timedelta(days=5))
    assert sent.lease.state == LeaseState.CONFIRMED.value, "whichever of the rounds is answered"
    assert sent.lease_id not in recalling.list_to_tell(sent.response.at + timedelta(days=9))

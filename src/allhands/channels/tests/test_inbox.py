"""The inbox: who sees it, what opening and confirming leave behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from allhands.channels import api
from allhands.channels.tests.makers import NOW, PDF, an_item
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Denied
from allhands.kernel.ids import DeliveryId
from allhands.platform.audit.models import Journal
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def item(cast: Cast) -> DeliveryId:
    return api.queue(cast.caseworker, an_item(cast.caseworker, cast.officer), NOW)


def test_open_then_acknowledge_are_two_facts_with_who_and_when(cast: Cast, item: DeliveryId) -> None:
    opened = api.open_item(cast.officer, item, NOW)
    assert [part.name for part in opened.parts] == ["packet.pdf"]
    assert opened.parts[0].size_bytes == len(PDF.content)
    receipt = api.acknowledge(cast.dispatcher, item, LATER)
    assert (receipt.acknowledged_at, receipt.acknowledged_by) == (LATER, "Dee Testworth")
    (view,) = api.deliveries_for("notice1")
    assert (view.state, view.seen_at, view.acknowledged_at) == (api.DeliveryState.ACKNOWLEDGED, NOW, LATER)
    assert view.acknowledged_by == "Dee Testworth"


def test_the_first_confirmation_is_the_receipt(cast: Cast, item: DeliveryId) -> None:
    first = api.acknowledge(cast.officer, item, NOW)
    assert api.acknowledge(cast.dispatcher, item, LATER) == first
    assert Journal.objects.filter(event=617).count() == 1


def test_each_look_is_in_the_journal_but_opened_once(cast: Cast, item: DeliveryId) -> None:
    for _ in range(3):
        api.open_item(cast.officer, item, NOW)
    assert Journal.objects.filter(event=616, subject_id=item).count() == 3
    (view,) = api.deliveries_for("notice1")
    assert [status.status.value for status in view.statuses] == ["SUBMITTED", "ACCEPTED", "OPENED"]


def test_a_file_comes_back_byte_for_byte_and_leaves_a_trace(cast: Cast, item: DeliveryId) -> None:
    assert api.get_part(cast.officer, item, "packet.pdf", NOW) == PDF
    assert Journal.objects.filter(event=213, subject_id=item).count() == 1
    with pytest.raises(Denied):
        api.get_part(cast.officer, item, "other.pdf", NOW)


@pytest.mark.parametrize("who", ["outsider", "court_clerk", "caseworker", "operator", "administrator", "auditor"])
def test_nobody_else_opens_or_confirms(cast: Cast, item: DeliveryId, who: str) -> None:
    actor = getattr(cast, who)
    for act in (api.open_item, api.acknowledge):
        with pytest.raises(Denied):
            act(actor, item, NOW)


def test_an_unknown_item_is_denied_like_a_foreign_one(cast: Cast) -> None:
    with pytest.raises(Denied) as unknown:
        api.open_item(cast.officer, DeliveryId("nothere"), NOW)
    assert unknown.value.code == "inbox-not-yours"


def test_an_item_for_one_person_is_for_nobody_else(cast: Cast) -> None:
    outgoing = an_item(cast.caseworker, cast.officer, recipient_member=cast.officer.member_id)
    item = api.queue(SYSTEM, outgoing, NOW)
    assert [line.id for line in api.list_inbox(cast.officer)] == [item]
    assert not api.list_inbox(cast.dispatcher)
    with pytest.raises(Denied):
        api.open_item(cast.dispatcher, item, NOW)


def test_list_puts_what_nobody_confirmed_first(cast: Cast, item: DeliveryId) -> None:
    newer = api.queue(cast.caseworker, an_item(cast.caseworker, cast.officer, subject="newer"), LATER)
    api.acknowledge(cast.officer, newer, LATER)
    assert [line.id for line in api.list_inbox(cast.officer)] == [item, newer]


def test_find_about_leads_from_the_email_to_the_item(cast: Cast, item: DeliveryId) -> None:
    assert api.find_about(cast.officer, "notice1") == item
    assert api.find_about(cast.court_clerk, "notice1") is None

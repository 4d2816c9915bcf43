"""A packet: the owner reads it here with what became of it; its recipient in the inbox; nobody else at all."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from allhands.channels import api as channels
from allhands.duties import api as duties
from allhands.duties import tasks
from allhands.duties.contracts import DutyState, NoticeView
from allhands.duties.tests.conftest import Ledger
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import said
from allhands.kernel.actors import Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient

pytestmark = pytest.mark.django_db
ENTRY = "us.federal.duty-le-2h"


def packet(cast: Cast, episode_id: EpisodeId, kind: str = "POLICE") -> NoticeView:
    with acting_as(cast.caseworker):
        return next(one for one in duties.list_notices(episode_id) if one.kind == kind)


@pytest.fixture
def police(cast: Cast, maya: EpisodeId) -> NoticeView:
    """The packet for the police, delivered to their inbox."""
    notice = packet(cast, maya)
    tasks.issue_notice(notice_id=notice.notice_id)
    return notice


def test_the_owner_sees_what_they_got_and_what_was_left_out(
    page_client: PageClient, cast: Cast, maya: EpisodeId, police: NoticeView
) -> None:
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/n/{police.notice_id}")
    assert page.h1 == "Packet for police: Maya"
    assert "Test County Sheriff" in page.text
    [row] = page.texts("//table//tbody//tr[contains(.,'inbox here')]")
    assert "Sent, waiting for proof" in row
    left_out = page.texts("//section[@aria-labelledby='left-out']//dt")
    assert "We know for sure where the child is" in left_out
    assert not [label for label in left_out if "." in label and " " not in label]
    assert "Not known yet Date of birth" in page.text
    assert page.texts("//section[@aria-labelledby='wanted']//li")[0].startswith("Photo:")


def test_the_recipient_is_led_to_the_inbox_where_opening_is_written_down(
    page_client: PageClient, cast: Cast, maya: EpisodeId, police: NoticeView
) -> None:
    address = f"/e/{maya}/n/{police.notice_id}"
    page = page_client.sign_in(cast.officer).get(address, follow=True)
    assert page.path.startswith("/inbox/")
    assert page.status == 200
    owner = page_client.sign_in(cast.caseworker).get(address)
    assert "opened" in owner.texts("//table//tbody//tr[contains(.,'inbox here')]")[0]


@pytest.mark.parametrize("hat", ["outsider", "court_clerk", "clearinghouse_analyst", "auditor"])
def test_nobody_else_finds_it(
    page_client: PageClient, cast: Cast, maya: EpisodeId, police: NoticeView, hat: str
) -> None:
    address = f"/e/{maya}/n/{police.notice_id}"
    assert page_client.sign_in(cast.caseworker).get(address).status == 200
    actor: Actor = getattr(cast, hat)
    page_client.sign_in(actor)
    for path in (address, f"{address}/packet.json", f"{address}/packet-en.pdf"):
        assert page_client.get(path).status == 403, path
    assert page_client.post(f"/e/{maya}/packets/POLICE/law_enforcement/update").status == 403


@pytest.mark.parametrize(("name", "start"), [("packet-en.pdf", b"%PDF-"), ("packet.json", b"{")], ids=["pdf", "json"])
def test_the_owner_takes_the_packet_along(
    page_client: PageClient, cast: Cast, maya: EpisodeId, police: NoticeView, name: str, start: bytes
) -> None:
    answer = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/n/{police.notice_id}/{name}").response
    assert answer.status_code == 200
    assert answer.content.startswith(start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_a_new_packet_goes_out_only_when_something_changed(
    page_client: PageClient, cast: Cast, maya: EpisodeId, police: NoticeView, reported_at: datetime
) -> None:
    address = f"/e/{maya}/n/{police.notice_id}"
    update = f"/e/{maya}/packets/POLICE/law_enforcement/update"
    page = page_client.sign_in(cast.caseworker).get(address)
    same = page.submit(update)
    assert (same.status, same.h1) == (409, "Nothing new to send")
    fact = said("description.clothing", "green parka", at=reported_at)
    episodes.state_fact(cast.caseworker, maya, fact, timezone.now())
    new = page.submit(update)
    assert (new.status, new.path != address) == (200, True)
    assert "green parka" in new.text
    assert "A newer packet went to them." in page_client.get(address).text
    assert "green parka" not in page_client.get(address).text


def test_a_receipt_of_the_police_starts_their_clock_and_shows_here(
    page_client: PageClient, cast: Cast, maya: EpisodeId, police: NoticeView, ledger: Ledger
) -> None:
    with acting_as(cast.officer):
        item = channels.list_inbox(cast.officer)[0].id
    assert ledger(maya)[ENTRY].due_at is None
    confirmed_at = timezone.now()
    channels.acknowledge(cast.officer, item, confirmed_at)
    held = ledger(maya)[ENTRY]
    assert (held.due_at, held.state) == (confirmed_at + timedelta(hours=2), DutyState.OPEN)
    page = page_client.sign_in(cast.caseworker).get(f"/e/{maya}/n/{police.notice_id}")
    assert "Confirmed by Sgt. Testworth" in page.texts("//table//tbody//tr[contains(.,'inbox here')]")[0]

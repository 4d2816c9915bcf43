"""A packet that a lost consent holds back never vanishes: what may go goes in another, and the page says the rest."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.utils import timezone

from allhands.access import models
from allhands.access.actions import consents, exceptions, recalling
from allhands.access.contracts import ConsentKind, MarkKind
from allhands.access.tests.conftest import Response, State
from allhands.access.tests.test_consents import Agree, agree
from allhands.duties import api as duties
from allhands.duties import tasks
from allhands.duties.contracts import NoticeView
from allhands.duties.packets import PacketKind
from allhands.kernel.actors import SYSTEM
from allhands.kernel.errors import Refused
from allhands.kernel.ids import NoticeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient
from allhands.platform.testing.queue import run_jobs

pytestmark = pytest.mark.django_db
__all__ = ["agree"]
FACT = "description.suspect"
POLICE = (PacketKind.POLICE, "law_enforcement")
BEING_SENT, ENDED, CHANGED = (
    "It is being sent.",
    "a consent was taken back or ran out",
    "what they may have has changed",
)


def freeze(response: Response, cast: Cast, at: datetime | None = None) -> NoticeId:
    """A packet for the police with what was just stated, on its way. Of two at one instant neither is the newer."""
    return duties.send_update(cast.caseworker, response.episode_id, *POLICE, at or response.at)


def packets(response: Response, cast: Cast) -> list[NoticeView]:
    """All for the police, the newest first."""
    with acting_as(cast.caseworker):
        return [one for one in duties.list_notices(response.episode_id) if one.kind == "POLICE"]


def told_by(notice: NoticeView) -> set[str]:
    """Facts that this packet told, by the ledger of what was disclosed."""
    with acting_as(SYSTEM):
        found = models.Disclosure.objects.filter(door="PACKET", refers_to=notice.notice_id)
        return {fact for facts in found.values_list("facts", flat=True) for fact in facts}


@pytest.fixture
def told(response: Response, state: State, cast: Cast) -> None:
    """The police have the first packet; since then somebody named a man."""
    run_jobs(response.at)
    state(cast.caseworker, FACT, "a man called Zorilla")


def mark(response: Response, cast: Cast) -> None:
    """From now on the fact goes with the consent of both alone."""
    exceptions.mark(cast.caseworker, response.access(cast.caseworker), FACT, MarkKind.VAWA, "an advocate", response.at)


@pytest.mark.usefixtures("told")
def test_where_no_wall_asks_for_the_card_the_same_words_go(response: Response, agree: Agree, cast: Cast) -> None:
    card = agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer)
    held = freeze(response, cast)
    consents.stop(cast.caseworker, card, "Maya", "", response.at)
    run_jobs(response.at)
    newest, before, _first = packets(response, cast)
    assert (before.notice_id, before.issued_at) == (held, None)
    assert newest.issued_at is not None
    assert newest.digest == before.digest, "the same words"
    assert FACT in told_by(newest)
    tasks.issue_notice(notice_id=held)
    assert len(packets(response, cast)) == 3, "done twice it is done once"
    with pytest.raises(Refused, match="Nothing that they may have"):
        freeze(response, cast)


@pytest.mark.usefixtures("told")
def test_where_a_new_card_covers_it_the_same_words_go(response: Response, agree: Agree, cast: Cast) -> None:
    mark(response, cast)
    card = agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer)
    agree(cast.caseworker, ConsentKind.GUARDIAN, FACT, cast.officer)
    held = freeze(response, cast)
    consents.stop(cast.caseworker, card, "Maya", "", response.at)
    agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer)
    run_jobs(response.at)
    newest, before, _first = packets(response, cast)
    assert (before.notice_id, before.issued_at) == (held, None)
    assert newest.issued_at is not None
    assert FACT in told_by(newest)


@pytest.mark.usefixtures("told")
def test_what_is_held_back_twice_goes_the_third_time(response: Response, agree: Agree, cast: Cast) -> None:
    first, second = (
        agree(cast.caseworker, kind, FACT, cast.officer) for kind in (ConsentKind.YOUTH, ConsentKind.COURT)
    )
    held = freeze(response, cast)
    consents.stop(cast.caseworker, first, "Maya", "", response.at)
    tasks.issue_notice(notice_id=held)
    consents.stop(cast.caseworker, second, "the court", "", timezone.now())
    run_jobs(timezone.now())
    newest, again, before, _first = packets(response, cast)
    assert (before.issued_at, again.issued_at) == (None, None)
    assert newest.issued_at is not None
    assert FACT in told_by(newest)


@pytest.mark.usefixtures("told")
def test_where_nothing_is_left_to_send_the_page_says_so(
    response: Response, agree: Agree, cast: Cast, page_client: PageClient
) -> None:
    mark(response, cast)
    before = freeze(response, cast)  # it says that something stays, and why
    run_jobs(response.at)
    card = agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer)
    agree(cast.caseworker, ConsentKind.GUARDIAN, FACT, cast.officer)
    held = freeze(response, cast)
    address = f"/e/{response.episode_id}/n/{held}"
    client = page_client.sign_in(cast.caseworker)
    assert BEING_SENT in client.get(address).text
    consents.stop(cast.caseworker, card, "Maya", "", response.at)
    run_jobs(response.at)
    waits = {one.notice_id for one in packets(response, cast) if one.issued_at is None}
    assert (waits, len(packets(response, cast))) == ({held}, 3), "they have the rest already"
    page = client.get(address)
    assert ENDED in page.text
    assert BEING_SENT not in page.text
    assert "newer packet" not in client.get(f"/e/{response.episode_id}/n/{before}").text, "none went to them"
    spanish = client.get(address, headers={"Accept-Language": "es"}).text
    assert "Quedó retenido: un permiso se retiró o venció." in spanish
    agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer)
    freeze(response, cast, timezone.now())
    run_jobs(timezone.now())
    assert FACT in told_by(packets(response, cast)[0]), "with another card it goes, and nobody says they have it"


@pytest.mark.usefixtures("told")
def test_what_was_called_back_goes_again_with_a_new_card_and_once(response: Response, agree: Agree, cast: Cast) -> None:
    mark(response, cast)
    freeze(response, cast)  # without the man
    agree(cast.caseworker, ConsentKind.GUARDIAN, FACT, cast.officer)
    for _ in range(2):
        card = agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer)
        freeze(response, cast, timezone.now())
        run_jobs(timezone.now())
        assert FACT in told_by(packets(response, cast)[0])
        with pytest.raises(Refused, match="Nothing that they may have"):
            freeze(response, cast)
        consents.stop(cast.caseworker, card, "Maya", "", timezone.now())
        run_jobs(timezone.now())
    again, once, *_more = packets(response, cast)
    assert again.digest == once.digest, "the same words"
    assert recalling.is_recalled(again.notice_id, timezone.now()), "it went dark like the first"


@pytest.mark.usefixtures("told")
def test_what_was_wrong_does_not_go_again(response: Response, cast: Cast) -> None:
    freeze(response, cast)
    run_jobs(response.at)
    recalling.recall_everything(SYSTEM, response.episode_id, recalling.WRONG, timezone.now())
    with pytest.raises(Refused, match="Nothing that they may have"):
        freeze(response, cast)


@pytest.mark.usefixtures("told")
def test_that_another_agency_had_a_card_is_not_told(
    response: Response, agree: Agree, cast: Cast, page_client: PageClient
) -> None:
    card = agree(response.advocate, ConsentKind.YOUTH, FACT, cast.officer)
    held = freeze(response, cast)
    consents.stop(response.advocate, card, "Maya", "", response.at)
    page = page_client.sign_in(cast.caseworker).get(f"/e/{response.episode_id}/n/{held}")
    assert CHANGED in page.text
    assert ENDED not in page.text


@pytest.mark.usefixtures("told")
def test_a_card_that_runs_out_before_the_packet_leaves_holds_it_back(
    response: Response, agree: Agree, cast: Cast
) -> None:
    ends = response.at + timedelta(microseconds=1)
    agree(cast.caseworker, ConsentKind.YOUTH, FACT, cast.officer, ends_at=ends)
    held = freeze(response, cast)
    run_jobs(timezone.now())
    newest, before, _first = packets(response, cast)
    assert (before.notice_id, before.issued_at) == (held, None)
    assert newest.issued_at is not None


def test_the_same_words_still_leave_once(response: Response, cast: Cast) -> None:
    """Whatever the code does: the database has the last word."""
    run_jobs(response.at)
    [first] = packets(response, cast)
    notices = apps.get_model("duties", "Notice").objects
    with acting_as(SYSTEM):
        row = notices.get(pk=first.notice_id)
        row.pk = "0" * 16
        row.issued_at = None
        row.save(force_insert=True)
    with pytest.raises(Exception, match="notice_once"), acting_as(SYSTEM):
        notices.filter(pk=row.pk).update(issued_at=response.at)

"""The board: every child once, the owner never empty, what is asked of me first, nothing of what is not mine."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from allhands.duties import api as duties
from allhands.duties.contracts import NewEvidence
from allhands.duties.tests.conftest import Ledger, Reporting
from allhands.episodes import api as episodes
from allhands.kernel.actors import SYSTEM, Actor
from allhands.kernel.ids import EpisodeId
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import Page, PageClient

pytestmark = pytest.mark.django_db
NCMEC = "us.federal.duty-ive-24h-ncmec"
ENTRY = "us.federal.duty-le-2h"
POLICE = "us.federal.duty-ive-24h-le"


def board(page_client: PageClient, actor: Actor, show: str = "all") -> Page:
    return page_client.sign_in(actor).get("/", {"show": show})


def children(page: Page) -> list[str]:
    return page.texts("//table//tbody//th")


def asked(page: Page) -> list[str]:
    return page.texts("//div[@class='asked']//p[@class='duty__title']")


def proof(duty_id: str, by: Actor, ledger: Ledger, at: datetime) -> None:
    given = NewEvidence(kind="police_report_number", value="PC-26-1187", taken_by="the desk", happened_at=at)
    duties.prove(by, duties.find_duty(duty_id).duty_id, given, at)  # type: ignore[union-attr]  # just listed


def test_each_child_stands_once_with_owner_tier_and_clocks(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    page = board(page_client, cast.caseworker)
    assert children(page) == ["Maya, 14"]
    [row] = page.texts("//table//tbody//tr")
    assert "You since" in row
    assert "2 h 55 min" in row or "2 h 56 min" in row
    assert "because:" in row
    assert "open" in row
    assert page.elements("//*[@data-live-region][@id='board']")
    assert page.elements("//nav//a[@aria-current='page'][@href='/']")


def test_what_is_asked_of_me_comes_first_and_most_urgent_first(
    page_client: PageClient, cast: Cast, reporting: Reporting
) -> None:
    now = timezone.now()
    reporting("Ana", at=now - timedelta(hours=26))
    reporting("Ben", at=now - timedelta(hours=23, minutes=30))
    reporting("Cleo", at=now - timedelta(hours=1))
    page = board(page_client, cast.caseworker)
    titles = asked(page)
    assert len(titles) == 5
    assert [title.rpartition(" · ")[2] for title in titles] == ["Ana", "Ana", "Ben", "Ben", "Cleo"]
    assert "Overdue by" in page.texts("//div[@class='asked']//p[@class='duty__chip']")[0]
    assert page.texts("//div[@class='asked']//a[@href='/duties']") == ["1 more"]
    assert children(page) == ["Ana, 14", "Ben, 14", "Cleo, 14"]


def test_an_empty_board_says_so_and_offers_the_report(page_client: PageClient, cast: Cast) -> None:
    page = board(page_client, cast.caseworker)
    assert "No child is on this list right now." in page.text
    assert page.elements("//main//a[@href='/report']")


def test_an_outsider_finds_neither_rows_nor_their_number(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    assert children(board(page_client, cast.officer)) == ["Maya, 14"]
    page = board(page_client, cast.outsider)
    assert children(page) == []
    assert "All 0" in page.text
    assert "Maya" not in page.text


@pytest.mark.parametrize("hat", ["administrator", "operator", "auditor"])
def test_whoever_runs_the_house_sees_no_child(page_client: PageClient, cast: Cast, maya: EpisodeId, hat: str) -> None:
    actor: Actor = getattr(cast, hat)
    page = board(page_client, actor)
    assert page.h1 == "Your role sees no child"
    assert "Maya" not in page.text
    assert page_client.get("/duties").status == 403


def test_the_number_of_queries_does_not_grow_with_the_children(
    page_client: PageClient, cast: Cast, reporting: Reporting
) -> None:
    reporting("Ana", by=cast.officer)
    reporting("Ben")
    board(page_client, cast.caseworker)
    with CaptureQueriesContext(
        connection,
    ) as few:
        board(page_client, cast.caseworker)
    for name, by in (
        ("Cleo", cast.caseworker),
        ("Dan", cast.officer),
        ("Eva", cast.supervisor),
        ("Finn", cast.director),
    ):
        reporting(name, by=by)
    with CaptureQueriesContext(connection) as many:
        board(page_client, cast.caseworker)
    # Once a second a process looks whether the law has changed; that question is the clock's, not the board's.
    counts = [sum("lawbook_" not in query["sql"] for query in seen.captured_queries) for seen in (few, many)]
    assert counts[0] == counts[1], "\n".join(query["sql"][:200] for query in many.captured_queries)


def test_views_are_links_and_say_how_many(page_client: PageClient, cast: Cast, reporting: Reporting) -> None:
    reporting("Ana")
    theirs = reporting("Ben", by=cast.officer)
    home = reporting("Cleo")
    now = timezone.now()
    episodes.mark_returned(cast.caseworker, home, now - timedelta(minutes=5), "her aunt", now)
    assert children(board(page_client, cast.caseworker, "mine")) == ["Ana, 14", "Cleo, 14"]
    assert children(board(page_client, cast.caseworker, "returned")) == ["Cleo, 14"]
    assert "Ben, 14" in children(board(page_client, cast.caseworker))
    page = board(page_client, cast.caseworker, "closed")
    assert "No episode was closed here yet." in page.text
    assert asked(page) == asked(board(page_client, cast.caseworker)) != [], "looking at old rows hides no clock"
    episodes.close(SYSTEM, home, now)
    assert children(board(page_client, cast.caseworker, "closed")) == ["Cleo, 14"]
    assert "Cleo" not in board(page_client, cast.caseworker).text
    assert theirs


def test_children_of_one_instant_keep_their_places(page_client: PageClient, cast: Cast, reporting: Reporting) -> None:
    ids = sorted(reporting(name) for name in ("Ana", "Ben", "Cleo"))
    before = board(page_client, cast.caseworker)
    with acting_as(SYSTEM), connection.cursor() as cursor:
        cursor.execute("UPDATE episodes_episode SET missing_since = missing_since WHERE id = %s", ids[:1])
        cursor.execute("SET LOCAL enable_indexscan = off; SET LOCAL enable_bitmapscan = off")
    after = board(page_client, cast.caseworker)
    assert (children(after), asked(after)) == (children(before), asked(before))


def test_news_is_what_others_did_until_the_child_is_opened(
    page_client: PageClient, cast: Cast, maya: EpisodeId, ledger: Ledger
) -> None:
    assert "Nothing new" in board(page_client, cast.caseworker).text
    now = timezone.now()
    given = NewEvidence(kind="ncic_number", value="M123456789", taken_by="", happened_at=now)
    duties.prove(cast.officer, ledger(maya)[ENTRY].duty_id, given, now)
    assert "Proved: Enter in the national police file" in board(page_client, cast.caseworker).text
    page_client.get(f"/e/{maya}")
    assert "Nothing new" in board(page_client, cast.caseworker).text


def test_a_hand_off_shows_on_both_boards_and_the_owner_stays(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    now = timezone.now()
    episodes.offer(cast.caseworker, maya, cast.outsider.agency_id, "She lives in your county.", now)
    assert "Not accepted yet" in page_row(board(page_client, cast.caseworker), "Maya")
    page = board(page_client, cast.outsider)
    assert "Maya: Test County Human Services asks you to take over" in page.text
    assert "Ruth Testworth, Test County Human Services" in page_row(page, "Maya")


def test_the_bell_counts_what_has_a_clock(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page = board(page_client, cast.caseworker)
    assert page.texts("//a[contains(@class,'head__link')][@href='/duties']") == ["2 asked of you"]
    assert len(asked(page)) == 2


def test_the_duties_page_folds_what_has_no_limit_and_what_waits(
    page_client: PageClient, cast: Cast, maya: EpisodeId
) -> None:
    page = page_client.sign_in(cast.caseworker).get("/duties")
    assert len(page.elements("//section[@aria-labelledby='running']//li")) == 2
    folds = page.texts("//details/summary/h2")
    assert any("without a time limit" in fold for fold in folds)
    assert any("not started" in fold for fold in folds)


def test_the_board_speaks_spanish(page_client: PageClient, cast: Cast, maya: EpisodeId) -> None:
    page_client.client.cookies["django_language"] = "es"
    page = board(page_client, cast.caseworker)
    assert page.h1 == "Tablero"
    assert "Avisar a NCMEC · Maya" in page.text
    assert page.elements("//html[@lang='es']")


def page_row(page: Page, name: str) -> str:
    return next(row for row in page.texts("//table//tbody//tr") if row.startswith(name))

"""What people see, and what is written down, when something is refused or breaks."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from allhands.platform.audit.api import Event
from allhands.platform.audit.models import Journal
from allhands.platform.logs import CodesFormatter
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient

pytestmark = [pytest.mark.django_db, pytest.mark.urls("allhands.platform.web.tests.sample_urls")]


@pytest.fixture
def pages(page_client: PageClient, cast: Cast) -> PageClient:
    """Ruth's browser; faults come back as pages."""
    page_client.client.raise_request_exception = False
    return page_client.sign_in(cast.caseworker)


def test_refusal_rolls_back_and_is_journalled_without_the_address(pages: PageClient, cast: Cast) -> None:
    page = pages.get("/denied/Maya")
    assert (page.status, page.h1) == (403, "You can't see this")
    kept = Journal.objects.get(event=Event.ACCESS_DENIED.value)
    assert kept.details == {"code": "access.view", "path": "denied/<str:name>", "stranger": False}
    assert (kept.actor_member, kept.chain) == (cast.caseworker.member_id, "node")
    assert not Journal.objects.filter(chain="e1").exists()


def test_stranger_is_sent_to_sign_in(page_client: PageClient) -> None:
    page = page_client.get("/denied/x")
    assert (page.status, page.location) == (302, "/sign-in?next=/denied/x")


def test_refusal_in_a_coroutine_is_the_same(pages: PageClient) -> None:
    assert pages.get("/denied-later").status == 403
    assert Journal.objects.get(event=Event.ACCESS_DENIED.value).details["code"] == "access.view"


def test_program_is_refused_in_its_own_form(page_client: PageClient) -> None:
    page = page_client.get("/api/denied")
    assert page.status == 403
    told = {"status": 403, "code": "denied", "message": "You can't see this.", "findings": [], "incident": ""}
    assert page.response.json() == {"error": told}


def test_fault_shows_a_number_and_logs_it_without_the_child(
    pages: PageClient, caplog: pytest.LogCaptureFixture
) -> None:
    page = pages.get("/fault/Maya")
    assert (page.status, page.h1) == (500, "That did not work, and it was our fault")
    lines = [CodesFormatter().format(record) for record in caplog.records]
    line = json.loads(next(line for line in lines if "web.fault" in line))
    assert line["incident"] in page.text
    assert line["error"]["kind"] == "builtins.KeyError"
    assert "Maya" not in "".join(lines) + page.text
    assert "Nothing you wrote is lost" in page.text


def test_fault_in_spanish(pages: PageClient) -> None:
    page = pages.get("/fault/x", headers={"Accept-Language": "es"})
    assert page.h1 == "No funcionó y fue culpa nuestra"


def test_program_gets_the_number_too(pages: PageClient) -> None:
    error = pages.get("/api/fault").response.json()["error"]
    assert error["status"] == 500
    assert len(error["incident"]) == 8


def test_refusal_of_a_rule_gives_its_reason(pages: PageClient) -> None:
    page = pages.get("/refused")
    assert (page.status, page.h1) == (422, "That cannot be done")
    assert page.texts("//main/p")[:2] == ["The offer was withdrawn.", "house rule 4"]
    message = pages.get("/api/refused").response.json()["error"]["message"]
    assert message == "That cannot be done. The offer was withdrawn. house rule 4"


@pytest.mark.parametrize("path", ["/missing", "/nowhere"])
def test_missing_page(pages: PageClient, path: str) -> None:
    assert pages.get(path).status == 404


def test_djangos_own_refusal_looks_like_ours(pages: PageClient) -> None:
    assert pages.get("/forbidden").status == 403


def test_form_from_elsewhere_is_refused_kindly(cast: Cast) -> None:
    response = Client(enforce_csrf_checks=True).post("/typed", {"a": "b"})
    assert response.status_code == 403
    assert b"open too long" in response.content


def test_view_and_database_agree_on_who_acts(pages: PageClient, cast: Cast) -> None:
    actor = cast.caseworker
    assert pages.get("/who").response.content.decode() == f"{actor.member_id} {actor.member_id} {actor.agency_id}"


def test_every_answer_binds_the_browser(pages: PageClient) -> None:
    headers = pages.get("/missing").response.headers
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "geolocation=(self)" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_static_file_is_whole_and_kept(pages: PageClient) -> None:
    page = pages.get("/static/platform/problem.css")
    assert page.status == 200
    assert b"main" in page.response.content
    assert page.response.headers["Content-Type"].startswith("text/css")
    assert "max-age" in page.response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/denied/%00", None, 404),
        ("/who?q=%00", None, 400),
        ("/typed", {"words": "a\0b"}, 400),
        ("/who?%00=1", None, 400),
    ],
)
def test_what_no_database_keeps_is_turned_away_at_the_door(
    pages: PageClient, path: str, fields: dict[str, str] | None, status: int
) -> None:
    page = pages.get(path) if fields is None else pages.post(path, fields)
    assert page.status == status


def test_way_to_the_sign_in_page_holds_one_address(page_client: PageClient) -> None:
    page = page_client.get("/denied/x%26next=elsewhere")
    assert page.location == "/sign-in?next=/denied/x%26next%3Delsewhere"

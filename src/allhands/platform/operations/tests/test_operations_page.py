"""The operator sees what is stuck, decides, and nobody else gets in."""

from __future__ import annotations

import pytest
from django.db import connection
from playwright.sync_api import Page as BrowserPage

from allhands.platform.audit.models import Journal
from allhands.platform.testing import browser
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient


def stop_a_job(task: str = "allhands.gone.task") -> int:
    """A job that failed, as a worker would leave it."""
    with connection.cursor() as cursor:
        query = (
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts) "
            "VALUES ('default', %s, '{\"delivery_id\": \"4k2m9x\"}', 'failed', 3) RETURNING id"
        )
        cursor.execute(query, [task])
        job_id = int(cursor.fetchone()[0])
        query = "INSERT INTO platform_jobs_jobfailure (job_id, at, kind) VALUES (%s, now(), 'Permanent')"
        cursor.execute(query, [job_id])
    return job_id


def test_operator_sees_stopped_job_first(page_client: PageClient, cast: Cast) -> None:
    job_id = stop_a_job()
    page = page_client.sign_in(cast.operator).get("/ops")
    assert page.h1 == "Health"
    assert f"Job {job_id}" in page.texts("//section[1]//h3")[0]
    assert "Permanent" in page.text
    assert "4k2m9x" in page.text


def test_job_of_which_nothing_else_is_known_is_shown_all_the_same(page_client: PageClient, cast: Cast) -> None:
    job_id = stop_a_job()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM platform_jobs_jobfailure")
        cursor.execute("DELETE FROM procrastinate_events")
    page = page_client.sign_in(cast.operator).get("/ops")
    assert f"Job {job_id}" in page.text
    assert "cause not kept" in page.text


def test_operator_tries_again(page_client: PageClient, cast: Cast) -> None:
    job_id = stop_a_job()
    page = page_client.sign_in(cast.operator).get("/ops").submit(f"/ops/jobs/{job_id}/retry")
    assert "1 waiting" in page.text
    assert Journal.objects.get(event=910).subject_id == str(job_id)


def test_operator_gives_up(page_client: PageClient, cast: Cast) -> None:
    job_id = stop_a_job()
    page = page_client.sign_in(cast.operator).get("/ops").submit(f"/ops/jobs/{job_id}/drop")
    assert "0 stopped" in page.text
    assert Journal.objects.get(event=911).details == {"task": "allhands.gone.task"}


@pytest.mark.parametrize("who", ["caseworker", "administrator", "auditor"])
def test_nobody_else_gets_in(page_client: PageClient, cast: Cast, who: str) -> None:
    page = page_client.sign_in(getattr(cast, who)).get("/ops")
    assert page.status == 403
    assert Journal.objects.get(event=200).details == {"code": "operate", "path": "ops", "stranger": False}


def test_stranger_is_asked_to_sign_in(page_client: PageClient) -> None:
    page = page_client.get("/ops")
    assert (page.status, page.location) == (302, "/sign-in?next=/ops")


def test_spanish(page_client: PageClient, cast: Cast) -> None:
    page = page_client.sign_in(cast.operator).get("/ops", headers={"Accept-Language": "es"})
    assert page.h1 == "Estado"


@pytest.mark.browser
def test_page_in_browser(browser_page: BrowserPage, cast: Cast) -> None:
    stop_a_job()
    browser.sign_in(browser_page, cast.operator)
    browser_page.goto("/ops")
    assert browser_page.locator("h1").inner_text() == "Health"
    browser.axe(browser_page)

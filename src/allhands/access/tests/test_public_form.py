"""The public form for corrections: no tool to find out who is here, to flood an agency, or to shut others out."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allhands.access import models
from allhands.access.tests.conftest import Response
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast
from allhands.platform.testing.pages import PageClient
from allhands.platform.testing.queue import run_jobs

pytestmark = pytest.mark.django_db


def wish(cast: Cast, name: str = "Maya") -> dict[str, object]:
    return {"kind": "NOT_MISSING", "name": name, "agency": cast.caseworker.agency_id, "words": "I am at my aunt's."}


def work_for(client: PageClient, fields: dict[str, object]) -> list[str]:
    """What the database was asked while the form was answered, without the values."""
    with CaptureQueriesContext(connection) as asked:
        assert client.post("/about-me", fields).status == 200
    return [re.sub(r"'(?:[^']|'')*'|\"s\d+_x\d+\"|\b\d+\b", "?", one["sql"]) for one in asked]


def test_the_form_does_the_same_work_for_a_known_child_and_an_unknown(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    page_client.post("/about-me", wish(cast, "Warm Up"))
    assert work_for(page_client, wish(cast, "Maya")) == work_for(page_client, wish(cast, "Ayam"))


def test_the_record_is_found_when_the_agency_is_told(response: Response, cast: Cast, page_client: PageClient) -> None:
    for name in ("Maya", "Nobody Atall"):
        page_client.post("/about-me", wish(cast, name))
    run_jobs(response.at)
    with acting_as(SYSTEM):
        found = dict(models.Objection.objects.values_list("name", "episode_id"))
    assert found == {"Maya": response.episode_id, "Nobody Atall": None}


def test_too_many_from_one_place_wait_and_lose_nothing(cast: Cast, page_client: PageClient) -> None:
    answers = [page_client.post("/about-me", wish(cast)) for _ in range(11)]
    assert [page.status for page in answers] == [200] * 10 + [429]
    assert "Wait ten minutes" in answers[-1].text
    assert answers[-1].elements("//textarea[@name='words']")[0].text == "I am at my aunt's."
    page_client.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert page_client.post("/about-me", wish(cast)).status == 200, "nobody elsewhere waits"


def test_codes_are_not_tried_out(page_client: PageClient) -> None:
    answers = [page_client.post("/about-me/answer", {"code": f"BCDF-{number:04}"}) for number in range(31)]
    assert [page.status for page in answers] == [200] * 30 + [429]
    page_client.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert page_client.post("/about-me/answer", {"code": "BCDF"}).status == 200

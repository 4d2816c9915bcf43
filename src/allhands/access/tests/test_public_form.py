"""The public form for corrections: no tool to find out who is here, to flood an agency, or to shut others out."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from allhands.access import domain, models
from allhands.access.actions import correcting, telling
from allhands.access.contracts import IdentityCheck
from allhands.access.tests.conftest import Response
from allhands.channels import api as channels
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


@pytest.mark.parametrize("name", ["Maya", "Nobody Atall"])
def test_whoever_nobody_knows_learns_nothing_from_the_answer(
    name: str, response: Response, cast: Cast, page_client: PageClient
) -> None:
    """An abuser with name, birthday and address asks in the child's name, and two people say why not, too frankly."""
    sent = page_client.post("/about-me", wish(cast, name) | {"born_on": "2011-02-03", "reach": "12 Main St"})
    [code] = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", sent.text)
    run_jobs(response.at)
    decide(cast, response, IdentityCheck.NOT_POSSIBLE, "She is safe with her aunt and did not write this.")
    answer = page_client.post("/about-me/answer", {"code": code}).text
    assert "refused" in answer
    assert "Nobody could make sure who asks." in answer
    assert "aunt" not in answer
    assert name not in answer


def test_whom_two_people_know_reads_their_words(response: Response, cast: Cast, page_client: PageClient) -> None:
    sent = page_client.post("/about-me", wish(cast))
    [code] = re.findall(r"[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}", sent.text)
    run_jobs(response.at)
    decide(cast, response, IdentityCheck.THROUGH_ADVOCATE, "We need one more day.")
    assert "We need one more day." in page_client.post("/about-me/answer", {"code": code}).text


def decide(cast: Cast, response: Response, identity: IdentityCheck, why: str) -> None:
    """Two people refuse the one wish there is."""
    with acting_as(SYSTEM):
        found = models.Objection.objects.get()
    for who in (cast.caseworker, cast.supervisor):
        correcting.hear(
            who, found.pk, yes=False, why=why, identity=identity, subject=None, now=response.at
        )  # fmt: skip


def test_the_24_hours_are_told_before_they_end_and_when_they_have(
    response: Response, cast: Cast, page_client: PageClient
) -> None:
    page_client.post("/about-me", wish(cast))
    with acting_as(SYSTEM):
        due = models.Objection.objects.get().due_at
    soon = due - domain.OBJECTION_REMINDER
    moments = (soon - timedelta(microseconds=1), soon, soon, due, due + timedelta(days=3))
    assert [telling.remind_of_objections(one) for one in moments] == [0, 1, 0, 1, 0]
    subjects = " ".join(one.subject for one in channels.list_inbox(cast.caseworker))
    assert ("due soon" in subjects, "overdue" in subjects, "Maya" in subjects) == (True, True, False)
    decide(cast, response, IdentityCheck.CAME_IN, "No.")
    page_client.post("/about-me", wish(cast, "Somebody Else"))
    assert telling.remind_of_objections(due + timedelta(days=4)) == 1, "only the one that still waits"


def test_codes_are_not_tried_out(page_client: PageClient) -> None:
    answers = [page_client.post("/about-me/answer", {"code": f"BCDF-{number:04}"}) for number in range(31)]
    assert [page.status for page in answers] == [200] * 30 + [429]
    page_client.client.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert page_client.post("/about-me/answer", {"code": "BCDF"}).status == 200

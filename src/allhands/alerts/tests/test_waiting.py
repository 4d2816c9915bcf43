"""What stands beside "asked of you" in the head of every page, step by step of an alert's life."""

from __future__ import annotations

import pytest
from django.utils import timezone

from allhands.alerts import ladder, models, queries
from allhands.alerts.actions import after, asking, sending, writing
from allhands.alerts.contracts import Ending
from allhands.alerts.tests.makers import People, a_draft
from allhands.alerts.tests.test_pages_after import sent_alone
from allhands.episodes import api as episodes
from allhands.episodes.tests.reports import report
from allhands.kernel.actors import SYSTEM
from allhands.platform.database.acting import acting_as
from allhands.platform.testing.cast import Cast

pytestmark = pytest.mark.django_db


def waiting(people: People) -> tuple[int, int, int]:
    """For the officer who writes, for another of the same authority, and for who asked."""
    readers = (people.officer, people.chief, people.caseworker)
    officer, chief, caseworker = (queries.count_waiting(one, timezone.now()) for one in readers)
    return officer, chief, caseworker


def test_an_offer_waits_for_everybody_of_the_authority_but_who_wrote_it(cast: Cast) -> None:
    people, now = People(cast), timezone.now()
    maya = episodes.report_missing(people.caseworker, report(at=now), now).episode_id
    assert waiting(people) == (0, 0, 0)
    request_id = asking.ask(people.caseworker, maya, ladder.LOCAL, "", now)
    assert waiting(people) == (1, 1, 0), "the request"
    with acting_as(people.officer):
        alert_id = writing.start(people.officer, request_id, now)
        writing.save(people.officer, alert_id, a_draft(people.number, seen_at=now), 1, now)
        writing.offer(people.officer, alert_id, now)
    assert waiting(people) == (1, 2, 0), "the request, and the second person's look"


def test_what_was_sent_alone_waits_for_its_review_and_what_hangs_for_its_take_down(cast: Cast) -> None:
    people = People(cast)
    alert_id = sent_alone(people)
    assert waiting(people) == (1, 1, 0), "the review"
    with acting_as(people.chief):
        after.review(people.chief, alert_id, stands=True, words="I read it.", now=timezone.now())
    assert waiting(people) == (0, 0, 0)
    with acting_as(people.chief):
        sending.take_back(people.chief, alert_id, Ending.FOUND, timezone.now())
    with acting_as(SYSTEM):
        hanging = models.TakeDown.objects.filter(done_at=None).count()
    assert hanging, "posters hang somewhere"
    assert waiting(people) == (hanging, hanging, 0)

"""How often, how soon, and with what a job is done."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from allhands.platform.jobs import api as jobs
from allhands.platform.jobs.tests import sample_tasks
from allhands.platform.testing.queue import run_jobs

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_waits_double_up_to_the_longest() -> None:
    backoff = jobs.Backoff(attempts=6, first=timedelta(seconds=2), longest=timedelta(seconds=10))
    waits = [backoff.wait_after(tries) for tries in range(1, 7)]
    assert waits == [*(timedelta(seconds=each) for each in (2, 4, 8, 10, 10)), None]


@pytest.mark.django_db
def test_job_exists_if_the_transaction_commits() -> None:
    with transaction.atomic():
        jobs.defer(sample_tasks.note, word="a")
        transaction.set_rollback(True)
    assert not ProcrastinateJob.objects.exists()
    jobs.defer(sample_tasks.note, word="a")
    assert run_jobs(NOW) == ["allhands.platform.jobs.tests.sample_tasks.note"]


@pytest.mark.django_db
def test_several_jobs_are_queued_in_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        jobs.defer_all(sample_tasks.note, [{"word": "n1"}, {"word": "n2"}])
    assert [job.args for job in ProcrastinateJob.objects.order_by("id")] == [{"word": "n1"}, {"word": "n2"}]


@pytest.mark.django_db
def test_no_jobs_ask_nothing_of_the_database(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        jobs.defer_all(sample_tasks.note, [])


@pytest.mark.django_db
def test_job_for_later_waits() -> None:
    jobs.defer_at(sample_tasks.note, NOW + timedelta(hours=1), word="a")
    assert run_jobs(NOW) == []
    assert len(run_jobs(NOW + timedelta(hours=1))) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["Maya Prairie", "", "ñ", "x" * 81])
def test_jobs_carry_ids_only(word: str) -> None:
    with pytest.raises(ValueError, match="ids only"):
        jobs.defer(sample_tasks.note, word=word)
    with pytest.raises(ValueError, match="ids only"):
        jobs.defer_all(sample_tasks.note, [{"word": "a"}, {"word": word}])

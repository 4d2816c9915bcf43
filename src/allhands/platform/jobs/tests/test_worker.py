"""What a worker does with jobs that succeed, fail, wait, or die with it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from allhands.platform.database.connecting import app_address
from allhands.platform.database.server import EmbeddedServer
from allhands.platform.jobs import api as jobs
from allhands.platform.jobs.models import JobFailure
from allhands.platform.jobs.tests import sample_tasks
from allhands.platform.jobs.worker import run_worker
from allhands.platform.logs import CodesFormatter
from allhands.platform.testing import machines

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

StartWorker = Callable[[], AbstractContextManager[subprocess.Popen[bytes]]]

_SCRIPT = """
import django
django.setup()
from allhands.platform.database.connecting import app_address
from allhands.platform.jobs.tests import sample_tasks
from allhands.platform.jobs.worker import run_worker
run_worker(app_address().conninfo())
"""


def marks() -> list[str]:
    return sorted(key.rsplit("-", 1)[0] for key in Session.objects.values_list("session_key", flat=True))


def state_of(job_id: int) -> str:
    """As the operator sees it; other jobs come from the clock."""
    return next((stuck.state for stuck in jobs.list_stuck(timezone.now()) if stuck.job_id == job_id), "")


def work() -> None:
    run_worker(app_address().conninfo(), wait=False)


def wait_until(is_so: Callable[[], bool], *, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


@pytest.fixture
def start_worker(database_server: EmbeddedServer, database_name: str) -> StartWorker:
    """Start a worker of its own process."""
    environment = machines.environment_of_test_database(database_server, database_name)

    @contextmanager
    def start() -> Iterator[subprocess.Popen[bytes]]:
        with subprocess.Popen([sys.executable, "-c", _SCRIPT], env=environment, stderr=subprocess.DEVNULL) as process:
            try:
                yield process
            finally:
                process.kill()

    return start


def test_success_leaves_the_queue() -> None:
    job_id = jobs.defer(sample_tasks.note, word="a")
    work()
    assert marks() == ["a"]
    assert not ProcrastinateJob.objects.filter(pk=job_id).exists()


def test_try_later_is_tried_again_then_shown() -> None:
    job_id = jobs.defer(sample_tasks.try_later, word="a")
    for _ in range(5):
        work()
        time.sleep(0.1)
    assert marks() == ["a", "a", "a"]
    stuck = next(stuck for stuck in jobs.list_stuck(timezone.now()) if stuck.job_id == job_id)
    assert (stuck.state, stuck.attempts, stuck.kind) == ("failed", 3, "TryLater")


@pytest.mark.parametrize("task", [sample_tasks.never, sample_tasks.bug])
def test_permanent_and_bugs_stop_at_once(task: jobs.Task) -> None:
    job_id = jobs.defer(task, word="a")
    work()
    work()
    assert marks() == ["a"]
    assert state_of(job_id) == "failed"


def test_message_of_an_error_is_kept_nowhere(caplog: pytest.LogCaptureFixture) -> None:
    job_id = jobs.defer(sample_tasks.never, word="a")
    work()
    assert JobFailure.objects.get(pk=job_id).kind == "Permanent"
    lines = [CodesFormatter().format(record) for record in caplog.records]
    assert any("job.failed" in line for line in lines)
    assert not any("Maya" in line for line in lines)


def test_argument_of_a_newer_release_is_left_out() -> None:
    jobs.defer(sample_tasks.note, word="a", invented_later="x")
    work()
    assert marks() == ["a"]


def test_job_that_nobody_takes_is_late() -> None:
    jobs.defer(sample_tasks.note, word="a")
    now = timezone.now()
    assert jobs.list_stuck(now) == ()
    assert [stuck.state for stuck in jobs.list_stuck(now + 2 * (jobs.LATE))] == ["late"]


def test_stop_waits_for_the_job_in_hand(start_worker: StartWorker) -> None:
    job_id = jobs.defer(sample_tasks.sleep, word="a", seconds=2)
    with start_worker() as worker:
        wait_until(lambda: "a-begun" in marks())
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(120) == 0
    assert marks() == ["a-begun", "a-done"]
    assert not ProcrastinateJob.objects.filter(pk=job_id).exists()


def test_job_of_a_killed_worker_is_done_by_the_next(
    start_worker: StartWorker,
) -> None:
    jobs.defer(sample_tasks.sleep, word="a", seconds=3)
    with start_worker() as worker:
        wait_until(lambda: "a-begun" in marks())
        worker.kill()
    with start_worker():
        wait_until(lambda: "a-done" in marks())
    assert marks() == ["a-begun", "a-begun", "a-done"]


def test_work_that_the_clock_queued_again_meanwhile_waits_once(
    start_worker: StartWorker, superuser: psycopg.Connection[Any]
) -> None:
    dead = jobs.defer(sample_tasks.sleep, word="a", seconds=60)
    with start_worker() as worker:
        wait_until(lambda: "a-begun" in marks())
        worker.kill()
    again = jobs.defer(sample_tasks.note, word="b")
    superuser.execute("UPDATE procrastinate_jobs SET scheduled_at = now() + '1 day' WHERE id = %s", [again])
    for job_id in (dead, again):
        superuser.execute("UPDATE procrastinate_jobs SET queueing_lock = 'both' WHERE id = %s", [job_id])
    with start_worker() as worker:
        wait_until(lambda: not ProcrastinateJob.objects.filter(pk=dead).exists() or worker.poll() is not None)
        assert worker.poll() is None, "a worker that cannot settle one job must not die of it"
    assert ProcrastinateJob.objects.filter(pk=again).exists()


def test_job_that_must_not_run_twice_goes_to_a_person(
    start_worker: StartWorker,
) -> None:
    job_id = jobs.defer(sample_tasks.send_once, word="a", seconds=30)
    with start_worker() as worker:
        wait_until(lambda: "a-begun" in marks())
        worker.kill()
    with start_worker():
        wait_until(lambda: state_of(job_id) == "failed")
    assert marks() == ["a-begun"]


def test_worker_whose_life_line_broke_ends(start_worker: StartWorker, superuser: psycopg.Connection[Any]) -> None:
    # This database only: the list is the whole server's, and other test processes have workers on it.
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%%held by the dead%%' "
        "AND datname = current_database() AND pid <> %s"
    )
    with start_worker() as worker:
        wait_until(lambda: bool(superuser.execute(cut, [superuser.info.backend_pid]).fetchall()))
        assert worker.wait(120) != 0


def test_living_worker_keeps_its_job_from_others(
    start_worker: StartWorker,
) -> None:
    jobs.defer(sample_tasks.sleep, word="a", seconds=5)
    with start_worker():
        wait_until(lambda: "a-begun" in marks())
        with start_worker():
            wait_until(lambda: "a-done" in marks())
    assert marks() == ["a-begun", "a-done"]

"""What a job is: a function that takes ids, a way to try again, and what becomes of it when its worker dies."""

from __future__ import annotations

import enum
import functools
import inspect
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import InterfaceError, OperationalError
from procrastinate import JobContext, RetryDecision
from procrastinate.contrib.django import app
from procrastinate.jobs import Job
from procrastinate.retry import BaseRetryStrategy
from procrastinate.tasks import Task as QueueTask

from allhands.kernel.errors import TryLater
from allhands.platform.jobs.failures import note_failure

# A lost connection, a deadlock, a lock not given in time: the database's way to say try again.
_PASSING = (TryLater, OperationalError, InterfaceError)

Body = Callable[..., None]


class OnCrash(enum.Enum):
    """What happens to a job whose worker died in the middle of it."""

    RETRY = "RETRY"  # safe to do twice
    PERSON = "PERSON"  # its effect may be out already: a person looks


@dataclass(frozen=True, slots=True, kw_only=True)
class Backoff:
    """How often and how soon to try again after `TryLater`.

    Args:
        attempts: tries in all. With the defaults the twelfth comes about 90 minutes after the first: longer than most
            outages of a mail server, shorter than a shift.
        first: wait before the second try; doubled each time.
        longest: no wait is longer.
    """

    attempts: int = 12
    first: timedelta = timedelta(seconds=2)
    longest: timedelta = timedelta(minutes=15)

    def wait_after(self, tries: int) -> timedelta | None:
        """The wait after so many tries; None when they are enough.

        Example:
            >>> Backoff(attempts=3, first=timedelta(seconds=2)).wait_after(2)
            datetime.timedelta(seconds=4)
            >>> Backoff(attempts=3).wait_after(3)
        """
        if tries >= self.attempts:
            return None
        doublings = min(tries - 1, 30)  # beyond it only the longest wait counts, and timedelta would overflow
        return min(self.first * (1 << doublings), self.longest)


class _Strategy(BaseRetryStrategy):
    def __init__(self, backoff: Backoff) -> None:
        self._backoff = backoff

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if not isinstance(exception, _PASSING):
            return None
        wait = self._backoff.wait_after(job.attempts + 1)
        return None if wait is None else RetryDecision(retry_at=datetime.now(UTC) + wait)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A registered job. Calling it runs the body here and now, which is what its tests do."""

    name: str
    body: Body
    queued: QueueTask[..., None, ...]
    on_crash: OnCrash
    attempts: int

    def __call__(self, **ids: str | int) -> None:
        self.body(**ids)


TASKS: dict[str, Task] = {}


def task(
    *, queue: str = "default", retry: Backoff | None = None, on_crash: OnCrash = OnCrash.RETRY
) -> Callable[[Body], Task]:
    """Make a job of a function whose parameters are keyword-only ids.

    `TryLater` and a lost database are tried again; `Permanent` and every other error stop the job where an operator
    sees it. Arguments that the function does not know are left out, so that a newer release may add some.
    """

    def register(body: Body) -> Task:
        return _register(body, queue=queue, retry=retry or Backoff(), on_crash=on_crash)

    return register


def periodic(cron: str, *, queue: str = "default") -> Callable[[Callable[[datetime], None]], Task]:
    """Make a job that runs by the clock. Its function takes the instant it was meant for.

    Args:
        cron: five fields in UTC; a sixth counts seconds.
    """

    def register(body: Callable[[datetime], None]) -> Task:
        @functools.wraps(body)
        def at_instant(*, timestamp: int) -> None:
            body(datetime.fromtimestamp(timestamp, UTC))

        registered = _register(at_instant, queue=queue, retry=Backoff(attempts=2), on_crash=OnCrash.RETRY)
        app.periodic(cron=cron, queueing_lock=registered.name)(registered.queued)
        return registered

    return register


def _register(body: Body, *, queue: str, retry: Backoff, on_crash: OnCrash) -> Task:
    name = f"{body.__module__}.{body.__name__}"
    known = frozenset(inspect.signature(body, follow_wrapped=False).parameters)

    def run(context: JobContext, /, **ids: str | int) -> None:
        try:
            body(**{key: value for key, value in ids.items() if key in known})
        except Exception as error:  # one of the three doors: the queue decides, the operator sees the kind
            note_failure(context, error)
            raise

    queued = app.task(name=name, queue=queue, retry=_Strategy(retry), pass_context=True)(run)
    TASKS[name] = Task(name=name, body=body, queued=queued, on_crash=on_crash, attempts=retry.attempts)
    return TASKS[name]

"""Jobs for the tests of the queue."""

from __future__ import annotations

import time
from datetime import timedelta

from django.db import connection

from allhands.kernel.errors import Permanent, TryLater
from allhands.platform.jobs.api import Backoff, OnCrash, task

FAST = Backoff(attempts=3, first=timedelta(milliseconds=20))


def _note(word: str) -> None:
    """Leave a mark that survives this process: a session of this name."""
    with connection.cursor() as cursor:
        query = "INSERT INTO django_session (session_key, session_data, expire_date) VALUES (%s, '', now())"
        cursor.execute(query, [f"{word}-{time.monotonic_ns()}"])


@task()
def note(*, word: str) -> None:
    """Done at once."""
    _note(word)


@task(retry=FAST)
def try_later(*, word: str) -> None:
    """The outside world never answers."""
    _note(word)
    raise TryLater("down")


@task(retry=FAST)
def never(*, word: str) -> None:
    """The outside world says no."""
    _note(word)
    raise Permanent("550 no such mailbox for Maya")


@task(retry=FAST)
def bug(*, word: str) -> None:
    """A mistake of ours."""
    _note(word)
    raise ZeroDivisionError


@task()
def sleep(*, word: str, seconds: int) -> None:
    """Takes its time, and may be done twice."""
    _note(f"{word}-begun")
    time.sleep(seconds)
    _note(f"{word}-done")


@task(on_crash=OnCrash.PERSON)
def send_once(*, word: str, seconds: int) -> None:
    """Takes its time, and must not be done twice unseen."""
    _note(f"{word}-begun")
    time.sleep(seconds)
    _note(f"{word}-done")

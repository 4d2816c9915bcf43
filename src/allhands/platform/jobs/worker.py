"""Runs jobs until told to stop; a stop waits for the jobs in hand."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.worker import Worker

from allhands.platform.jobs.recovery import keep_life_line

_CONCURRENCY = 4
# The queue wakes the worker by notification; the poll is for a notification lost with its connection.
_POLL_SECONDS = 2.0
_HEARTBEAT_SECONDS = 5.0
_GRACE_SECONDS = 30.0


def run_worker(conninfo: str, *, wait: bool = True, concurrency: int = _CONCURRENCY) -> None:
    """Work until SIGTERM or SIGINT, then finish what is in hand.

    Args:
        conninfo: the app's address, for the line by which other workers see that this one lives.
        wait: False to stop once the queue is empty.
    """
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]  # Django's connector has it
    with app.replace_connector(connector):
        asyncio.run(_work(conninfo, wait=wait, concurrency=concurrency))


async def _work(conninfo: str, *, wait: bool, concurrency: int) -> None:
    running: set[int] = set()
    async with app.open_async():
        worker = _make_worker(running, wait=wait, concurrency=concurrency)
        work = asyncio.create_task(worker.run())  # type: ignore[no-untyped-call]  # procrastinate's
        line = asyncio.create_task(keep_life_line(worker, running, conninfo))
        await asyncio.wait({work, line}, return_when=asyncio.FIRST_COMPLETED)
        if not work.done():  # the line broke: others may take our jobs, so we must not go on
            worker.stop()  # type: ignore[no-untyped-call]  # procrastinate's
        line.cancel()
        results = await asyncio.gather(work, line, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


def _make_worker(running: set[int], *, wait: bool, concurrency: int) -> Worker:
    async def noted(call_next: Callable[[], Awaitable[object]], context: JobContext, worker: Worker) -> object:
        assert context.job.id is not None
        running.add(context.job.id)
        try:
            return await call_next()
        finally:
            running.discard(context.job.id)

    return Worker(
        app=app,
        wait=wait,
        concurrency=concurrency,
        fetch_job_polling_interval=_POLL_SECONDS,
        update_heartbeat_interval=_HEARTBEAT_SECONDS,
        shutdown_graceful_timeout=_GRACE_SECONDS,
        delete_jobs="successful",
        worker_middleware=[noted],
        task_middleware=app.worker_defaults.get("task_middleware"),
    )

"""A report from submission to commit: episode, assessment, duties, notices, jobs and journal; beside its floor.

Run: `python bench/intake.py [--reports 400] [--profile]`. `episodes.report_missing` runs as the app role against an
embedded PostgreSQL with the settings of production, once with one reporter and once with four at a time (four
processes that never pause). The floor inserts the very same rows bare, in one transaction a report, into a copy of
the database as it was before. Budget: p95 under 150 ms on two cores.
"""

from __future__ import annotations

import argparse
import cProfile
import multiprocessing
import os
import pstats
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
from measuring.figures import Spread, machine, spread, verdict
from measuring.floor import Report, check_complete, insert_bare, read_rows
from measuring.node import caseworker, copy_database, own_node

if TYPE_CHECKING:
    from allhands.platform.database.server import EmbeddedServer

BUDGET_MS = 150.0
CORES = 2
WARM_UP = 20
BEFORE = "before"


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one process has to do: warm up on the first, then be timed on the others."""

    warm_up: Sequence[Any]
    timed: Sequence[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one process did: seconds of each report on the clock, seconds of its own processor for all of them."""

    seconds: tuple[float, ...]
    processor: float
    episodes: tuple[str, ...] = ()


def report_share(share: Share) -> Taken:
    """Report each numbered child, one after the other."""
    warm = [report_one(number) for number in share.warm_up]
    busy = time.process_time()
    timed = [report_one(number) for number in share.timed]
    return Taken(
        seconds=tuple(took for took, _ in timed),
        processor=time.process_time() - busy,
        episodes=tuple(episode for _, episode in (*warm, *timed)),
    )


def report_one(number: int) -> tuple[float, str]:
    """Seconds of one report, and the episode it became."""
    from django.utils import timezone
    from measuring.reports import full_report

    from allhands.episodes import api as episodes

    actor, now = caseworker(), timezone.now()
    command = full_report(number, now)
    started = time.perf_counter()
    reported = episodes.report_missing(actor, command, now)
    return time.perf_counter() - started, str(reported.episode_id)


def insert_share(share: Share, conninfo: str) -> Taken:
    """Insert the rows of each report."""
    with psycopg.connect(conninfo, autocommit=True) as connection:
        for report in share.warm_up:
            insert_bare(connection, report)
        busy = time.process_time()
        seconds = tuple(insert_bare(connection, report) for report in share.timed)
        return Taken(seconds=seconds, processor=time.process_time() - busy)


def at_once(work: Any, items: Sequence[Any], count: int, *more: str) -> tuple[list[Taken], float]:
    """The items dealt out to so many processes that start together; what each did, and reports a second."""
    warm, timed = items[: WARM_UP * count], items[WARM_UP * count :]
    shares = [Share(warm_up=warm[start::count], timed=timed[start::count]) for start in range(count)]
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as pool:
        list(pool.map(time.sleep, [0.2] * count))  # all are there before the work is dealt out
        made = list(pool.map(work, shares, *([word] * count for word in more)))
    return made, count / (sum(sum(taken.seconds) for taken in made) / len(timed))


def compare(server: EmbeddedServer, count: int, numbers: Sequence[int]) -> None:
    """Measure so many reporters at once, then the floor of the same reports."""
    before = f"{BEFORE}_{count}"
    copy_database(server, before)
    taken, rate = at_once(report_share, numbers, count)
    episodes = [episode for one in taken for episode in one.episodes]
    with psycopg.connect(server.superuser.named("allhands").conninfo()) as after:
        rows = [read_rows(after, episode) for episode in episodes]
        with psycopg.connect(server.superuser.named(before).conninfo()) as copy:
            check_complete(copy, after, rows)
    bare, bare_rate = at_once(insert_share, rows, count, server.url(name=before))
    house = spread([second for one in taken for second in one.seconds])
    floor = spread([second for one in bare for second in one.seconds])
    print(f"\n{count} reporter{'s' if count > 1 else ''} at a time, {house.count} reports after warm-up")
    print(f"  report_missing   {house}   {rate:6.1f} reports/s   p95 {verdict(house.p95, BUDGET_MS, 'ms')}")
    print(f"  bare insert      {floor}   {bare_rate:6.1f} reports/s")
    print_ratio(house, floor)
    print(
        f"  our processor    {each(taken):.1f} ms a report, bare insert {each(bare):.1f} ms; PostgreSQL's not counted"
    )
    if count == 1:
        print_rows(rows)


def each(taken: Sequence[Taken]) -> float:
    """Milliseconds of our own processor for one report; a busy machine changes them less than the clock's."""
    return sum(one.processor for one in taken) / sum(len(one.seconds) for one in taken) * 1e3


def print_ratio(house: Spread, floor: Spread) -> None:
    """How much more than the floor."""
    over = f"p50 +{house.p50 - floor.p50:.1f} ms, p95 +{house.p95 - floor.p95:.1f} ms"
    print(f"  ratio            p50 {house.p50 / floor.p50:.1f} x, p95 {house.p95 / floor.p95:.1f} x; overhead {over}")


def print_rows(reports: Sequence[Report]) -> None:
    """What one report leaves behind, on average."""
    count: Counter[str] = Counter()
    size: Counter[str] = Counter()
    for report in reports:
        for filled in report:
            count[filled.table] += len(filled.rows)
            size[filled.table] += filled.stored_bytes
    print(f"  one report leaves {count.total() / len(reports):.0f} rows, {size.total() / len(reports) / 1024:.1f} KiB:")
    for table, total in size.most_common():
        print(f"    {table:24} {count[table] / len(reports):5.1f} rows {total / len(reports) / 1024:8.1f} KiB")


def profile(numbers: Sequence[int]) -> None:
    """Where the time of one reporter goes, and how often the database is asked."""
    from django.db import connection

    for number in numbers[:WARM_UP]:
        report_one(number)
    asked: Counter[str] = Counter()

    def count(execute: Any, query: str, params: Any, many: bool, context: Any) -> Any:
        asked[" ".join(query.split())[:110]] += 1
        return execute(query, params, many, context)

    with connection.execute_wrapper(count):
        report_one(numbers[WARM_UP])
    profiler = cProfile.Profile()
    for number in numbers[WARM_UP + 1 :]:
        profiler.runcall(report_one, number)
    for order in ("cumulative", "tottime"):
        pstats.Stats(profiler).sort_stats(order).print_stats(45)
    print(f"{asked.total()} statements in one report")
    for query, times in asked.most_common():
        print(f"  {times:4}  {query}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--reports", type=int, default=400, help="timed reports for each number of reporters")
    parser.add_argument("--profile", action="store_true", help="print where the time goes instead")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # PostgreSQL, a child of ours, stays on the same cores
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    print(f"measured {machine()}")
    with own_node() as server:
        if given.profile:
            profile(range(given.reports))
            return
        compare(server, 1, range(given.reports + WARM_UP))
        compare(server, 4, range(10_000, 10_000 + given.reports + 4 * WARM_UP))


if __name__ == "__main__":
    main()

"""Open episodes judged again after a pack changed, beside nothing but the judging itself.

Run: `python bench/reassess.py [--episodes 10000] [--processes 2]`. One report is taken and copied until so many
episodes are open, in an embedded PostgreSQL with the settings of production. Then a release of the federal pack takes
effect, which speaks for every one of them, in two ways: once only the authors' notes have changed (nothing is to be
done), once a deadline has (every assessment is amended and every ledger follows). The floor reads the statements and
calls `law.assess`, in the same processes, and writes nothing. Budget: 10,000 episodes in 60 s on two cores.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

import psycopg
from measuring.crowd import add_copies
from measuring.figures import machine, verdict
from measuring.floor import read_rows
from measuring.node import caseworker, own_node

if TYPE_CHECKING:
    from allhands.platform.database.server import EmbeddedServer

BUDGET_S, BUDGET_FOR, CORES = 60.0, 10_000, 2
FEDERAL = "us.federal"
RULE = "duties/duty-le-2h.yaml"


def fill(server: EmbeddedServer, count: int) -> None:
    """One real report, then its copies."""
    from django.utils import timezone
    from measuring.reports import full_report

    from allhands.episodes import api as episodes

    now = timezone.now()
    reported = episodes.report_missing(caseworker(), full_report(1, now), now)
    with psycopg.connect(server.superuser.named("allhands").conninfo(), autocommit=True) as connection:
        add_copies(connection, read_rows(connection, str(reported.episode_id)), count - 1)


def publish(edit: Callable[[dict[str, Any]], None], version: str) -> None:
    """A release of the federal pack with one rule edited, in force at once."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from django.utils import timezone

    from allhands.kernel.actors import SYSTEM
    from allhands.law.packs.strict_yaml import read_yaml
    from allhands.lawbook import api, checking, tree
    from allhands.lawbook.actions.releases import keep_release
    from allhands.lawbook.contracts import Origin
    from allhands.lawbook.pack_text import write_yaml
    from allhands.lawbook.release.manifest import FORMAT, Manifest, make_release
    from allhands.platform.database.acting import acting_as

    now = timezone.now().isoformat()
    with acting_as(SYSTEM):
        files = tree.read_pack(checking.root_in_force(), FEDERAL)
        for name, change in ((RULE, edit), ("pack.yaml", lambda header: header.update(version=version))):
            value: Any = read_yaml(files[name], name).value
            change(value)
            files[name] = write_yaml(value).encode()
        manifest = Manifest(
            format=FORMAT, pack=FEDERAL, version=version, replaces="", takes_effect_at=now, published_at=now,
            written_by="bench", read_by="bench", key="", files={},
        )  # fmt: skip
        keep_release(make_release(manifest, files, Ed25519PrivateKey.generate()), Origin.ELSEWHERE, None)
    api.forget()


def warm(_number: int) -> str:
    """Load the law in force, so that its loading is not counted twice."""
    from allhands.kernel.actors import SYSTEM
    from allhands.platform import packs
    from allhands.platform.database.acting import acting_as

    with acting_as(SYSTEM):
        return packs.library().sha256


def judge_only(ids: Sequence[str], now: Any) -> int:
    """The floor: read what was said, judge it, keep nothing."""
    from allhands.duties import judging
    from allhands.episodes import api as episodes
    from allhands.kernel.actors import SYSTEM
    from allhands.platform.database.acting import acting_as

    with acting_as(SYSTEM):
        lines = episodes.statements_of_all(ids)  # type: ignore[arg-type]  # ids are text
    return sum(bool(judging.assess_statements(lines[one], as_of=now).packs) for one in lines)


def pool_of(count: int) -> ProcessPoolExecutor:
    from django.db import connections

    connections.close_all()
    return ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork"))


def judged(ids: Sequence[str], processes: int) -> float:
    """Seconds of the floor."""
    from django.utils import timezone

    with pool_of(processes) as pool:
        list(pool.map(warm, range(processes * 4)))
        started = time.perf_counter()
        chunks = [ids[start : start + 100] for start in range(0, len(ids), 100)]
        total = sum(pool.map(judge_only, chunks, [timezone.now()] * len(chunks)))
    assert total == len(ids)
    return time.perf_counter() - started


def followed(ids: Sequence[Any], processes: int) -> tuple[float, int]:
    """Seconds until every open episode is judged by the law in force, and how many were judged by another before."""
    from django.utils import timezone

    from allhands.lawbook import api

    with pool_of(processes) as pool:
        list(pool.map(warm, range(processes * 4)))
        started = time.perf_counter()
        changed = api.reassess_in(pool, ids, timezone.now(), lambda _looked, _changed: None)
    return time.perf_counter() - started, changed


def say(what: str, seconds: float, count: int, floor: float, more: str) -> None:
    scaled = seconds * BUDGET_FOR / count
    rate = f"{count / seconds:7.0f} a second; {BUDGET_FOR:,} take {scaled:5.1f} s, {verdict(scaled, BUDGET_S, 's')}"
    print(f"  {what:34} {seconds:6.1f} s  {rate}; {seconds / floor:4.1f} x the floor{more}")


def new_deadline(rule: dict[str, Any]) -> None:
    clock = rule["then"]["clock"]
    clock["hours"] = clock["hours"] + 1


def new_note(rule: dict[str, Any]) -> None:
    rule["notes"] = "Read again."


def measure(server: EmbeddedServer, count: int, processes: int) -> None:
    from allhands.duties import api as duties

    fill(server, count)
    ids = duties.list_open_ids()
    print(f"{len(ids)} open episodes, {processes} processes")
    floor = judged(ids, processes)
    say("floor: read and judge", floor, len(ids), floor, "")
    seconds, changed = followed(ids, processes)
    say("no pack changed", seconds, len(ids), floor, f"; {changed} judged anew")
    publish(new_note, "2099.01.01")
    seconds, changed = followed(ids, processes)
    say("federal pack, no duty changes", seconds, len(ids), floor, f"; {changed} judged anew")
    publish(new_deadline, "2099.01.02")
    seconds, changed = followed(ids, processes)
    say("federal pack, a deadline changes", seconds, len(ids), floor, f"; {changed} judged anew")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--episodes", type=int, default=BUDGET_FOR)
    parser.add_argument("--processes", type=int, default=CORES)
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):  # PostgreSQL, a child of ours, stays on the same cores
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    print(f"measured {machine()}")
    with own_node() as server:
        measure(server, given.episodes, given.processes)


if __name__ == "__main__":
    main()

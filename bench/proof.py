"""The journal's proof: a proof among many entries, and what an append costs.

Run: `python bench/proof.py [--entries 10000000] [--appends 2000]`. The proof is measured beside the look-up of one row
by its key, the least a database can be asked; an append beside the same row inserted bare by the superuser, with a
commit each. The tree is filled with hashes of numbers: what is proved does not depend on what was hashed.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

import psycopg
from measuring.figures import machine, spread, verdict
from measuring.node import own_node

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

    from allhands.platform.database.server import EmbeddedServer

PROOF_BUDGET_MS, APPEND_BUDGET_MS = 50.0, 0.5
_AT_ONCE = 200_000


def fill(entries: int) -> None:
    """A tree of so many leaves, kept as the sealing keeps it."""
    from django.db import transaction

    from allhands.platform.proof import reading, sealing
    from allhands.platform.proof.tiles import Tiles
    from allhands.platform.proof.tree import leaf_hash

    size = 0
    while size < entries:
        tiles = Tiles(reading.read_tile)
        part = min(_AT_ONCE, entries - size)
        size = tiles.append(size, (leaf_hash(str(number).encode()) for number in range(size, size + part)))
        with transaction.atomic():
            sealing.keep_tiles(dict(tiles.changed()))
        print(f"\rfilled {size:,} of {entries:,}", end="", flush=True)
    print()


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def measure_proofs(entries: int, count: int = 300) -> None:
    """Proofs of entries anywhere in the tree, each with tiles read anew."""
    from allhands.platform.proof import reading
    from allhands.platform.proof.tiles import Tiles
    from allhands.platform.proof.tree import inclusion_proof, root, verify_inclusion

    wanted = root(entries, Tiles(reading.read_tile))
    places = random.Random(1).sample(range(entries), count)
    proofs = spread([timed(partial(inclusion_proof, place, entries, Tiles(reading.read_tile))) for place in places])
    looks = spread([timed(partial(reading.read_tile, 0, place >> 8)) for place in places])
    tiles = Tiles(reading.read_tile)
    for place in places:
        assert verify_inclusion(tiles(0, place), place, entries, inclusion_proof(place, entries, tiles), wanted)
    print(f"one proof among {entries:,}: {proofs}   {verdict(proofs.p95, PROOF_BUDGET_MS, 'ms')}")
    print(f"one row by its key:       {looks}   ratio of medians {proofs.p50 / looks.p50:.1f}")


def measure_appends(server: EmbeddedServer, count: int) -> None:
    """What the journal adds to an action's transaction, and beside it a bare insert.

    The transaction has begun when the clock starts, as each action's has: `acting_as` says first who acts. Otherwise
    the clock would hold BEGIN, a question of its own.
    """
    from allhands.kernel.actors import SYSTEM
    from allhands.platform.audit.append import Told, append
    from allhands.platform.audit.events import Event
    from allhands.platform.database.acting import acting_as

    now = datetime.now(UTC)
    inside: list[float] = []
    for number in range(count):
        with acting_as(SYSTEM):
            told = [Told(episode_id=f"e{number % 50}", subject_id="", details={})]
            inside.append(timed(partial(append, SYSTEM, now, Event.RECORD_READ, told)))
    median = spread(inside).p50
    print(f"one entry inside a transaction: {spread(inside)}   {verdict(median, APPEND_BUDGET_MS, 'ms')}")
    for name, seconds in (
        ("one bare row, prepared:        ", _bare_inserts(server, count)),
        ("one bare row, the app's way:   ", _inserts_as_the_app(count)),
        ("one question that asks nothing:", _nothing_asked(count)),
    ):
        print(f"{name} {spread(seconds)}   ratio of medians {median / spread(seconds).p50:.1f}")


_BARE = (
    "INSERT INTO audit_journal (chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id,"
    " subject_id, details, prev_hash, hash) VALUES (%s, %s, now(), 210, 'SYSTEM', '', '', '', '', '{}', %s, %s)"
)


def _inserts_as_the_app(count: int) -> list[float]:
    """The floor of an append: the row alone, through the connection and the role that the app has."""
    from django.db import connection

    from allhands.kernel.actors import SYSTEM
    from allhands.platform.database.acting import acting_as

    seconds: list[float] = []
    for number in range(1, count + 1):
        with acting_as(SYSTEM):
            seconds.append(timed(partial(_ask, connection, _BARE, ["app", number, bytes(32), bytes(32)])))
    return seconds


def _nothing_asked(count: int) -> list[float]:
    from django.db import connection

    from allhands.kernel.actors import SYSTEM
    from allhands.platform.database.acting import acting_as

    seconds: list[float] = []
    for _ in range(count):
        with acting_as(SYSTEM):
            seconds.append(timed(partial(_ask, connection, "SELECT 1", [])))
    return seconds


def _ask(connection: BaseDatabaseWrapper, query: str, values: Sequence[str | int | bytes]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def _bare_inserts(server: EmbeddedServer, count: int) -> list[float]:
    from allhands.platform.database.address import NAME

    seconds: list[float] = []
    with psycopg.connect(server.superuser.named(NAME).conninfo(), autocommit=True) as connection:
        for number in range(1, count + 1):
            with connection.transaction():
                values = ["bare", number, bytes(32), bytes(32)]
                seconds.append(timed(partial(connection.execute, _BARE, values)))
    return seconds


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--appends", type=int, default=2_000)
    given = parser.parse_args()
    print(machine())
    with own_node() as server:
        measure_appends(server, given.appends)
        fill(given.entries)
        measure_proofs(given.entries)


if __name__ == "__main__":
    main()

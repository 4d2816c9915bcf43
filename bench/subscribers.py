"""A million subscribers, those inside a polygon: our cells in an index beside PostGIS on the same rows.

    script/bench subscribers [--people 1000000] [--postgres /usr/lib/postgresql/15/bin]

PostGIS is only the yardstick: it asks ST_Contains of the exact points on a GiST index. We keep no points, only coarse
cells, so that ours finds a ring of neighbours more; how many is printed. Needs the Debian package
postgresql-15-postgis-3; without it only our own side is measured, and that is said.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from measuring import figures
from measuring.node import own_node

if TYPE_CHECKING:
    from allhands.platform.database.server import EmbeddedServer

BUDGET_S = 1.0
REPEATS = 5
# Where the people are thrown: the lower 48 states, evenly. Evenly is the hard case for neither side.
SOUTH, NORTH, WEST, EAST = 25.0, 49.0, -124.0, -67.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A polygon of as many corners as a channel takes."""

    name: str
    lat: float
    lon: float
    radius_km: float

    @property
    def ring(self) -> tuple[tuple[float, float], ...]:
        """Closed, latitude first, a little uneven so that no index is flattered."""
        dice = random.Random(self.name)
        points = []
        for step in range(60):
            angle, reach = math.tau * step / 60, self.radius_km * (0.8 + 0.2 * dice.random())
            lat = self.lat + reach / 111.2 * math.sin(angle)
            points.append((lat, self.lon + reach / (111.2 * math.cos(math.radians(self.lat))) * math.cos(angle)))
        return (*points, points[0])


SHAPES = (
    Shape(name="a county", lat=47.2, lon=-98.5, radius_km=40),
    Shape(name="a state", lat=47.4, lon=-100.4, radius_km=250),
    Shape(name="five states", lat=41.0, lon=-97.0, radius_km=700),
)


def main() -> int:
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--postgres", type=Path, default=Path("/usr/lib/postgresql/15/bin"))
    arguments = parser.parse_args()
    print(figures.machine(), flush=True)
    with own_node(arguments.postgres if arguments.postgres.exists() else None) as server:
        has_postgis = _fill(server, arguments.people)
        if not has_postgis:
            print("PostGIS is not on this machine: our own side only (postgresql-15-postgis-3)")
        over = [shape.name for shape in SHAPES if not _measure(server, shape, has_postgis)]
    return 1 if over else 0


def _fill(server: EmbeddedServer, people: int) -> bool:
    """The subscriptions, and the same people as points; whether PostGIS is there."""
    from allhands.platform.database.address import NAME

    started = time.perf_counter()
    with psycopg.connect(server.superuser.named(NAME).conninfo(), autocommit=True) as connection:
        index = _definition(connection, "subscription_place")
        # A bulk load keeps no index: it is built once at the end, as a restore does it.
        connection.execute("DROP INDEX subscription_place")
        _copy_subscriptions(connection, people)
        connection.execute(index)
        try:
            connection.execute("CREATE EXTENSION postgis")
        except psycopg.Error:
            has_postgis = False
        else:
            has_postgis = True
            connection.execute("CREATE TABLE bench_points (id varchar PRIMARY KEY, geom geometry(Point, 4326))")
            _copy_points(connection, people)
            connection.execute("CREATE INDEX bench_points_gist ON bench_points USING gist (geom)")
            connection.execute("GRANT SELECT ON bench_points TO allhands_app")
        connection.execute("VACUUM ANALYZE")
    print(f"{people:,} people filled in {time.perf_counter() - started:.0f} s", flush=True)
    return has_postgis


def _definition(connection: psycopg.Connection[Any], index: str) -> str:
    """The statement that makes an index, as the migrations left it."""
    row = connection.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [index]).fetchone()
    assert row is not None
    return str(row[0])


def _people(people: int) -> Iterator[tuple[str, float, float]]:
    dice = random.Random(4)
    for number in range(people):
        yield f"s{number:015d}", dice.uniform(SOUTH, NORTH), dice.uniform(WEST, EAST)


def _copy_subscriptions(connection: psycopg.Connection[Any], people: int) -> None:
    from allhands.alerts import cells

    now = datetime(2026, 1, 1, tzinfo=UTC)
    columns = (
        "id, channel, address, address_key, language, county_fips, cell, state, asked_at, code_digest, code_tries, "
        "code_expires_at, stop_key, stopped_by"
    )
    with connection.cursor() as cursor, cursor.copy(f"COPY alerts_subscription ({columns}) FROM STDIN") as copy:
        for key, lat, lon in _people(people):
            held = cells.cell_at((lat, lon))
            copy.write_row(
                (key, "EMAIL", f"{key}@example.org", key, "en", "", held, "ACTIVE", now, "", 0, now, key, "")
            )


def _copy_points(connection: psycopg.Connection[Any], people: int) -> None:
    with connection.cursor() as cursor, cursor.copy("COPY bench_points (id, geom) FROM STDIN") as copy:
        for key, lat, lon in _people(people):
            copy.write_row((key, f"SRID=4326;POINT({lon} {lat})"))


def _measure(server: EmbeddedServer, shape: Shape, has_postgis: bool) -> bool:
    from allhands.alerts import cells, subscribers
    from allhands.alerts.contracts import AlertArea

    area = AlertArea(words={"en": shape.name}, county_fips=(), nations=(), polygons=(shape.ring,), circles=())

    def ours() -> int:
        return sum(1 for _ in subscribers.inside(area, "EMAIL"))

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found, seconds = _best(ours)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(
        f"\n{shape.name}: {found:,} subscribers in {seconds * 1e3:,.0f} ms by {len(cells.cover(area)):,} cells; "
        f"memory grew by {grown:.0f} MiB; {figures.verdict(seconds, BUDGET_S, 's')}"
    )
    if has_postgis:
        exact, yardstick = _best(lambda: _postgis(shape))
        print(
            f"  PostGIS ST_Contains, exact points: {exact:,} in {yardstick * 1e3:,.0f} ms; ours takes "
            f"{seconds / yardstick:.2f} times as long and tells {found - exact:,} more "
            f"({(found / exact - 1) * 100:.1f} %)"
        )
        assert found >= exact, "somebody inside the polygon was left out"
    return seconds < BUDGET_S


def _postgis(shape: Shape) -> int:
    """The same rows by the same client, streamed the same way."""
    from django.db import connection, transaction

    corners = ", ".join(f"{lon} {lat}" for lat, lon in shape.ring)
    query = (
        "SELECT s.id, s.address, s.language, s.stop_key FROM bench_points p JOIN alerts_subscription s ON s.id = p.id "
        "WHERE ST_Contains(ST_GeomFromText(%s, 4326), p.geom) AND s.state = 'ACTIVE' AND s.channel = 'EMAIL'"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('allhands.actor_kind', 'SYSTEM', true)")
        cursor.execute(query, [f"POLYGON(({corners}))"])
        return sum(1 for _ in cursor)


def _best(work: Callable[[], int]) -> tuple[int, float]:
    """What it found and the median of its times; the first run warms the caches of both sides alike."""
    found, times = work(), []
    for _ in range(REPEATS):
        started = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - started)
    return found, sorted(times)[REPEATS // 2]


if __name__ == "__main__":
    sys.exit(main())

"""What row security costs: the board's own queries as the app, under its policies, and as the owner, who has none.

Run: `python bench/row_security.py [--episodes 300] [--rounds 15]`. The same statements with the same answer run in turn
on the same database, round after round: episodes and their parties of one agency with its duties, statements and news.
An owner sees all rows, so the owner's statements carry the agency's episodes in WHERE, as an application without row
security would write them. Budget: at most 25 % more.
"""

from __future__ import annotations

import argparse
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
from measuring.node import caseworker, own_node

BUDGET = 0.25
MINE = "SELECT episode_id FROM episodes_party WHERE agency_id = %(agency)s"
# What the board reads, in its order; {} is where an application without row security says which rows are the agency's.
BOARD = (
    (
        "SELECT * FROM episodes_episode e JOIN episodes_child c ON c.id = e.child_id "
        "WHERE e.state IN ('OPEN', 'RETURNED') {e.id} ORDER BY e.opened_at"
    ),
    "SELECT * FROM episodes_party t WHERE t.episode_id = ANY(%(ids)s) {t.episode_id}",
    "SELECT * FROM duties_duty t WHERE t.episode_id = ANY(%(ids)s) {t.episode_id}",
    (
        "SELECT * FROM episodes_statement t WHERE t.episode_id = ANY(%(ids)s) AND t.fact_id = 'child.age_years' "
        "{t.episode_id}"
    ),
    "SELECT * FROM episodes_timelineitem t WHERE t.episode_id = ANY(%(ids)s) {t.episode_id} ORDER BY t.at DESC",
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    with own_node() as server:
        actor = caseworker()
        _report(actor, asked.episodes)
        from django.conf import settings
        from django.db import connections

        app = connections["default"].get_connection_params()
        owner = settings.ALLHANDS_DATABASE_OWNER
        with (
            psycopg.connect(server.superuser.named(owner.name).conninfo(), autocommit=True) as tidy,
            psycopg.connect(owner.conninfo()) as free,
            psycopg.connect(server_conninfo(server, app)) as held,
        ):
            tidy.execute("VACUUM ANALYZE")
            _become(held, actor)
            ids = [row[0] for row in free.execute(MINE, {"agency": actor.agency_id})]
            given = {"agency": actor.agency_id, "ids": ids}
            walled, plain, rows = [], [], (0, 0)
            for _ in range(asked.rounds):
                walled_time, walled_rows = _board(held, given, walled=True)
                plain_time, plain_rows = _board(free, given, walled=False)
                walled.append(walled_time)
                plain.append(plain_time)
                rows = (walled_rows, plain_rows)
    assert rows[0] == rows[1], f"not the same answer: {rows}"
    app_ms, owner_ms = statistics.median(walled) * 1000, statistics.median(plain) * 1000
    over = app_ms / owner_ms - 1
    print(f"board of {len(ids)} children, {rows[0]} rows: as the app {app_ms:.1f} ms, as owner {owner_ms:.1f} ms")
    print(f"row security costs {over:+.0%}; budget {BUDGET:.0%}: {'kept' if over <= BUDGET else 'BROKEN'}")
    return 0 if over <= BUDGET else 1


def server_conninfo(server: Any, app: dict[str, Any]) -> str:
    from allhands.platform.database.address import APP
    from allhands.platform.database.server import embedded_address

    return str(embedded_address(server.data_dir, APP, app["dbname"]).conninfo())


def _become(connection: psycopg.Connection[Any], actor: Any) -> None:
    """The same settings that `acting_as` makes, for the whole session."""
    connection.execute(
        "SELECT set_config('allhands.actor_member', %s, false), set_config('allhands.actor_agency', %s, false), "
        "set_config('allhands.actor_kind', %s, false)",
        [actor.member_id, actor.agency_id, actor.kind.value],
    )


def _board(connection: psycopg.Connection[Any], given: dict[str, Any], *, walled: bool) -> tuple[float, int]:
    rows = 0
    started = time.perf_counter()
    for statement in BOARD:
        before, _, rest = statement.partition("{")
        column, _, after = rest.partition("}")
        own = "" if walled else f"AND {column} IN ({MINE})"
        rows += len(connection.execute(f"{before}{own}{after}", given).fetchall())
    return time.perf_counter() - started, rows


def _report(actor: Any, many: int) -> None:
    from measuring.reports import full_report

    from allhands.episodes import api as episodes

    now = datetime.now(UTC) - timedelta(hours=2)
    for number in range(many):
        episodes.report_missing(actor, full_report(number, now), now)


if __name__ == "__main__":
    raise SystemExit(main())

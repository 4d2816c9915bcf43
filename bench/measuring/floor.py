"""The physical floor of a report: the very same rows, inserted bare in one transaction, with nothing thought about.

The rows are read from the database that took the reports and inserted, ids included, into a copy of that database
made before the first of them. Constraints, indexes, triggers and row security are the same; the actor is the system.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.types.string import TextLoader

# Each table that a report fills, in the order in which rows may refer to each other, and which of its rows are one
# episode's. Jobs bring their events along by trigger.
_OF_EPISODE: Mapping[str, str] = {
    "platform_vault_datakey": "record_id = %(episode)s",
    "episodes_child": "id = (SELECT child_id FROM episodes_episode WHERE id = %(episode)s)",
    "episodes_childname": "child_id = (SELECT child_id FROM episodes_episode WHERE id = %(episode)s)",
    "episodes_childtribe": "child_id = (SELECT child_id FROM episodes_episode WHERE id = %(episode)s)",
    "episodes_episode": "id = %(episode)s",
    "episodes_party": "episode_id = %(episode)s",
    "episodes_report": "episode_id = %(episode)s",
    "episodes_statement": "episode_id = %(episode)s",
    "episodes_timelineitem": "episode_id = %(episode)s",
    "duties_assessment": "episode_id = %(episode)s",
    "duties_duty": "episode_id = %(episode)s",
    "duties_notice": "episode_id = %(episode)s",
    "audit_chainhead": "chain = %(episode)s",
    "audit_journal": "chain = %(episode)s",
    "procrastinate_jobs": "args->>'notice_id' IN (SELECT id FROM duties_notice WHERE episode_id = %(episode)s)",
}
_BY_TRIGGER = frozenset({"procrastinate_events"})
_AS_SYSTEM = (
    "SELECT set_config('allhands.actor_member', '', true), set_config('allhands.actor_agency', '', true), "
    "set_config('allhands.actor_kind', 'SYSTEM', true)"
)

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What one report left in one table."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    stored_bytes: int


Report = tuple[Filled, ...]


def read_rows(connection: psycopg.Connection, episode_id: str) -> Report:
    """Every row of one report, JSON as text, table by table."""
    for kind in ("json", "jsonb"):
        connection.adapters.register_loader(kind, TextLoader)
    return tuple(_read(connection, table, rule, episode_id) for table, rule in _OF_EPISODE.items())


def _read(connection: psycopg.Connection, table: str, rule: str, episode_id: str) -> Filled:
    cursor = connection.execute(f"SELECT t.* FROM {table} t WHERE {rule}", {"episode": episode_id})
    columns = tuple(column.name for column in cursor.description or ())
    rows = tuple(cursor.fetchall())
    size = connection.execute(
        f"SELECT coalesce(sum(pg_column_size(t.*)), 0) FROM {table} t WHERE {rule}", {"episode": episode_id}
    ).fetchone()
    assert size is not None
    return Filled(table=table, columns=columns, rows=rows, stored_bytes=int(size[0]))


def check_complete(before: psycopg.Connection, after: psycopg.Connection, reports: Iterable[Report]) -> None:
    """Raise when a report left rows in a table that the floor does not know: the comparison would flatter us."""
    known: dict[str, int] = {}
    for report in reports:
        for filled in report:
            known[filled.table] = known.get(filled.table, 0) + len(filled.rows)
    tables = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    for (table,) in after.execute(tables).fetchall():
        new = _count(after, table) - _count(before, table)
        if table not in _BY_TRIGGER and new != known.get(table, 0):
            raise SystemExit(f"{table} has {new} new rows and the floor would insert {known.get(table, 0)}: mend it")


def _count(connection: psycopg.Connection, table: str) -> int:
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    assert row is not None
    return int(row[0])


def insert_bare(connection: psycopg.Connection, report: Report) -> float:
    """Seconds until one transaction with all rows of a report is committed; one round trip, executemany a table."""
    queries = [(_insert(filled), filled.rows) for filled in report if filled.rows]
    started = time.perf_counter()
    with connection.transaction(), connection.pipeline(), connection.cursor() as cursor:
        cursor.execute(_AS_SYSTEM)
        for query, rows in queries:
            cursor.executemany(query, rows)
    return time.perf_counter() - started


def _insert(filled: Filled) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(filled.table),
        sql.SQL(", ").join(map(sql.Identifier, filled.columns)),
        sql.SQL(", ").join([sql.Placeholder()] * len(filled.columns)),
    )

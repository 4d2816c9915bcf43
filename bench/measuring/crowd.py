"""Many episodes at once: copies of one taken report, each with ids of its own, put in past row security.

Journal and queue are left out: nobody reads them on the way to a page, and a chain cannot be copied.
"""

from __future__ import annotations

from collections.abc import Iterable

import psycopg
from psycopg import sql

from measuring.floor import Filled, Report, Row

_LEFT_OUT = frozenset({"audit_chainhead", "audit_journal", "procrastinate_jobs"})
# Tables whose key is a number of the database's own.
_NUMBERED = frozenset(
    {"episodes_childname", "episodes_childtribe", "episodes_party", "episodes_timelineitem", "duties_assessment"}
)


def add_copies(connection: psycopg.Connection, report: Report, count: int) -> None:
    """So many more episodes like this one. The connection is the superuser's."""
    from allhands.kernel.ids import new_id

    kept = [filled for filled in report if filled.table not in _LEFT_OUT]
    old = [name for filled in kept for name in _names(filled)]
    fresh = [dict(zip(old, (new_id() for _ in old), strict=True)) for _ in range(count)]
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        for filled in kept:
            _copy(connection, filled, fresh)
    connection.execute("VACUUM ANALYZE")


def _names(filled: Filled) -> list[str]:
    """What must be another in each copy: ids, and the key of the report."""
    own = [] if filled.table in _NUMBERED else [filled.columns.index("id")]
    own += [at for at, column in enumerate(filled.columns) if column == "idempotency_key"]
    return [str(row[at]) for row in filled.rows for at in own]


def _copy(connection: psycopg.Connection, filled: Filled, copies: Iterable[dict[str, str]]) -> None:
    start = 1 if filled.table in _NUMBERED else 0
    columns = sql.SQL(", ").join(map(sql.Identifier, filled.columns[start:]))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(filled.table), columns)
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for ids in copies:
            for row in filled.rows:
                copy.write_row(_renamed(row[start:], ids))


def _renamed(row: Row, ids: dict[str, str]) -> list[object]:
    return [_rename(value, ids) for value in row]


def _rename(value: object, ids: dict[str, str]) -> object:
    if isinstance(value, list):
        return [_rename(part, ids) for part in value]
    return ids.get(value, value) if isinstance(value, str) else value

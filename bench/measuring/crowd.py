"""Many episodes at once: copies of one taken report, each with ids of its own, put in past row security.

Each copy has a data key of its own, and what the report closed is closed anew with it, as on a node of real reports.
Journal and queue are left out: nobody reads them on the way to a page, and a chain cannot be copied.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import psycopg
from psycopg import sql

from measuring.floor import Filled, Report

_EPISODE = "episodes_episode"
_LEFT_OUT = frozenset({"audit_chainhead", "audit_journal", "procrastinate_jobs", "platform_vault_datakey"})
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
    episode = next(str(filled.rows[0][filled.columns.index("id")]) for filled in kept if filled.table == _EPISODE)
    keys = {ids[episode]: os.urandom(32) for ids in fresh}
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        _add_keys(connection, keys)
        for filled in kept:
            _copy(connection, _opened(filled), fresh, [keys[ids[episode]] for ids in fresh], episode)
    connection.execute("VACUUM ANALYZE")


def _add_keys(connection: psycopg.Connection, keys: Mapping[str, bytes]) -> None:
    from django.utils import timezone

    from allhands.platform.vault import api as vault

    wrapper, now = vault.current_wrapper(), timezone.now()
    columns = "record_id, wrapped, wrapped_by, made_at, order_ref"
    with connection.cursor() as cursor, cursor.copy(f"COPY platform_vault_datakey ({columns}) FROM STDIN") as copy:
        for record_id, key in keys.items():
            copy.write_row((record_id, wrapper.wrap(key, record_id), wrapper.name, now, ""))


@dataclass(frozen=True, slots=True)
class _Plain:
    """A value that lies closed in its column: what it says, and where it belongs."""

    said: bytes
    purpose: str


def _opened(filled: Filled) -> Filled:
    """The same rows with the closed values open, found by the record that each names."""
    from allhands.kernel.actors import SYSTEM
    from allhands.platform.database.acting import acting_as
    from allhands.platform.vault.envelope import EnvelopeFault, open_with, parse
    from allhands.platform.vault.keys import keys_for_reading

    def opened(value: object, column: str) -> object:
        if not isinstance(value, bytes):
            return value
        try:
            envelope = parse(value)
        except EnvelopeFault:
            return value
        purpose = f"{filled.table}.{column}"
        key = keys_for_reading([envelope.record_id])[envelope.record_id]
        return _Plain(open_with(envelope, key=key, purpose=purpose), purpose)

    with acting_as(SYSTEM):
        rows = tuple(
            tuple(opened(value, name) for value, name in zip(row, filled.columns, strict=True)) for row in filled.rows
        )
    return replace(filled, rows=rows)


def _names(filled: Filled) -> list[str]:
    """What must be another in each copy: ids, and the key of the report."""
    own = [] if filled.table in _NUMBERED else [filled.columns.index("id")]
    own += [at for at, column in enumerate(filled.columns) if column == "idempotency_key"]
    return [str(row[at]) for row in filled.rows for at in own]


def _copy(
    connection: psycopg.Connection,
    filled: Filled,
    copies: Iterable[dict[str, str]],
    keys: Iterable[bytes],
    episode: str,
) -> None:
    from allhands.platform.vault.envelope import close

    start = 1 if filled.table in _NUMBERED else 0
    columns = sql.SQL(", ").join(map(sql.Identifier, filled.columns[start:]))
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(filled.table), columns)
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for ids, key in zip(copies, keys, strict=True):
            for row in filled.rows:
                copy.write_row(
                    [
                        close(value.said, record_id=ids[episode], key=key, purpose=value.purpose)
                        if isinstance(value, _Plain)
                        else _rename(value, ids)
                        for value in row[start:]
                    ]
                )


def _rename(value: object, ids: dict[str, str]) -> object:
    if isinstance(value, list):
        return [_rename(part, ids) for part in value]
    return ids.get(value, value) if isinstance(value, str) else value

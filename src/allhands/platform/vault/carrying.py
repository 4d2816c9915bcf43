"""Carries the rows that are there already when a column is closed, and back. For migrations only.

Rows are read and written in portions of a fixed size, so that a table of millions needs no memory; triggers that
refuse every change rest meanwhile, inside the migration's own transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from allhands.platform.vault import keys
from allhands.platform.vault.envelope import close, open_with, parse

_AT_ONCE = 200
Kind = Literal["json", "text", "bytes"]
_SQL_TYPE = {"json": "jsonb", "text": "text", "bytes": "bytea"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that is closed from now on.

    Args:
        record: SQL for the id of the record whose key closes a row's value; the row is called `t`.
        may_be_null: whether the column takes NULL.
        text_length: the `varchar` it was, when it was one.
    """

    table: str
    name: str
    kind: Kind
    record: str
    may_be_null: bool = False
    text_length: int = 0

    @property
    def purpose(self) -> str:
        """As the field says it."""
        return f"{self.table}.{self.name}"

    @property
    def open_type(self) -> str:
        """The SQL type of the plain column."""
        return f"varchar({self.text_length})" if self.text_length else _SQL_TYPE[self.kind]


def close_columns(*columns: Column) -> migrations.RunPython:
    """The operation that closes the columns, and opens them again when it is taken back."""

    def forward(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for column in columns:
            _change(editor, column, "bytea", partial(_closed, column))

    def backward(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for column in columns:
            _change(editor, column, column.open_type, partial(_opened, column))

    return migrations.RunPython(forward, backward)


def _change(editor: BaseDatabaseSchemaEditor, column: Column, to: str, convert: Callable[[Any, str], object]) -> None:
    """Names come from migrations of ours, never from outside."""
    table = column.table
    with editor.connection.cursor() as cursor, keys.at_hand():
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"ALTER TABLE {table} ADD COLUMN carried {to}")
        last = None
        while rows := _portion(cursor, column, last):
            _write(cursor, table, [(convert(value, record), key) for key, value, record in rows])
            last = rows[-1][0]
        # A row changed twice in one transaction has its foreign keys looked at anew; that must not wait for the end.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"ALTER TABLE {table} DROP COLUMN {column.name}")
        cursor.execute(f"ALTER TABLE {table} RENAME COLUMN carried TO {column.name}")
        if not column.may_be_null:
            cursor.execute(f"ALTER TABLE {table} ALTER COLUMN {column.name} SET NOT NULL")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _portion(cursor: Any, column: Column, last: object) -> list[tuple[Any, Any, str]]:
    query = f"SELECT t.id, t.{column.name}, {column.record} FROM {column.table} t"  # noqa: S608  as above
    where, arguments = (" WHERE t.id > %s", [last]) if last is not None else ("", [])
    cursor.execute(f"{query}{where} ORDER BY t.id LIMIT {_AT_ONCE}", arguments)
    return list(cursor.fetchall())


def _write(cursor: Any, table: str, rows: Iterable[tuple[object, object]]) -> None:
    cursor.executemany(f"UPDATE {table} SET carried = %s WHERE id = %s", list(rows))  # noqa: S608  as above


def _closed(column: Column, value: Any, record: str) -> bytes | None:
    if value is None:
        return None
    key = keys.key_for_writing(record, timezone.now())
    return close(_plain(column.kind, value), record_id=record, key=key, purpose=column.purpose)


def _plain(kind: Kind, value: Any) -> bytes:
    if kind == "bytes":
        return bytes(value)
    if kind == "text":
        return str(value).encode()
    return json.dumps(json.loads(value), separators=(",", ":"), ensure_ascii=False).encode()


def _opened(column: Column, value: Any, _record: str) -> object:
    if value is None:
        return None
    envelope = parse(bytes(value))
    key = keys.keys_for_reading([envelope.record_id])[envelope.record_id]
    plain = open_with(envelope, key=key, purpose=column.purpose)
    return plain if column.kind == "bytes" else plain.decode()

"""Everything the database holds, as whoever carries it away reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import psycopg
from psycopg import sql


def everything(superuser: psycopg.Connection[Any]) -> dict[str, bytes]:
    """Every row of every table, as text with bytes in hexadecimal, past every wall."""
    names = superuser.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    dumped = {}
    for (name,) in names:
        rows = superuser.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(name))).fetchall()
        dumped[name] = "\n".join(row[0] for row in rows).encode()
    return dumped


def tables_with(words: Iterable[str], tables: Mapping[str, bytes]) -> set[tuple[str, str]]:
    """Table and word, for each word that lies in a table as text or as bytes."""
    return {
        (table, word)
        for word in words
        for table, content in tables.items()
        if word.encode() in content or word.encode().hex().encode() in content
    }

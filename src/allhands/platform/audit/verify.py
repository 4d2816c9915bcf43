"""Walks every chain and says where one is broken."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db import connection, transaction

from allhands.platform.audit.chain import GENESIS, Link

_ROWS_AT_ONCE = 2_000
_ENTRY = """
SELECT chain, seq, at, event, actor_kind, actor_member, actor_agency, episode_id, subject_id, details::text, prev_hash,
       hash, NULL, NULL
FROM audit_journal WHERE id = %s
"""
# One statement, so that entries and heads are of the same moment while others go on writing.
_WALK = """
SELECT chain, j.seq, at, event, actor_kind, actor_member, actor_agency, episode_id, subject_id, details::text,
       prev_hash, j.hash, h.seq, h.hash
FROM audit_journal j FULL JOIN audit_chainhead h USING (chain) ORDER BY chain, j.seq
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """The first place of a chain where the journal is not what was written.

    Args:
        code: `changed` (content or place), `missing` (a link is gone), `unlinked` (does not follow the one before),
            `end-missing` (the last links are gone), `head-missing`.
    """

    chain: str
    seq: int
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    chain: str
    link: Link | None
    kept: bytes
    head: tuple[int, bytes] | None


def verify_all() -> list[Break]:
    """The first break of every broken chain, in order of chain. After a break the rest of a chain proves nothing."""
    breaks = (_find_break(chain, rows) for chain, rows in groupby(_rows(), key=lambda row: row.chain))
    return [found for found in breaks if found is not None]


def find_entry(entry_id: int) -> tuple[Link, bytes] | None:
    """An entry as it is hashed, and the hash that is kept beside it; None when there is no such entry."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRY, [entry_id])
        row = cursor.fetchone()
    if row is None:
        return None
    found = _parse(row)
    assert found.link is not None
    return found.link, found.kept


def _find_break(chain: str, rows: Iterable[_Row]) -> Break | None:
    seq, last, head = 0, GENESIS, None
    for row in rows:
        head = row.head
        if row.link is None:  # a head whose entries are all gone
            continue
        code = _judge(row.link, row.kept, seq, last)
        if code:
            return Break(chain=chain, seq=seq + 1, code=code)
        seq, last = row.link.seq, row.kept
    if head is None:
        return Break(chain=chain, seq=seq, code="head-missing")
    return None if head == (seq, last) else Break(chain=chain, seq=seq + 1, code="end-missing")


def _judge(link: Link, kept: bytes, seq: int, last: bytes) -> str:
    if link.seq != seq + 1:
        return "missing"
    if link.digest() != kept:
        return "changed"
    return "" if link.prev_hash == last else "unlinked"


def _rows() -> Iterator[_Row]:
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(_WALK)
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            yield from map(_parse, rows)


def _parse(row: tuple[object, ...]) -> _Row:
    *fields, kept, head_seq, head_hash = row
    head = None if head_seq is None else (int(str(head_seq)), _bytes(head_hash))
    if fields[1] is None:
        return _Row(chain=str(fields[0]), link=None, kept=b"", head=head)
    values = dict(zip(Link.__slots__, fields, strict=True))
    values |= {"details": json.loads(str(values["details"])), "prev_hash": _bytes(values["prev_hash"])}
    return _Row(chain=str(fields[0]), link=Link(**values), kept=_bytes(kept), head=head)  # type: ignore[arg-type]  # columns of the journal, in its order


def _bytes(value: object) -> bytes:
    assert isinstance(value, (bytes, memoryview))
    return bytes(value)

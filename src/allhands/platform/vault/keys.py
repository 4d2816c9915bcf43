"""Data keys: made when a record first needs one, unwrapped to be used, wrapped anew, destroyed."""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

from allhands.platform.vault.envelope import KEY_BYTES
from allhands.platform.vault.models import DataKey
from allhands.platform.vault.wrapping import LocalKey, Program, Wrapper, WrappingFault, kept_key, parse_key


class Sealed(LookupError):
    """The record's key was destroyed: what it closed is gone for good."""


def current_wrapper() -> Wrapper:
    """The wrapper that new keys are wrapped with.

    Raises:
        WrappingFault: what is configured is no key.
    """
    if settings.ALLHANDS_VAULT_PROGRAM:
        return Program(settings.ALLHANDS_VAULT_PROGRAM, settings.ALLHANDS_VAULT_PROGRAM_KEY)
    if settings.ALLHANDS_VAULT_KEY:
        return parse_key(settings.ALLHANDS_VAULT_KEY)
    return kept_key(_kept_file())


def key_for_writing(record_id: str, now: datetime) -> bytes:
    """The record's key; made now when it has none.

    Raises:
        Sealed: it was destroyed, and the record takes nothing more.
    """
    if not DataKey.objects.filter(pk=record_id).exists():
        fresh, wrapper = os.urandom(KEY_BYTES), current_wrapper()
        row = DataKey(record_id=record_id, wrapped=wrapper.wrap(fresh, record_id), wrapped_by=wrapper.name, made_at=now)
        DataKey.objects.bulk_create([row], ignore_conflicts=True)  # somebody else may have been faster
    return keys_for_reading([record_id])[record_id]


def keys_for_reading(record_ids: Iterable[str]) -> dict[str, bytes]:
    """The keys of several records.

    Raises:
        Sealed: one of them was destroyed, or never was.
    """
    wanted = set(record_ids)
    rows = {row.record_id: row for row in DataKey.objects.filter(pk__in=wanted)}
    gone = sorted(name for name in wanted if name not in rows or rows[name].destroyed_at is not None)
    if gone:
        raise Sealed(gone[0])
    return {name: _unwrap(row) for name, row in rows.items()}


def destroy(record_id: str, now: datetime, order_ref: str) -> None:
    """Make everything that the record's key closed unreadable for ever. Must be called in a transaction.

    Args:
        order_ref: the order or decision that demands it, as its file names it.
    """
    assert transaction.get_connection().in_atomic_block
    DataKey.objects.get_or_create(record_id=record_id, defaults={"wrapped": b"", "wrapped_by": "", "made_at": now})
    DataKey.objects.filter(pk=record_id, destroyed_at__isnull=True).update(
        wrapped=b"", wrapped_by="", destroyed_at=now, order_ref=order_ref
    )


def wrap_anew(old: Wrapper, new: Wrapper, *, at_once: int = 500) -> int:
    """Wrap every key that the old wrapper holds with the new one; safe to interrupt and to run again. How many."""
    moved = 0
    while True:
        with transaction.atomic():
            rows = list(
                DataKey.objects.select_for_update(skip_locked=True)
                .filter(wrapped_by=old.name, destroyed_at__isnull=True)
                .order_by("record_id")[:at_once]
            )
            for row in rows:
                row.wrapped = new.wrap(old.unwrap(bytes(row.wrapped), row.record_id), row.record_id)
                row.wrapped_by = new.name
            DataKey.objects.bulk_update(rows, ["wrapped", "wrapped_by"])
        if not rows:
            return moved
        moved += len(rows)


def rotate() -> int:
    """Wrap every key with the current wrapper, and with a fresh one where the key lies in the data folder. How many.

    Raises:
        WrappingFault: a key was closed by one that is not known any more; what was moved until then stays moved.
    """
    if not settings.ALLHANDS_VAULT_PROGRAM and not settings.ALLHANDS_VAULT_KEY:
        _renew_kept_key()
    new = current_wrapper()
    others = DataKey.objects.filter(destroyed_at__isnull=True).exclude(wrapped_by=new.name)
    names = others.order_by("wrapped_by").values_list("wrapped_by", flat=True).distinct()
    return sum(wrap_anew(_earlier(name), new) for name in list(names))


def _renew_kept_key() -> None:
    file, old = _kept_file(), _kept_file().with_suffix(".old")
    kept_key(file)
    if DataKey.objects.exclude(wrapped_by__in=["", kept_key(file).name]).exists() and old.exists():
        return  # an earlier rotation did not finish: finish that one
    old.unlink(missing_ok=True)
    os.link(file, old)
    file.unlink()
    kept_key(file)


def _kept_file() -> Path:
    return Path(settings.ALLHANDS_DATA_DIR) / "vault_key"


def _unwrap(row: DataKey) -> bytes:
    return _unwrap_bytes(bytes(row.wrapped), row.wrapped_by, row.record_id)


@lru_cache(maxsize=512)
def _unwrap_bytes(wrapped: bytes, wrapped_by: str, record_id: str) -> bytes:
    """Remembered by what the row holds, so that a destroyed or rotated key is never answered from memory."""
    wrapper = current_wrapper()
    return (wrapper if wrapped_by == wrapper.name else _earlier(wrapped_by)).unwrap(wrapped, record_id)


def _earlier(name: str) -> Wrapper:
    """A key that is being rotated away from still opens what it closed."""
    old = _kept_file().with_suffix(".old")
    kept = [old.read_text(encoding="ascii")] if old.exists() else []
    for text in [*settings.ALLHANDS_VAULT_OLD_KEYS, *kept]:
        key: LocalKey = parse_key(text)
        if key.name == name:
            return key
    raise WrappingFault(f"The record was closed with the key {name}. Put it into ALLHANDS_VAULT_OLD_KEYS.")
